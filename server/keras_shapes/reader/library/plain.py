"""Numbers as plain Python numbers, where they are known."""

from __future__ import annotations

from keras_shapes.data import Array
from keras_shapes.model import NumpyNumber
from keras_shapes.reader.values import Value


def number(value: Value) -> float | None:
    """The number that a value is known to be; a whole one stays whole."""
    match value:
        case int() | float():
            return value
        case NumpyNumber(value=known):
            return known
        case Array(shape=(), values=((int() | float()) as known,)):
            return known
        case _:
            return None


def whole(value: Value) -> int | None:
    """The whole number that a value is known to be; truths are none."""
    known: object = number(value)
    return known if isinstance(known, int) and not isinstance(known, bool) else None


def numbers(values: list[Value]) -> list[float] | None:
    """The numbers that all values are known to be."""
    known = [number(value) for value in values]
    return None if None in known else [value for value in known if value is not None]
