"""Python lists of numbers that are given to Keras where it takes arrays, also out of generators and `Sequence`s."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.data import Array, Dataset
from keras_shapes.model import Argument, Unknown
from keras_shapes.reader.contents import is_open
from keras_shapes.reader.inheritance import find_in_class, public_bases
from keras_shapes.reader.library.arrays import as_array, as_list
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.values import Bound, Function, Generated, Instance, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

_SEQUENCES = frozenset({"keras.utils.Sequence", "keras.utils.PyDataset"})


def fed(it: Interpreter, argument: Argument, node: ast.AST) -> Argument:
    """A training call's argument as Keras meets it now: what the program does to a list later changes nothing."""
    match argument.value:
        case list() as items if is_open(items):
            return _with(argument, _numbers(items))
        case Generated(item=item):
            return _with(argument, _yielding_lists(item, "generator", argument))
        case Instance() as instance if any(base.path in _SEQUENCES for base in public_bases(instance.cls)):
            return _with(argument, _yielding_lists(_batch(it, instance, node), "Sequence", argument))
        case _:
            return argument


def _with(argument: Argument, known: Array | Dataset | None) -> Argument:
    return argument if known is None else replace(argument, value=known)


def _numbers(items: Value) -> Array | None:
    """A list of numbers, or of lists of these, as data; None where its items may be arrays."""
    try:
        array = as_array(items)
        return None if array.shape is None or _holds_arrays(items) else as_list(array, array.dtype)
    except GiveUp:
        return None


def _holds_arrays(value: Value) -> bool:
    match value:
        case Array():
            return True
        case list() | tuple():
            return any(_holds_arrays(getattr(item, "item", item)) for item in value)
        case _:
            return not isinstance(value, bool | int | float | Unknown)


def _yielding_lists(batch: Value, library: str, argument: Argument) -> Dataset | None:
    """What yields lists of numbers in the place of an array. Of anything else, nothing is said."""
    parts = [_numbers(part) if isinstance(part, list) else None for part in batch] if isinstance(batch, tuple) else []
    if not any(parts):
        return None
    other = Unknown("what a generator yields", argument.value_span)
    return Dataset(tuple(part or other for part in parts), batched=1, span=argument.value_span, library=library)


def _batch(it: Interpreter, sequence: Instance, node: ast.AST) -> Value:
    found = find_in_class(sequence.cls, "__getitem__")
    if found is None or not isinstance(found[0], Function):
        return None
    span = it.span(node)
    index = Argument(None, it.unknown("the number of a batch", node, kind="int", key=object(), low=0), span, span)
    return it.call(Bound(sequence, "__getitem__", found[0]), [index], node, it.globals)
