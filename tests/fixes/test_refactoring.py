"""`input_shape=` to `keras.Input`, offered where the caret is on the layer that has it."""

from __future__ import annotations

import pytest

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document
from keras_shapes.fixes.apply import edited
from keras_shapes.fixes.refactoring import refactorings
from keras_shapes.source import Span


def refactored(program, keras, at):
    analysis = analyse(python_document("program.py", program), keras)
    offset = program.index(at)
    return [
        (fix.title, edited(analysis.document, fix.edits).text)
        for fix in refactorings(analysis, Span(offset, offset))
        if fix.title.startswith("Replace")
    ]


@pytest.mark.parametrize(
    ("program", "title", "after"),
    [
        (
            (
                "from keras import Sequential, layers\n"
                "model = Sequential([\n    layers.Dense(8, input_shape=(4,)),\n    layers.Dense(1),\n])\n"
            ),
            "Replace input_shape with keras.Input(shape=(4,))",
            (
                "from keras import Sequential, layers\n"
                "model = Sequential([\n    layers.Input(shape=(4,)),\n    layers.Dense(8),\n    layers.Dense(1),\n])\n"
            ),
        ),
        (
            "import tensorflow as tf\nm = tf.keras.Sequential()\nm.add(tf.keras.layers.Dense(8, input_dim=4))\n",
            "Replace input_dim with keras.Input(shape=(4,))",
            (
                "import tensorflow as tf\nm = tf.keras.Sequential()\n"
                "m.add(tf.keras.Input(shape=(4,)))\nm.add(tf.keras.layers.Dense(8))\n"
            ),
        ),
    ],
)
def test_input_shape_becomes_an_input(program, title, after, keras):
    assert refactored(program, keras, "Dense(8") == [(title, after)]
    assert analyse(python_document("program.py", after), keras).models[0].status.kind == "built"


def test_nothing_elsewhere_and_nothing_where_there_is_an_input(keras):
    program = "from keras import Input, Sequential, layers\nm = Sequential([Input((4,)), layers.Dense(8)])\n"
    assert refactored(program, keras, "Dense(8") == []
    assert (
        refactored(program.replace("Input((4,)), layers.Dense(8)", "layers.Dense(8, input_shape=(4,))"), keras, "m =")
        == []
    )
