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

_PARTS = 3
_SEQUENCES = frozenset({"keras.utils.Sequence", "keras.utils.PyDataset"})


def fed(it: Interpreter, argument: Argument, node: ast.AST) -> Argument:
    """A training call's argument as Keras meets it now: what the program does to a list later changes nothing."""
    match argument.value:
        case list() as items if is_open(items):
            return _with(argument, _numbers(items))
        case Generated(item=item, earlier=earlier):
            return _with(argument, _yielding([*earlier, item], "generator", argument))
        case Instance() as instance if any(base.path in _SEQUENCES for base in public_bases(instance.cls)):
            return _with(argument, _yielding([_batch(it, instance, node)], "Sequence", argument))
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


def _yielding(batches: list[Value], library: str, argument: Argument) -> Dataset | None:
    """What yields batches that all look alike; of others, and where the data of one are not known, nothing is said."""
    elements = [_element(batch, argument) for batch in batches]
    if elements[0] is None or any(_look(one) != _look(elements[0]) for one in elements):
        return None
    return Dataset(elements[0], batched=1, span=argument.value_span, library=library)


def _element(batch: Value, argument: Argument) -> tuple[Value, ...] | None:
    """Data, labels and weights of one batch. Labels that are not known say nothing."""
    if not isinstance(batch, tuple) or not 1 <= len(batch) <= _PARTS:
        return None
    x, *others = (_part(part) for part in batch)
    other = Unknown("what a generator yields", argument.value_span)
    known = [other if part is None else part for part in others]
    if x is None and all(part is other for part in known):
        return None
    return (other if x is None else x, *known)


def _part(value: Value) -> Value | None:
    """Arrays of which the number of samples may be another one in each batch; Python lists of numbers are such."""
    match value:
        case Array(shape=tuple() as shape) if shape and value.library != "keras":
            return replace(value, shape=(None, *shape[1:]), values=None)
        case list() if (numbers := _numbers(value)) is not None:
            return numbers
        case list() | tuple() if value and not is_open(value):
            parts = [_part(part) for part in value]
            return None if any(part is None for part in parts) else type(value)(parts)
        case dict() if value and not is_open(value) and all(isinstance(key, str) for key in value):
            entries = {key: _part(part) for key, part in value.items()}
            return None if any(part is None for part in entries.values()) else entries
        case _:
            return None


def _look(value: Value) -> object:
    """All of a batch that Keras looks at before it has values, as something that can be compared."""
    match value:
        case Array(shape=shape, dtype=dtype):
            return shape, dtype
        case list() | tuple():
            return type(value).__name__, [_look(part) for part in value]
        case dict():
            return [(key, _look(part)) for key, part in value.items()]
        case _:
            return type(value).__name__


def _batch(it: Interpreter, sequence: Instance, node: ast.AST) -> Value:
    found = find_in_class(sequence.cls, "__getitem__")
    if found is None or not isinstance(found[0], Function):
        return None
    span = it.span(node)
    index = Argument(None, it.unknown("the number of a batch", node, kind="int", key=object(), low=0), span, span)
    return it.call(Bound(sequence, "__getitem__", found[0]), [index], node, it.globals)
