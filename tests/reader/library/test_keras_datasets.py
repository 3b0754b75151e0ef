"""The table of `keras.datasets` against what the documentation of Keras asserts; nothing is downloaded."""

from __future__ import annotations

import inspect
import re

import keras
import pytest
from evaluation import evaluate

from keras_shapes.data import Array

IMAGES = ["mnist", "fashion_mnist", "cifar10", "cifar100"]
ASSERTED = re.compile(r"assert (x_train|y_train|x_test|y_test)\.shape == (\([\d, ]+\))")
NAMES = ("x_train", "y_train", "x_test", "y_test")


def loaded(call):
    (x_train, y_train), (x_test, y_test) = evaluate(f"keras.datasets.{call}")
    return dict(zip(NAMES, (x_train, y_train, x_test, y_test), strict=True))


@pytest.mark.parametrize("name", IMAGES)
def test_shapes_are_those_that_keras_asserts(name):
    documented = ASSERTED.findall(inspect.getdoc(getattr(keras.datasets, name).load_data))
    assert len(documented) == 4
    arrays = loaded(f"{name}.load_data()")
    for part, shape in documented:
        assert str(arrays[part].shape) == shape


@pytest.mark.parametrize(("name", "classes"), zip(IMAGES, (10, 10, 10, 100), strict=True))
def test_labels_and_pixels(name, classes):
    arrays = loaded(f"{name}.load_data()")
    for part in ("y_train", "y_test"):
        assert (arrays[part].minimum, arrays[part].maximum) == (0, classes - 1)
    for part in ("x_train", "x_test"):
        assert (arrays[part].dtype, arrays[part].minimum, arrays[part].maximum) == ("uint8", 0, 255)
    documented = inspect.getdoc(getattr(keras.datasets, name).load_data)
    assert "uint8" in documented
    assert f"range 0-{classes - 1}" in documented or f"{classes} " in documented


def test_coarse_labels():
    assert loaded("cifar100.load_data(label_mode='coarse')")["y_train"].maximum == 19


def test_number_of_classes_from_the_data():
    program = """
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
(len(np.unique(y_train)), y_train.max() + 1, keras.utils.to_categorical(y_train).shape, x_train[0].shape)
"""
    assert evaluate(program)[0] == 10
    assert evaluate(program)[1].value == 10
    assert evaluate(program)[2:] == ((60000, 10), (28, 28))


@pytest.mark.parametrize(("call", "rows"), [("imdb", (25000, 25000)), ("reuters", (8982, 2246))])
def test_texts_are_ragged(call, rows):
    arrays = loaded(f"{call}.load_data(num_words=5000)")
    assert (arrays["x_train"].shape, arrays["x_test"].shape) == ((rows[0],), (rows[1],))
    assert arrays["x_train"].dtype == "object"
    assert "ragged" in arrays["x_train"].provenance
    assert arrays["x_train"].maximum == 4999
    assert loaded(f"{call}.load_data()")["x_train"].maximum is None
    padded = evaluate(f"keras.utils.pad_sequences(keras.datasets.{call}.load_data(num_words=5000)[0][0], maxlen=80)")
    assert (padded.shape, padded.dtype, padded.maximum) == ((rows[0], 80), "int32", 4999)


def test_counts_are_in_the_documentation():
    assert "25,000" in inspect.getdoc(keras.datasets.imdb.load_data)
    documented = inspect.getdoc(keras.datasets.reuters.load_data)
    assert "11,228" in documented
    assert "46 topics" in documented
    assert int(11_228 * 0.8) == 8982
    assert "13 attributes" in inspect.getdoc(keras.datasets.boston_housing.load_data)
    assert "20,640 samples" in inspect.getdoc(keras.datasets.california_housing.load_data)
    assert "8 features" in inspect.getdoc(keras.datasets.california_housing.load_data)


@pytest.mark.parametrize(
    ("call", "train", "test"),
    [
        ("boston_housing.load_data()", (404, 13), (102, 13)),
        ("boston_housing.load_data(test_split=0.5)", (253, 13), (253, 13)),
        ("california_housing.load_data()", (16512, 8), (4128, 8)),
        ("california_housing.load_data(version='small')", (480, 8), (120, 8)),
    ],
)
def test_housing(call, train, test):
    arrays = loaded(call)
    assert (arrays["x_train"].shape, arrays["x_test"].shape) == (train, test)
    assert arrays["y_train"].shape == train[:1]


def test_train_and_test_parts_are_told_apart():
    arrays = loaded("mnist.load_data()")
    assert {"train part", "features"} <= arrays["x_train"].provenance
    assert {"test part", "labels"} <= arrays["y_test"].provenance
    assert arrays["x_train"].source == arrays["y_train"].source != arrays["x_test"].source


def test_an_unknown_argument_is_no_reason_to_guess():
    unknown = evaluate("keras.datasets.california_housing.load_data(version=version)", version="huge")
    assert not isinstance(unknown, (tuple, Array))
