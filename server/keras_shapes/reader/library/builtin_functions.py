"""Python's own functions on arrays: `int(x)`, `max(y)`, `sum(mask)`, `set(labels)`, `abs(x)`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from keras_shapes.data import Array, Dataset
from keras_shapes.model import Unknown
from keras_shapes.reader.library import indexing
from keras_shapes.reader.library.arrays import as_array, as_list, shape_of, why
from keras_shapes.reader.library.elements import in_hand
from keras_shapes.reader.library.frames import attribute_of
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import FRAME, LibraryObject
from keras_shapes.reader.library.reducing import different_items
from keras_shapes.reader.library.registry import LibraryCall, function, handler_of
from keras_shapes.reader.values import Value

_REDUCTIONS: Final = frozenset({"max", "min", "sum"})


@function("builtins.int", "builtins.float", "builtins.bool")
def _number(call: LibraryCall) -> Value:
    array, name = _the_array(call), _name(call)
    if array.values is not None and len(array.values) == 1 and isinstance(array.values[0], (bool, int, float)):
        return {"int": int, "float": float, "bool": bool}[name](array.values[0])
    return Unknown(why(array), call.span, kind=name)  # type: ignore[arg-type]


@function("builtins.max", "builtins.min", "builtins.sum", "builtins.abs", "builtins.round")
def _as_numpy(call: LibraryCall) -> Value:
    array, name = _the_array(call), _name(call)
    if name in _REDUCTIONS and len(shape_of(array)) != 1:
        raise GiveUp(f"{name} of the rows of an array")
    handler = handler_of(f"numpy.{name}")
    assert handler is not None
    return handler(call)


@function("builtins.list", "builtins.tuple", "builtins.sorted", "builtins.reversed")
def _listed(call: LibraryCall) -> Value:
    value, name = call.value("iterable"), _name(call)
    if isinstance(value, LibraryObject) and value.kind == FRAME:
        columns = attribute_of(value, "columns", call.span)
        return list(columns.values) if isinstance(columns, Array) and columns.values is not None else columns
    array = _the_array(call)
    if name in {"list", "tuple"} and array.values is not None:
        return tuple(indexing.items(array)) if name == "tuple" else indexing.items(array)
    return replace(as_list(array, array.dtype), values=None, columns=None)


@function("builtins.iter")
def _iter(call: LibraryCall) -> Value:
    return call.value("iterable")


@function("builtins.next")
def _next(call: LibraryCall) -> Value:
    value = call.value("iterator")
    if isinstance(value, Dataset):
        return in_hand(value.element, value.batch_size)
    return indexing.item(_the_array(call), Unknown("an item of a loop", kind="int"))


@function("builtins.set", "builtins.frozenset")
def _set(call: LibraryCall) -> Value:
    array = _the_array(call)
    if len(shape_of(array)) != 1:
        raise GiveUp("a set of arrays")
    return replace(array, shape=(different_items(array),), values=None, source=("set", array.source))


def _the_array(call: LibraryCall) -> Array:
    name = _name(call)
    if len(call.arguments) != 1:
        raise GiveUp(f"{name} of several values")
    values = call.rest() if name in {"max", "min"} else [call.value("x", "iterable", "iterator", "number")]
    if not values:
        raise GiveUp(f"{name} of nothing")
    array = as_array(values[0])
    if array.library == "pandas" and len(shape_of(array)) > 1:
        raise GiveUp("a data frame")
    return array


def _name(call: LibraryCall) -> str:
    return call.path.rpartition(".")[2]
