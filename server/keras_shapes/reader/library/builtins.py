"""Python's own functions on arrays: `int(x)`, `max(y)`, `sum(mask)`, `set(labels)`, `abs(x)`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from keras_shapes.data import Array
from keras_shapes.model import Argument, Unknown
from keras_shapes.reader.library import indexing, marks
from keras_shapes.reader.library.arrays import as_array, shape_of
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.library.reducing import different_items
from keras_shapes.reader.library.registry import LibraryCall, handler_of
from keras_shapes.reader.values import Value
from keras_shapes.source import Span

_AS_NUMPY: Final = {
    "max": "numpy.max",
    "min": "numpy.min",
    "sum": "numpy.sum",
    "abs": "numpy.abs",
    "round": "numpy.round",
}


def of_array(name: str, value: Value, span: Span | None) -> Value | None:
    """`name(value)` for an array or a frame; None where nothing is known of it."""
    array = as_array(value)
    match name:
        case "int" | "float" | "bool":
            return _number(name, array, span)
        case "max" | "min" | "sum" | "abs" | "round":
            handler = handler_of(_AS_NUMPY[name])
            place = span or Span(0, 0)
            assert handler is not None
            if name in {"max", "min", "sum"} and len(shape_of(array)) != 1:
                return Unknown(f"{name} of the rows of an array", span)
            return handler(LibraryCall(_AS_NUMPY[name], (Argument(None, array, place, place),), span))
        case "list" | "tuple" | "sorted" | "reversed" if not isinstance(value, LibraryObject):
            if name in {"list", "tuple"} and isinstance(shape_of(array)[0], int) and array.values is not None:
                return tuple(indexing.items(array)) if name == "tuple" else indexing.items(array)
            return replace(array, values=None, provenance=array.provenance | {marks.PYTHON_LIST})
        case "set" | "frozenset":
            return replace(array, shape=(different_items(array),), values=None, source=("set", array.source))
        case _:
            return None


def _number(name: str, array: Array, span: Span | None) -> Value:
    if array.values is not None and len(array.values) == 1 and isinstance(array.values[0], (bool, int, float)):
        return {"int": int, "float": float, "bool": bool}[name](array.values[0])
    return Unknown(array.origin or "a number of an array", span, kind=name)  # type: ignore[arg-type]
