"""Which Keras of an environment is asked about a model."""

from dataclasses import replace
from pathlib import Path

import pytest
from by_hand import dense

from keras_shapes.analysis import analyse
from keras_shapes.environments import Environment, choose_interpreter
from keras_shapes.files import python_document
from keras_shapes.keras_process.asked import Asked, asked_of, generation_asked, usual
from keras_shapes.keras_process.client import start_keras
from keras_shapes.model import Settings

ALL = {"keras": "3.15.1", "tensorflow": "2.21.0", "jax": "0.7.0", "tf_keras": "2.21.0"}


def there(**versions):
    return Environment(Path("python"), "a test", **versions)


def program(flavour="keras", **settings):
    return replace(dense(3), settings=Settings(**settings), flavour=flavour)


@pytest.mark.parametrize(
    ("asked_about", "environment", "asked"),
    [
        (program(), there(**ALL), Asked()),
        (program(), there(**ALL, backend="jax"), Asked("jax")),
        (program(backend="jax"), there(**ALL), Asked("jax")),
        (program("tf_keras"), there(**ALL), Asked(legacy=True)),
        (program("tf.keras", legacy="1"), there(**ALL), Asked(legacy=True)),
        (program("tf.keras"), there(**ALL, legacy=True), Asked(legacy=True)),
        (program("tf.keras", legacy="0"), there(**ALL, legacy=True), Asked()),
        (program("keras", legacy="1"), there(**ALL), Asked()),
        (program("tf_keras"), there(keras="3.15.1", tensorflow="2.21.0"), Asked()),
        (program(backend="jax"), there(keras="2.15.0", tensorflow="2.15.1"), Asked()),
        (program(backend="torch"), there(**ALL), Asked(instead_of="torch")),
    ],
)
def test_a_program_asks_the_keras_that_it_would_get(asked_about, environment, asked):
    assert asked_of(asked_about, environment) == asked


@pytest.mark.parametrize(
    ("asked_about", "reason"),
    [
        (program(backend="numpy"), "the program chooses the backend numpy, and only tensorflow, jax, torch are asked"),
        (program(backend="?"), "which Keras the program chooses is not known"),
    ],
)
def test_where_none_can_be_asked_that_is_said(asked_about, reason):
    assert asked_of(asked_about, there(**ALL)).startswith(reason)


def test_generations():
    assert generation_asked(there(**ALL), Asked("jax")) == 3
    assert generation_asked(there(**ALL), Asked(legacy=True)) == 2
    assert generation_asked(there(keras="2.15.0"), Asked()) == 2
    assert generation_asked(there(), Asked()) is None
    assert usual(there(**ALL, legacy=True)) == Asked(legacy=True)


def test_where_a_backend_is_missing_shapes_are_known_and_nothing_is_refused():
    document = "import os\nos.environ['KERAS_BACKEND'] = 'torch'\nimport keras\nfrom keras import layers\n"
    document += "model = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.LSTM(2)])\n"
    keras = start_keras(choose_interpreter())
    [subject] = analyse(python_document("a.py", document), keras).subjects
    keras.close()
    assert subject.verdict.layers[1].output_shape == (None, 3)
    assert subject.refusal is None


def test_what_cannot_be_asked_starts_nothing():
    keras = start_keras(there(**ALL))
    [verdict] = keras.evaluate([program(backend="numpy")])
    assert verdict.generation is None
    assert keras.known([dense(30_721)]) == [None]  # of a size that no other test has asked about
    assert keras.state().phase == "cold"
    keras.close()
