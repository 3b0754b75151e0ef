"""The call at a caret (¦), in texts that are whole and half typed; and what may stand there."""

from __future__ import annotations

import random

import pytest

from keras_shapes.features.call_at import call_at, called
from keras_shapes.features.calls_help import candidates, help_of
from keras_shapes.model import PublicName
from keras_shapes.signature import COMPILE, Parameter, Signature

DENSE = Signature(
    "A layer.",
    (
        Parameter("units", required=True),
        Parameter("activation", default="None", values=("'relu'", "'softmax'")),
        Parameter("use_bias", default="True", values=("True", "False")),
        Parameter("name", keyword=True),
    ),
)


def at_caret(marked):
    offset = marked.index("¦")
    return call_at(marked.replace("¦", ""), offset)


@pytest.mark.parametrize(
    ("marked", "name", "keyword", "position"),
    [
        ("layers.Dense(¦", "layers.Dense", None, 0),
        ("x = 1\nmodel.add(layers.Dense(10, ¦))", "layers.Dense", None, 1),
        ("model.add(layers.Dense(10, activation=¦", "layers.Dense", "activation", 1),
        ("model.add(layers.Dense(10), ¦", "model.add", None, 1),
        ("layers.Conv2D(8, (3, ¦", "layers.Conv2D", None, 1),
        ("layers.Conv2D(8, kernel_size=[3, ¦], name='x')", "layers.Conv2D", "kernel_size", 1),
        ('layers.Dense(10, "re¦', "layers.Dense", None, 1),
        ("layers . Dense (¦", "layers.Dense", None, 0),
        ("Dense('a, (b', ¦)", "Dense", None, 1),
        ("Dense(a == b¦)", "Dense", None, 0),
        ("def f():\n    x = broken((\n    return Dense(¦", "Dense", None, 0),
    ],
)
def test_the_innermost_call(marked, name, keyword, position):
    found = at_caret(marked)
    assert (found.name, found.keyword, found.position) == (name, keyword, position)


@pytest.mark.parametrize(
    "marked", ["x = ¦", "(¦", "[1, ¦", "Dense(1)¦", "Dense(  # a comment ¦", '"""Dense(¦', "Dense(\nx = ¦"]
)
def test_no_call(marked):
    assert at_caret(marked) is None


@pytest.mark.parametrize(
    ("imports", "name", "path"),
    [
        ("from keras import layers", "layers.Dense", "keras.layers.Dense"),
        ("import tensorflow as tf", "tf.keras.layers.Dense", "keras.layers.Dense"),
        ("from tensorflow.keras.layers import (\n    Conv2D,\n    Dense as D)", "D", "keras.layers.Dense"),
        ("import keras, numpy as np", "keras.layers.Dense", "keras.layers.Dense"),
        ("import tensorflow.keras as k", "k.layers.Dense", "keras.layers.Dense"),
        ("import numpy as np", "np.zeros", None),
        ("", "Dense", None),
        ("", "other.compile", None),
        ("", "model.compile", COMPILE.path),
    ],
)
def test_names_of_keras(imports, name, path):
    text = f"{imports}\n{name}("
    found = called(call_at(text, len(text)), text, frozenset({"model"}))
    assert (found and found.path) == path


@pytest.mark.parametrize(
    ("marked", "labels"),
    [
        ("D(¦", ["units=", "activation=", "use_bias=", "name="]),
        ("D(10, ¦", ["activation=", "use_bias=", "name=", '"relu"', '"softmax"']),
        ("D(10, ac¦, name='x')", ["activation=", "use_bias=", '"relu"', '"softmax"']),
        ("D(10, activation=¦", ['"relu"', '"softmax"']),
        ("D(10, activation='¦", ["relu", "softmax"]),
        ("D(10, activation=['re¦", ["relu", "softmax"]),
        ("D(10, use_bias=¦", ["True", "False"]),
        ("D(10, use_bias='¦", []),
        ("D(10, layers.¦", []),
        ("D(10, activation=1 + ¦", []),
        ("D(units=1, ¦", ["activation=", "use_bias=", "name=", '"relu"', '"softmax"']),
        ("D(nothing=¦", []),
        ("D(1, 2, 3, 4, ¦", ["name="]),
    ],
)
def test_candidates(marked, labels):
    assert [each.label for each in candidates(at_caret(marked), DENSE)] == labels


def test_a_candidate_takes_the_place_of_what_is_typed():
    marked = "D(10, activation='re¦"
    call = at_caret(marked)
    assert (call.word.start, call.word.end) == (len("D(10, activation='"), len(marked) - 1)


def test_help_points_at_the_argument():
    told = help_of(at_caret("Dense(10, use_bias=¦"), PublicName("keras.layers.Dense"), DENSE)
    assert told.label == "Dense(units, activation=None, use_bias=True, name=…)"
    assert told.active == 2
    assert [told.label[place.start : place.end] for place in told.parameters][1:3] == [
        "activation=None",
        "use_bias=True",
    ]
    assert help_of(at_caret("Dense(10, nothing=¦"), PublicName("keras.layers.Dense"), DENSE).active is None


def test_any_text_is_taken():
    rng = random.Random(7)
    pieces = ["Dense(", "(", ")", "[", "]", '"', "'", '"""', ",", "=", " ", "\n", "#", "a.b", "é", "\\", "x", "{", "}"]
    for _ in range(2_000):
        text = "".join(rng.choices(pieces, k=rng.randrange(40)))
        offset = rng.randrange(len(text) + 1)
        found = call_at(text, offset)
        if found is not None:
            assert 0 <= found.word.start <= found.word.end == offset
            candidates(found, DENSE)


def test_a_long_text_costs_little_more():
    text = "model.add(layers.Dense(10))\n" * 20_000 + "x = [\n" + "    Dense(1),\n" * 20_000 + "    Dense(1, "
    assert call_at(text, len(text)).name == "Dense"
