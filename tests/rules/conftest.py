"""One real Keras for all pages of a session."""

from __future__ import annotations

import pytest

from keras_shapes.environments import choose_interpreter
from keras_shapes.keras_process import start_keras


@pytest.fixture(scope="session")
def keras():
    """The worker of the interpreter that runs the tests, started once."""
    process = start_keras(choose_interpreter())
    yield process
    process.close()
