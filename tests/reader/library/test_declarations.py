"""Comments that declare shapes."""

from __future__ import annotations

import pytest

from keras_shapes.data import Array
from keras_shapes.model import Unknown
from keras_shapes.reader.library.declarations import InvalidDeclaration, parse


@pytest.mark.parametrize(
    ("text", "shape", "dtype", "low", "high"),
    [
        ("# keras-shapes: shape (1000, 28, 28, 1) uint8 max 9", (1000, 28, 28, 1), "uint8", None, 9),
        ("#keras-shapes:shape (5,)", (5,), None, None, None),
        ("# keras-shapes: shape (None, 64)", (None, 64), None, None, None),
        ("# keras-shapes: shape ( 3 , 4 ) float32 min -1.5 max 2  # measured", (3, 4), "float32", -1.5, 2),
        ("# keras-shapes: shape () int64", (), "int64", None, None),
    ],
)
def test_declared(text, shape, dtype, low, high):
    array = parse(text, None)
    assert isinstance(array, Array)
    assert (array.shape, array.dtype, array.minimum, array.maximum) == (shape, dtype, low, high)
    assert "declared" in array.provenance


def test_a_name_is_one_unknown_everywhere():
    first = parse("# keras-shapes: shape (n, 3)", None)
    second = parse("# keras-shapes: shape (n, n, ?)", None)
    assert isinstance(first.shape[0], Unknown)
    assert first.shape[0].name == "n"
    assert first.shape[0].key == second.shape[0].key == second.shape[1].key != second.shape[2].key


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("# keras-shapes: shape 3, 4", "parentheses"),
        ("# keras-shapes: shape (3, 4", "parentheses"),
        ("# keras-shapes: shape", "parentheses"),
        ("# keras-shapes: shape (3, -1)", "-1 is no size"),
        ("# keras-shapes: shape (3,, 4)", "nothing is no size"),
        ("# keras-shapes: shape (3.5,)", "3.5 is no size"),
        ("# keras-shapes: shape (3,) floaty", "floaty is no dtype"),
        ("# keras-shapes: shape (3,) uint8 int8", "int8 is no dtype"),
        ("# keras-shapes: shape (3,) max", "max needs a number"),
        ("# keras-shapes: shape (3,) max many", "max needs a number"),
    ],
)
def test_mistakes_are_told(text, part):
    mistake = parse(text, None)
    assert isinstance(mistake, InvalidDeclaration)
    assert part in mistake.message
    assert "write: # keras-shapes: shape" in mistake.message


def test_it_is_bounded():
    assert isinstance(parse("# keras-shapes: shape (" + "9" * 100_000, None), InvalidDeclaration)
