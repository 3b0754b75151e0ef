"""What a user should be offered in everyday situations, in order: bold is preferred, a tick is safe."""

from __future__ import annotations

from textwrap import dedent

import pytest

IMPORTS = """\
import numpy as np
import pandas as pd
import tensorflow as tf
import keras
from keras import Input, Sequential, layers
from keras.applications import MobileNetV2
from keras.datasets import mnist
from keras.layers import *
from keras.utils import to_categorical
from sklearn.model_selection import train_test_split
"""
MAP = """\
(x_train, y_train), _ = mnist.load_data()
model = Sequential([
    Input((28, 28, 1)),
    Conv2D(8, 3),
    MaxPooling2D(),
    Conv2D(8, 3),
    MaxPooling2D(),
    Dense(64),
    Dense(10, activation="softmax"),
])
"""
POOL_OR_FLATTEN = ["**Insert Flatten() before Dense**", "Insert GlobalAveragePooling2D() before Dense"]

SITUATIONS = {
    "map into a classifier": (
        MAP + "model.compile(loss='sparse_categorical_crossentropy')\nmodel.fit(x_train, y_train)\n",
        ("map-into-classifier", "Dense"),
        POOL_OR_FLATTEN,
    ),
    "map with one-hot labels and mse": (
        MAP + "model.compile(loss='mse')\nmodel.fit(x_train, to_categorical(y_train, 10))\n",
        ("map-into-classifier", "Dense"),
        POOL_OR_FLATTEN,
    ),
    "map without a training call": (MAP, ("map-into-classifier", "Dense"), POOL_OR_FLATTEN),
    "stacked recurrent layers": (
        "model = Sequential([LSTM(64, input_shape=(10, 10)), LSTM(32), Dense(1)])\n",
        ("missing-return-sequences", "LSTM"),
        ["**Add return_sequences=True** ✓", "Insert RepeatVector(10) before LSTM"],
    ),
    "base model": (
        """\
        base = MobileNetV2(input_shape=(160, 160, 3), include_top=False)
        model = Sequential([base, Dense(1, activation="sigmoid")])
        model.compile(loss="binary_crossentropy")
        x, y = np.zeros((8, 160, 160, 3)), np.zeros((8,))
        model.fit(tf.data.Dataset.from_tensor_slices((x, y)).batch(4))
        """,
        ("map-into-classifier", "Dense"),
        ["**Insert GlobalAveragePooling2D() before Dense**", "Insert Flatten() before Dense"],
    ),
    "grey images for weights of colours": (
        """\
        base = MobileNetV2(input_shape=(48, 48, 1), include_top=False)
        model = Sequential([base, GlobalAveragePooling2D(), Dense(1)])
        """,
        ("base-model-weights", "input_shape=(48, 48, 1)"),
        ["Use weights=None", "Change input_shape to (48, 48, 3)"],
    ),
    "a module among the layers": (
        "model = Sequential([Input((4,))])\nmodel.add(layers)\n",
        ("not-a-layer", "layers"),
        [],
    ),
    "a class that needs arguments": (
        "model = Sequential([Input((4,)), Dense])\n",
        ("not-a-layer", "Dense"),
        [],
    ),
    "half a name": (
        "model = Sequential([Input((4,))])\nmodel.add(layers.De)\n",
        ("unknown-name", "De"),
        [],
    ),
    "a class without arguments in a model with another mistake": (
        "model = Sequential([Input((4,)), Flatten, Desne(3)])\n",
        ("not-a-layer", "Flatten"),
        ["**Add parentheses: Flatten()** ✓"],
    ),
    "features in input_dim": (
        """\
        x, y = np.zeros((64, 784)), np.zeros((64, 1))
        model = Sequential([Dense(8, input_dim=100), Dense(1)])
        model.compile(loss="mse")
        model.fit(x, y)
        """,
        ("data-features", "x"),
        ["**Change input_dim to 784**", "last: Slice x: x[..., :100]"],
    ),
    "images with an alpha channel": (
        """\
        x, y = np.zeros((4, 32, 32, 4)), np.zeros((4, 1))
        model = Sequential([Input((32, 32, 3)), Flatten(), Dense(1)])
        model.compile(loss="mse")
        model.fit(x, y)
        """,
        ("data-features", "x"),
        ["**Slice x: x[..., :3]**", "Change shape to (32, 32, 4)"],
    ),
    "a pooling too many": (
        """\
        base = MobileNetV2(input_shape=(64, 64, 3), include_top=False, weights=None, pooling="avg")
        model = Sequential([base, GlobalAveragePooling2D(), Dense(1)])
        """,
        ("incompatible-input", "GlobalAveragePooling2D"),
        ["**Remove GlobalAveragePooling2D**"],
    ),
    "a window of Keras 1 with the channels": (
        "model = Sequential([Convolution2D(36, 1, 7, 7, padding='valid', input_shape=(64, 64, 1))])\n",
        ("invalid-argument", "7"),
        ["**Change to Convolution2D(36, (7, 7))**"],
    ),
    "the size of the input in front": (
        "model = Sequential([Input((4,)), Dense(4, 8)])\n",
        ("invalid-argument", "8"),
        ["**Change to Dense(8)**"],
    ),
    "a stateful layer without a batch": (
        "model = Sequential([Input((5, 3)), GRU(8, stateful=True)])\n",
        ("incompatible-input", "GRU"),
        ["**Use keras.Input(batch_shape=(1, 5, 3))**"],
    ),
    "labels that are not cut like the data": (
        """\
        x, y = np.zeros((100, 4)), np.zeros((100,))
        x = x[:80]
        model = Sequential([Input((4,)), Dense(1)])
        model.compile(loss="mse")
        model.fit(x, y)
        """,
        ("sample-count", "y"),
        ["**Slice y: y[:80]**"],
    ),
    "steps and samples in the wrong order": (
        """\
        x, y = np.zeros((99, 4)), np.zeros(99)
        x = x.reshape(1, 99, 4)
        model = Sequential([Input((None, 4)), LSTM(3), Dense(1)])
        model.compile(loss="mse")
        model.fit(x, y)
        """,
        ("sample-count", "y"),
        ["**Reshape x to (99, 1, …)**"],
    ),
    "test data with other features than the training": (
        """\
        x, y, z = np.zeros((20, 4)), np.zeros(20), np.zeros((5, 9))
        model = Sequential([Input((x.shape[1],)), Dense(1)])
        model.compile(loss="mse")
        model.fit(x, y)
        model.predict(z)
        """,
        ("data-features", "z"),
        ["**Slice z: z[..., :4]**"],
    ),
    "words beyond the table": (
        """\
        (x, y), _ = keras.datasets.imdb.load_data(num_words=10000)
        model = Sequential([Embedding(1000, 8), LSTM(4), Dense(1)])
        model.compile(loss="mse")
        model.fit(keras.utils.pad_sequences(x, maxlen=40), y)
        """,
        ("index-out-of-range", "1000"),
        ["**Change Embedding input_dim to 10000**"],
    ),
    "data with the channels first": (
        """\
        x = np.zeros((4, 3, 32, 32))
        model = Sequential([Input((32, 32, 3)), Conv2D(4, 3), GlobalAveragePooling2D()])
        model.predict(x)
        """,
        ("data-features", "x"),
        [
            "**Transpose x to (batch, height, width, channels)**",
            "last: Change shape to (3, 32, 32)",
        ],
    ),
    "channels put first": (
        """\
        images = []
        for number in range(3):
            images.append(np.transpose(np.zeros((32, 32, 3)), (2, 0, 1)))
        model = Sequential([Input((None, None, 3)), Conv2D(4, 3), GlobalAveragePooling2D()])
        model.predict(np.array(images))
        """,
        ("data-features", "np.array(images)"),
        [
            "**Remove transpose: the channels stay last**",
            "Transpose np.array(images) to (batch, height, width, channels)",
            "last: Change shape to (None, None, 32)",
        ],
    ),
    "labels of the training beside data of the test": (
        """\
        x_train, y_train = np.zeros((40, 4)), np.zeros((40, 1))
        x_test, y_test = np.zeros((10, 4)), np.zeros((10, 1))
        model = Sequential([Input((4,)), Dense(1)])
        model.compile(loss="mse")
        model.fit(x_train, y_train, validation_data=(x_test, y_train))
        """,
        ("validation-mismatch", "y_train"),
        ["**Change validation_data to (x_test, y_test)**"],
    ),
    "an argument behind the layer": (
        "model = Sequential()\nmodel.add(Dense(1), input_shape=(784,))\n",
        ("argument-of-add", "input_shape"),
        ["**Move input_shape into Dense(…)** ✓"],
    ),
    "order of a split": (
        """\
        X, y = np.zeros((100, 4)), np.zeros((100,))
        X_train, y_train, X_test, y_test = train_test_split(X, y)
        model = Sequential([Input((4,)), Dense(1)])
        model.compile(loss="mse")
        model.fit(X_train, y_train)
        """,
        ("split-order", "X_train, y_train, X_test, y_test"),
        ["**Reorder the names**"],
    ),
    "size of images": (
        """\
        ds = keras.utils.image_dataset_from_directory("d", image_size=(180, 180))
        model = Sequential([Input((150, 150, 3)), Conv2D(8, 3), Flatten(), Dense(5, activation="softmax")])
        model.compile(loss="sparse_categorical_crossentropy")
        model.fit(ds)
        """,
        ("data-features", "image_size=(180, 180)"),
        ["**Change shape to (180, 180, 3)**", "Change image_size to (150, 150)"],
    ),
    "size of images by default": (
        """\
        ds = keras.utils.image_dataset_from_directory("d")
        model = Sequential([Input((150, 150, 3)), Conv2D(8, 3), Flatten(), Dense(5, activation="softmax")])
        model.compile(loss="sparse_categorical_crossentropy")
        model.fit(ds)
        """,
        ("data-features", "image_dataset_from_directory"),
        ["**Add image_size=(150, 150)**", "Change shape to (256, 256, 3)"],
    ),
    "generator and discriminator": (
        """\
        generator = Sequential([Input((100,)), Dense(49), Reshape((7, 7, 1)), UpSampling2D()])
        discriminator = Sequential([Input((28, 28, 1)), Flatten(), Dense(1)])
        gan = Sequential([generator, discriminator])
        """,
        ("incompatible-input", "discriminator"),
        ["last: Change the input of discriminator to (14, 14, 1)"],
    ),
    "flattened steps": (
        """\
        model = Sequential([
            Input((10, 32, 32, 3)),
            TimeDistributed(Conv2D(4, 3)),
            TimeDistributed(MaxPooling2D()),
            Flatten(),
            LSTM(8),
        ])
        """,
        ("incompatible-input", "LSTM"),
        [
            "**Wrap Flatten in TimeDistributed**",
            "Replace Flatten() with Reshape((10, -1))",
            "last: Insert Reshape((1, -1)) before LSTM",
        ],
    ),
    "vectorizer and table": (
        """\
        vec = TextVectorization(max_tokens=20000, output_sequence_length=100)
        model = Sequential([Input((1,), dtype="string"), vec, Embedding(10000, 16), GlobalAveragePooling1D(), Dense(1)])
        """,
        ("index-out-of-range", "10000"),
        ["**Change Embedding input_dim to 20000**"],
    ),
    "class numbers for the categorical loss": (
        """\
        (x_train, y_train), _ = mnist.load_data()
        model = Sequential([Flatten(), Dense(10, activation="softmax")])
        model.compile(loss="categorical_crossentropy")
        model.fit(x_train, y_train)
        """,
        ("labels-rank", '"categorical_crossentropy"'),
        ["**Use sparse_categorical_crossentropy**", "One-hot encode y_train: to_categorical(y_train, 10)"],
    ),
    "class numbers beside a one-hot split": (
        """\
        (x_train, y_train), (x_test, y_test) = mnist.load_data()
        y_test = to_categorical(y_test, 10)
        model = Sequential([Flatten(), Dense(10, activation="softmax")])
        model.compile(loss="categorical_crossentropy")
        model.fit(x_train, y_train, validation_data=(x_test, y_test))
        """,
        ("labels-rank", '"categorical_crossentropy"'),
        ["**One-hot encode y_train: to_categorical(y_train, 10)**"],
    ),
    "encoded twice": (
        """\
        (x_train, y_train), _ = mnist.load_data()
        y_train = to_categorical(y_train, 10)
        y_train = to_categorical(y_train, 10)
        model = Sequential([Flatten(), Dense(10, activation="softmax")])
        model.compile(loss="categorical_crossentropy")
        model.fit(x_train, y_train)
        """,
        ("labels-rank", "to_categorical"),
        ["**Remove to_categorical**"],
    ),
    "one output for one-hot labels": (
        """\
        x = np.zeros((32, 4))
        y = to_categorical(np.random.randint(0, 2, 32), 2)
        model = Sequential([Input((4,)), Dense(1, activation="sigmoid")])
        model.compile(loss="binary_crossentropy")
        model.fit(x, y)
        """,
        ("labels-classes", "to_categorical"),
        [
            "**Remove to_categorical**",
            "Use 2 units with softmax and categorical_crossentropy",
            "last: Change Dense units to 2",
        ],
    ),
    "labels from one": (
        """\
        x, y = np.zeros((150, 4)), np.array([1, 2, 3] * 50)
        model = Sequential([Input((4,)), Dense(3, activation="softmax")])
        model.compile(loss="sparse_categorical_crossentropy")
        model.fit(x, y)
        """,
        ("labels-classes", "3"),
        ["**Shift the labels: y - 1**", "Change Dense units to 4"],
    ),
    "too many poolings": (
        """\
        model = Sequential([
            Input((28, 28, 1)),
            Conv2D(8, 3), MaxPooling2D(),
            Conv2D(16, 3), MaxPooling2D(),
            Conv2D(32, 3), MaxPooling2D(),
            Conv2D(64, 3), MaxPooling2D(),
        ])
        """,
        ("negative-dimension", "Conv2D"),
        ["**Add padding='same'**", "Remove the last Conv2D and MaxPooling2D"],
    ),
    "channels first": (
        "model = Sequential([Input((1, 28, 28)), Conv2D(8, 3), MaxPooling2D()])\n",
        ("swapped-channels", "(1, 28, 28)"),
        ["**Change shape to (28, 28, 1)**"],
    ),
    "list to predict": (
        "model = Sequential([Input((1,)), Dense(1)])\nmodel.predict([10.0])\n",
        ("list-as-data", "[10.0]"),
        ["**Use np.array([10.0])** ✓"],
    ),
    "one sample to predict": (
        """\
        (x_train, y_train), (x_test, y_test) = mnist.load_data()
        model = Sequential([Input((28, 28)), Flatten(), Dense(10)])
        model.predict(x_test[5])
        """,
        ("data-rank", "x_test[5]"),
        ["**Change x_test[5] to x_test[5:6]**", "Expand dims of x_test[5]: np.expand_dims(x_test[5], axis=0)"],
    ),
    "dataset without batches": (
        """\
        x, y = np.zeros((100, 5)), np.zeros((100, 1))
        ds = tf.data.Dataset.from_tensor_slices((x, y))
        model = Sequential([Input((5,)), Dense(1)])
        model.compile(loss="mse")
        model.fit(ds)
        """,
        ("dataset-batches", "ds"),
        ["**Add .batch(32)**"],
    ),
    "dataset batched twice": (
        """\
        x, y = np.zeros((100, 5)), np.zeros((100, 1))
        ds = tf.data.Dataset.from_tensor_slices((x, y)).batch(8)
        ds = ds.batch(8)
        model = Sequential([Input((5,)), Dense(1)])
        model.compile(loss="mse")
        model.fit(ds)
        """,
        ("dataset-batches", "ds"),
        ["**Remove .batch(8)**"],
    ),
    "labels beside a dataset": (
        """\
        x, y = np.zeros((100, 5)), np.zeros((100, 1))
        ds = tf.data.Dataset.from_tensor_slices((x, y)).batch(8)
        model = Sequential([Input((5,)), Dense(1)])
        model.compile(loss="mse")
        model.fit(ds, y)
        """,
        ("labels-beside-dataset", "y"),
        ["**Remove y**"],
    ),
    "the order of axes of Keras 1": (
        """\
        keras.backend.set_image_dim_ordering("th")
        model = Sequential([Conv2D(8, 3, input_shape=(1, 28, 28)), Flatten(), Dense(10)])
        """,
        ("removed-name", "set_image_dim_ordering"),
        ["**Change set_image_dim_ordering to set_image_data_format** ✓"],
    ),
    "build of another shape, which the data contradict": (
        """\
        model = Sequential([Input((8,)), Dense(1)])
        model.build((None, 9))
        model.compile(loss="mse")
        model.fit(np.zeros((16, 8)), np.zeros(16))
        """,
        ("built-already", "model.build((None, 9))"),
        ["**Remove build: the model has its input already**"],
    ),
    "build of the shape that the data have": (
        """\
        model = Sequential([Input((8,)), Dense(1)])
        model.build((None, 9))
        model.compile(loss="mse")
        model.fit(np.zeros((16, 9)), np.zeros(16))
        """,
        ("built-already", "model.build((None, 9))"),
        ["**Change shape to (9,)**"],
    ),
    "features of a base model for a vector": (
        """\
        base = MobileNetV2(weights=None, include_top=False, input_shape=(64, 64, 3))
        features = base.predict(np.zeros((6, 64, 64, 3)))
        more = base.predict(np.zeros((2, 64, 64, 3)))
        model = Sequential([Input((5120,)), Dense(1)])
        model.compile(loss="mse")
        model.fit(features, np.zeros(6), validation_data=(more, np.zeros(2)))
        """,
        ("data-rank", "features"),
        ["**Reshape features to (-1, 5120)**", "Insert Flatten() before Dense"],
    ),
    "features of a base model for its channels": (
        """\
        base = MobileNetV2(weights=None, include_top=False, input_shape=(64, 64, 3))
        features = base.predict(np.zeros((6, 64, 64, 3)))
        model = Sequential([Input((1280,)), Dense(1)])
        model.compile(loss="mse")
        model.fit(features, np.zeros(6))
        """,
        ("data-rank", "features"),
        ["**Insert GlobalAveragePooling2D() before Dense**", "Insert Flatten() before Dense"],
    ),
    "reviews of different lengths": (
        """\
        (x_train, y_train), (x_test, y_test) = keras.datasets.imdb.load_data(num_words=1000)
        model = Sequential([Embedding(1000, 8), LSTM(4), Dense(1)])
        model.compile(loss="mse")
        model.fit(x_train, y_train, validation_data=(x_test, y_test))
        """,
        ("data-without-numbers", "x_train"),
        ["**Pad the sequences: pad_sequences(x_train)**"],
    ),
    "lists for a model of one length": (
        """\
        rows = [[1, 2, 3], [4, 5], [6, 7, 8, 9]]
        model = Sequential([Input((6,)), Embedding(10, 8), Flatten(), Dense(1)])
        model.compile(loss="mse")
        model.fit(np.array(rows, dtype=object), np.zeros(3))
        """,
        ("data-without-numbers", "np.array(rows, dtype=object)"),
        ["**Pad the sequences: pad_sequences(rows, maxlen=6)**"],
    ),
    "sequences of a tokenizer": (
        """\
        texts = ["a b c", "b c"]
        words = tf.keras.preprocessing.text.Tokenizer(num_words=100)
        words.fit_on_texts(texts)
        model = Sequential([Embedding(100, 8), LSTM(4), Dense(1)])
        model.compile(loss="mse")
        model.fit(words.texts_to_sequences(texts), np.zeros(2))
        """,
        ("list-as-data", "words.texts_to_sequences(texts)"),
        ["**Pad the sequences: pad_sequences(…)**"],
    ),
    "pooling after an Embedding": (
        """\
        x, y = np.random.randint(0, 100, (64, 12)), np.random.randint(0, 2, 64)
        model = Sequential([Embedding(100, 8), Dense(1, activation="sigmoid")])
        model.compile(loss="binary_crossentropy")
        model.fit(x, y)
        """,
        ("map-into-classifier", "Dense"),
        ["**Insert GlobalAveragePooling1D() before Dense**", "Insert Flatten() before Dense"],
    ),
    "steps that reach the output": (
        """\
        x, y = np.zeros((64, 12, 3)), np.zeros((64, 1))
        model = Sequential([Input((12, 3)), LSTM(8, return_sequences=True), Dense(1)])
        model.compile(loss="mse")
        model.fit(x, y)
        """,
        ("output-per-step", "return_sequences=True"),
        ["**Remove return_sequences=True**", "Insert GlobalAveragePooling1D()"],
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_fixes_of_a_situation(name, proved):
    program, place, titles = SITUATIONS[name]
    [found] = proved(IMPORTS + dedent(program))
    assert (found.code, found.mark) == place
    assert found.titles == titles
