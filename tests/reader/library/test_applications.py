"""`preprocess_input` of every pretrained model, run for real, against what the reader says of it."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from evaluation import evaluate
from truth import lie

from keras_shapes.keras_names import KERAS_NAMES

MODULES = [module for module, names in KERAS_NAMES.items() if "preprocess_input" in names]


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("data", ["np.ones((2, 8, 9, 3))", "np.full((2, 8, 9, 3), 200, 'uint8')"])
def test_the_shape_stays(module, data):
    function = getattr(keras.applications, module.rpartition(".")[2]).preprocess_input
    claim = evaluate(f"{module}.preprocess_input({data})")
    assert lie(claim, function(eval(data, {"np": np}))) is None
    assert claim.shape == (2, 8, 9, 3)


def test_data_is_changed_in_place():
    claim = evaluate("x = np.arange(27.0).reshape(1, 3, 3, 3)\nkeras.applications.vgg16.preprocess_input(x)\nx")
    assert (claim.shape, claim.minimum, claim.values) == ((1, 3, 3, 3), None, None)
