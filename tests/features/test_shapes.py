"""Shapes and sizes in writing."""

from __future__ import annotations

import pytest

from keras_shapes.features.shapes import bytes_text, merged_text, parameters_text, says_something, shape_text
from keras_shapes.model import Unknown
from keras_shapes.verdict import Multiple, UnknownRank, UnknownSize

FILTERS = Unknown("a parameter", name="filters")
LONG = Unknown("a parameter", name="number_of_all_classes")


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ((None, 26, 26, 32), "(None, 26, 26, 32)"),
        ((None,), "(None,)"),
        ((), "()"),
        ((None, Multiple(1, FILTERS)), "(None, filters)"),
        ((None, Multiple(676, FILTERS)), "(None, 676·filters)"),
        ((None, Multiple(676, LONG)), "(None, ?)"),
        ((None, UnknownSize(), 3), "(None, ?, 3)"),
        (UnknownRank(64), "(…, 64)"),
        (UnknownRank(), "(…, ?)"),
    ],
)
def test_one_shape(shape, text):
    assert shape_text(shape) == text


@pytest.mark.parametrize(
    ("shapes", "times", "text"),
    [
        ([(None, 64)], 1, "(None, 64)"),
        ([(None, 64)] * 3, 3, "(None, 64) ×3"),
        ([(None, 64), (None, 128)], 1, "(None, 64|128)"),
        ([(None, 1), (None, 2), (None, 3)], 1, "(None, 1|2|3)"),
        ([(None, 1), (None, 2), (None, 3), (None, 4)], 1, "(None, ?)"),
        ([(None, 8, 4), (None, 4)], 1, "(…, 4)"),
        ([(None, 8, 4), UnknownRank(5)], 1, "(…, 4|5)"),
        ([(None, UnknownSize()), (None, 4)], 1, "(None, ?)"),
        ([(None, 64), None], 1, "?"),
        ([], 1, "?"),
    ],
)
def test_several_shapes_of_one_expression(shapes, times, text):
    assert merged_text(shapes, times) == text


@pytest.mark.parametrize("shape", [(None,), (None, 3), (None, None), (None, UnknownSize(), 3), UnknownRank(64)])
def test_shape_that_says_something(shape):
    assert says_something(shape)


@pytest.mark.parametrize("shape", [None, (None, UnknownSize()), (8, UnknownSize(), UnknownSize()), UnknownRank()])
def test_shape_that_says_nothing_but_the_batch(shape):
    assert not says_something(shape)


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0.00 B"), (1023, "1023.00 B"), (216_680, "211.60 KB"), (60_211_600_000, "56.08 GB")]
)
def test_memory(count, text):
    assert bytes_text(count) == text


def test_parameters():
    assert [parameters_text(count) for count in (0, 1, 15_052_900_000)] == [
        "0 parameters",
        "1 parameter",
        "15,052,900,000 parameters",
    ]
