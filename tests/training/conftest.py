"""One real Keras for all tests of training calls."""

from __future__ import annotations

import pytest
from training_programs import verdicts_on

from keras_shapes.environments import choose_interpreter
from keras_shapes.keras_process import start_keras


@pytest.fixture(scope="session")
def keras():
    """The worker of the interpreter that runs the tests, started once."""
    process = start_keras(choose_interpreter())
    yield process
    process.close()


@pytest.fixture
def judge(keras):
    """The verdicts on the training calls of a program's first model, without those on `compile`."""
    return lambda source: verdicts_on(source, keras)
