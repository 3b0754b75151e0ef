"""Programs that look odd and are right: nothing is reported of them, so nothing is offered."""

from __future__ import annotations

from textwrap import dedent

import pytest
from test_offers import IMPORTS

SILENT = {
    "a head for each pixel": """\
        model = Sequential([Input((28, 28, 1)), Conv2D(8, 3, padding="same"), Dense(3, activation="softmax")])
        model.compile(loss="sparse_categorical_crossentropy")
        model.fit(np.zeros((4, 28, 28, 1)), np.zeros((4, 28, 28), dtype="int32"))
        """,
    "labels of one axis for one unit": """\
        model = Sequential([Input((4,)), Dense(1)])
        model.compile(loss="mse")
        model.fit(np.zeros((8, 4)), np.zeros((8,)))
        """,
    "images without channels": """\
        model = Sequential([Input((28, 28, 1)), Conv2D(8, 3), Flatten(), Dense(10, activation="softmax")])
        model.compile(loss="sparse_categorical_crossentropy")
        (x_train, y_train), _ = mnist.load_data()
        model.fit(x_train, y_train)
        """,
    "softmax over a model of logits": """\
        model = Sequential([Input((4,)), Dense(3)])
        model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(np.zeros((6, 4)), np.array([0, 1, 2] * 2))
        probabilities = Sequential([model, Softmax()])
        probabilities.predict(np.zeros((6, 4)))
        """,
    "a custom loss": """\
        def loss(y_true, y_pred):
            return keras.ops.mean(y_pred)
        model = Sequential([Input((8, 8, 1)), Conv2D(2, 3)])
        model.compile(loss=loss)
        model.fit(np.zeros((4, 8, 8, 1)), np.zeros((4,)))
        """,
    "a model without a head yet": "model = Sequential([Input((28, 28, 1)), Conv2D(8, 3), MaxPooling2D()])\n",
    "batch_size beside a dataset": """\
        ds = tf.data.Dataset.from_tensor_slices((np.zeros((8, 4)), np.zeros((8,)))).batch(4)
        model = Sequential([Input((4,)), Dense(1)])
        model.compile(loss="mse")
        model.fit(ds, batch_size=4)
        """,
    "a layer that cannot be seen": """\
        import tensorflow_hub as hub
        model = Sequential([hub.KerasLayer("https://example.org/model"), Dense(1)])
        """,
    "an error that is expected": """\
        import pytest
        with pytest.raises(ValueError):
            Sequential([Input((10, 4)), LSTM(8), LSTM(8)])
        """,
    "keras and tf.keras": "model = Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(8), Dense(1)])\n",
    "softmax with the binary loss on one-hot labels": """\
        model = Sequential([Input((4,)), Dense(2, activation="softmax")])
        model.compile(loss="binary_crossentropy")
        model.fit(np.zeros((8, 4)), to_categorical(np.arange(8) % 2, 2))
        """,
    "several labels at once": """\
        model = Sequential([Input((4,)), Dense(5, activation="sigmoid")])
        model.compile(loss="binary_crossentropy")
        model.fit(np.zeros((8, 4)), np.random.randint(0, 2, (8, 5)))
        """,
    "data frames": """\
        df = pd.read_csv("data.csv")
        X, y = df.drop("y", axis=1), df["y"]
        model = Sequential([Dense(64, input_shape=(X.shape[1],)), Dense(1)])
        model.compile(loss="mse")
        model.fit(X, y)
        """,
    "augmentation inside": """\
        aug = Sequential([RandomFlip(), RandomRotation(0.1)])
        model = Sequential([Input((180, 180, 3)), aug, Rescaling(1 / 255), Conv2D(8, 3)])
        """,
    "a tuner": """\
        def build_model(hp):
            model = Sequential()
            for _ in range(hp.Int("layers", 1, 3)):
                model.add(Dense(hp.Int("units", 32, 512)))
            model.add(Dense(10))
            return model
        """,
    "code of the user": """\
        class MyLayer(keras.layers.Layer):
            def call(self, x):
                return x[:, :3]
        model = Sequential([Input((10,)), MyLayer(), Dense(2)])
        """,
}


@pytest.mark.parametrize("name", SILENT)
def test_nothing_is_reported(name, proved):
    assert [(found.code, found.mark) for found in proved(IMPORTS + dedent(SILENT[name]))] == []
