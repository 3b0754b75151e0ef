"""One real Keras for all tests of training calls."""

from __future__ import annotations

import pytest
from training_programs import verdicts_on


@pytest.fixture
def judge(keras):
    """The verdicts on the training calls of a program's first model, without those on `compile`."""
    return lambda source: verdicts_on(source, keras)
