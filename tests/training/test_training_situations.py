"""Typical situations of data and labels: where the mark sits, what it says, and where nothing is said."""

from __future__ import annotations

import pytest
from training_programs import HEADER

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document

MAP = """
images = np.random.rand(60, 28, 28, 1)
{labels}
model = Sequential([
    Input((28, 28, 1)),
    L.Conv2D(8, 3),
    L.MaxPooling2D(),
    L.Conv2D(8, 3),
    L.MaxPooling2D(),
    L.Dense(64, "relu"),  # here
    {last},
])
{rest}
"""
SOFTMAX = 'L.Dense(10, "softmax")'
MNIST = """
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
{encoding}
model = Sequential([Input((28, 28)), L.Flatten(), {last}])
model.compile("adam", {loss})
model.fit(x_train, y_train)
"""
ENCODE = "y_train = keras.utils.to_categorical(y_train)"
SPLIT = """
import pandas as pd
from sklearn.model_selection import train_test_split
df = pd.read_csv("a.csv")
X, y = df.drop("y", axis=1), df["y"]
X_train, y_train, X_test, y_test = train_test_split(X, y)  # here
model = Sequential([L.Dense(64), L.Dense(1)])
model.compile("adam", "mse")
model.fit(X_train, y_train)
"""
FIT = 'model.compile("adam", {loss})\nmodel.fit(images, labels)'
MARKED = {
    "1 a map into a classifier": (
        MAP.format(
            labels="labels = np.random.randint(0, 10, 60)",
            last=SOFTMAX,
            rest=FIT.format(loss="'sparse_categorical_crossentropy'"),
        ),
        "error",
        "map-into-classifier",
        "Dense works on the last axis only: the model gives (None, 5, 5, 10), labels (60,) needs (None, 10)",
    ),
    "1b mean squared error refuses one-hot labels": (
        MAP.format(labels="labels = np.random.rand(60, 10)", last=SOFTMAX, rest=FIT.format(loss="'mse'")),
        "error",
        "map-into-classifier",
        "Dense works on the last axis only: the model gives (None, 5, 5, 10), labels (60, 10) needs (None, 10)",
    ),
    "1b mean squared error compares one label with all positions": (
        MAP.format(labels="labels = np.random.rand(60)", last="L.Dense(1)", rest=FIT.format(loss="'mse'")),
        "warning",
        "map-into-classifier",
        (
            "runs, but Dense works on the last axis only: "
            "each label of labels (60,) is compared with all 5×5 outputs of (None, 5, 5, 1)"
        ),
    ),
    "1c softmax over a map": (
        MAP.format(labels="", last=SOFTMAX, rest=""),
        "warning",
        "map-into-classifier",
        "Dense works on the last axis only: the model gives (None, 5, 5, 10), a map of outputs",
    ),
    "1c an output without activation over a map": (
        MAP.format(labels="", last="L.Dense(10)", rest=""),
        "hint",
        "map-into-classifier",
        "Dense works on the last axis only: the model gives (None, 5, 5, 10), a map of outputs",
    ),
    "3 a base model without its top": (
        """
dataset = keras.utils.image_dataset_from_directory("images", label_mode="binary", image_size=(160, 160))
base = keras.applications.MobileNetV2(input_shape=(160, 160, 3), include_top=False, weights=None)
model = Sequential([
    base,
    L.Dense(1, "sigmoid"),  # here
])
model.compile("adam", "binary_crossentropy")
model.fit(dataset)
""",
        "error",
        "map-into-classifier",
        (
            "Dense works on the last axis only: "
            "the model gives (None, 5, 5, 1), the labels of dataset (None, 1) need (None, 1)"
        ),
    ),
    "5 a split in another order": (
        SPLIT,
        "warning",
        "split-order",
        "train_test_split returns X_train, X_test, y_train, y_test; here y_train is the test part of the data",
    ),
    "7 images of another size": (
        """
ds = keras.utils.image_dataset_from_directory(
    "images",
    image_size=(180, 180),  # here
)
model = Sequential([Input((150, 150, 3)), L.Conv2D(8, 3), L.Flatten(), L.Dense(3)])
model.compile("adam", "mse")
model.fit(ds)
""",
        "error",
        "data-features",
        "images are (180, 180, 3), the model expects (150, 150, 3)",
    ),
    "12 a vectorizer for more words than the table has": (
        """
model = Sequential([
    Input((1,), dtype="string"),
    L.TextVectorization(max_tokens=20000, output_sequence_length=100),
    L.Embedding(10000, 16),  # here
])
""",
        "warning",
        "index-out-of-range",
        "the vectorizer can give numbers up to 19999; Embedding has rows 0…9999",
    ),
    "15a class numbers with a categorical loss": (
        MNIST.format(encoding="", last=SOFTMAX, loss="'categorical_crossentropy'").replace("py')", "py')  # here"),
        "error",
        "labels-rank",
        "categorical_crossentropy needs one-hot labels (None, 10); y_train (60000,) holds class numbers",
    ),
    "15b encoded twice": (
        MNIST.format(
            encoding=f"{ENCODE}\n{ENCODE}  # here",
            last=SOFTMAX,
            loss="'categorical_crossentropy'",
        ),
        "error",
        "labels-rank",
        "y_train is one-hot already: encoding it again gives (60000, 10, 2)",
    ),
    "15c one-hot labels for one unit": (
        MNIST.format(
            encoding="y_train = keras.utils.to_categorical(y_train % 2, 2)  # here",
            last='L.Dense(1, "sigmoid")',
            loss="'binary_crossentropy'",
        ),
        "error",
        "labels-classes",
        "one output (None, 1), labels (60000, 2): the model and binary_crossentropy say one number",
    ),
    "15d labels from 1": (
        """
x, y = np.random.rand(6, 4), np.array([1, 2, 3, 1, 2, 3])
model = Sequential([
    Input((4,)),
    L.Dense(3, "softmax"),  # here
])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x, y)
""",
        "error",
        "labels-classes",
        "y runs 1…3; three classes are numbered 0…2",
    ),
    "19 a list": (
        "model = Sequential([Input((1,)), L.Dense(1)])\nmodel.predict([10.0])  # here\n",
        "error",
        "list-as-data",
        "Keras takes an array; a list means several inputs",
    ),
    "19 one sample": (
        """
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
model = Sequential([Input((28, 28)), L.Flatten(), L.Dense(10)])
model.predict(x_test[5])  # here
""",
        "error",
        "data-rank",
        "one sample without its batch axis: (28, 28) for (batch, 28, 28)",
    ),
    "20 a dataset without batches": (
        """
x, y = np.random.rand(64, 5), np.random.rand(64)
ds = tf.data.Dataset.from_tensor_slices((x, y))
model = Sequential([Input((5,)), L.Dense(1)])
model.compile("adam", "mse")
model.fit(ds)  # here
""",
        "error",
        "dataset-batches",
        "the dataset gives one sample at a time (5,), the model needs (batch, 5)",
    ),
}
SILENT = {
    "4 data from a file": """
import pandas as pd
df = pd.read_csv("a.csv")
X, y = df.drop("y", axis=1), df["y"]
model = Sequential([Input((X.shape[1],)), L.Dense(64), L.Dense(1)])
model.compile("adam", "mse")
model.fit(X, y)
""",
    "7 images of another size into global pooling": """
ds = keras.utils.image_dataset_from_directory("images", image_size=(180, 180))
model = Sequential([Input((150, 150, 3)), L.Conv2D(8, 3), L.GlobalAveragePooling2D(), L.Dense(3)])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.predict(ds)
""",
    "16 several labels at a time": """
x, y = np.random.rand(64, 4), np.random.randint(0, 2, (64, 5))
model = Sequential([Input((4,)), L.Dense(5, "sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(x, y)
""",
    "a class for each pixel": """
x, y = np.random.rand(8, 16, 16, 1), np.random.randint(0, 3, (8, 16, 16))
model = Sequential([Input((16, 16, 1)), L.Conv2D(8, 3, padding="same"), L.Dense(3, "softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x, y)
""",
    "pixels after pooling and enlarging": """
model = Sequential([
    Input((16, 16, 1)), L.MaxPooling2D(), L.Conv2D(8, 3, padding="same"), L.UpSampling2D(), L.Dense(3, "softmax")
])
""",
    "labels (n,) for one unit": """
x, y = np.random.rand(64, 4), np.random.rand(64)
model = Sequential([Input((4,)), L.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y)
""",
    "grey images without a channel": """
x, y = np.random.rand(16, 28, 28), np.random.randint(0, 10, 16)
model = Sequential([Input((28, 28, 1)), L.Conv2D(2, 3), L.Flatten(), L.Dense(10, "softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x, y)
""",
    "probabilities behind a model that gives logits": """
x, y = np.random.rand(16, 4), np.random.randint(0, 10, 16)
model = Sequential([Input((4,)), L.Dense(10)])
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, y)
probabilities = Sequential([model, L.Softmax()])
probabilities.predict(x)
""",
    "a loss of one's own": """
def loss(y_true, y_pred):
    return tf.reduce_mean(y_true - y_pred[:, :2])
x, y = np.random.rand(16, 4), np.random.rand(16, 2)
model = Sequential([Input((4,)), L.Dense(10)])
model.compile("adam", loss)
model.fit(x, y)
""",
    "a model without a head": """
model = Sequential([Input((28, 28, 1)), L.Conv2D(8, 3), L.MaxPooling2D()])
model.summary()
""",
    "batch_size beside a dataset": """
ds = tf.data.Dataset.from_tensor_slices((np.random.rand(64, 5), np.random.rand(64))).batch(8)
model = Sequential([Input((5,)), L.Dense(1)])
model.compile("adam", "mse")
model.fit(ds, batch_size=4)
""",
    "an error that is expected": """
import pytest
model = Sequential([Input((5,)), L.Dense(1)])
with pytest.raises(ValueError):
    model.predict(np.zeros((3, 4)))
""",
    "images in a column of a data frame": """
import pandas as pd
df = pd.read_csv("a.csv")
df["image"] = df["path"].map(lambda path: np.load(path))
x = np.asarray(df["image"].tolist())
model = Sequential([Input((8, 8, 3)), L.Flatten(), L.Dense(1)])
model.predict(x)
""",
    "softmax with a binary loss on one-hot labels": """
x, y = np.random.rand(64, 4), keras.utils.to_categorical(np.random.randint(0, 2, 64), 2)
model = Sequential([Input((4,)), L.Dense(2, "softmax")])
model.compile("adam", "binary_crossentropy")
model.fit(x, y)
""",
}


def diagnostics(source, keras):
    document = python_document("program.py", HEADER + source)
    return document, analyse(document, keras).diagnostics


@pytest.mark.parametrize("situation", MARKED)
def test_the_cause_is_marked(situation, keras):
    source, severity, code, message = MARKED[situation]
    document, found = diagnostics(source, keras)
    here = (HEADER + source)[: (HEADER + source).index("# here")].count("\n")
    assert [(each.severity, each.code, each.message) for each in found] == [(severity, code, message)]
    assert document.line(found[0].span.start) == document.line(found[0].span.end) == here


@pytest.mark.parametrize("situation", SILENT)
def test_nothing_is_said(situation, keras):
    _, found = diagnostics(SILENT[situation], keras)
    assert [each for each in found if each.severity != "hint"] == []
