"""The line above each `Sequential`."""

from __future__ import annotations

import pytest

from keras_shapes.analysis import analyse
from keras_shapes.features.lenses import lenses
from keras_shapes.files import python_document
from keras_shapes.keras_process import no_keras


def texts(analysis, **kwargs):
    return [lens.text for lens in lenses(analysis, **kwargs)]


@pytest.mark.parametrize(
    ("program", "text"),
    [
        (
            "Sequential([Input((28, 28, 1)), layers.Conv2D(8, 3), layers.Flatten(), layers.Dense(10)])",
            "Sequential · (None, 28, 28, 1) → (None, 10) · 54,170 parameters · 211.6 KB",
        ),
        (
            "Sequential([Input((8,)), layers.Dense(4), layers.Conv2D(8, 3), layers.Dense(10)])",
            "refused at the 2nd layer (Conv2D)",
        ),
        ("Sequential([layers.Flatten(), layers.Dense(10)])", "the input shape is not known"),
        (
            "n = int(input())\nSequential([Input((8,)), layers.Dense(n)])",
            "Sequential · (None, 8) → (None, n) · parameters need n",
        ),
        ("Sequential([Input((8,)), layers.Flatten()])", "Sequential · (None, 8) → (None, 8) · 0 parameters"),
    ],
)
def test_one_model(analysed, program, text):
    assert texts(analysed(program)) == [text]


def test_models_of_one_site_share_a_lens(analysed):
    program = "def f(n):\n    return Sequential([Input((8,)), layers.Dense(n)])\nf(1)\nf(2)"
    assert texts(analysed(program)) == ["Sequential · (None, 8) → (None, 1|2) · 9–18 parameters"]


def test_without_keras():
    document = python_document("a.py", "from keras import Sequential, layers\nSequential([layers.Dense(1)])")
    analysis = analyse(document, no_keras("no TensorFlow here"))
    assert texts(analysis, starting=True) == ["starting Keras…"]
    assert texts(analysis, problem="no TensorFlow here") == ["no TensorFlow here · choose interpreter"]
    assert texts(analysis) == ["no TensorFlow here"]
