"""Iterating: the items of a value, as far as they are known."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.data import Array, Dataset
from keras_shapes.model import Apply, Attribute, Call, Item, Unknown
from keras_shapes.reader.base_layers import layers_of
from keras_shapes.reader.contents import as_items, is_open, look_of
from keras_shapes.reader.forgetting import use_up
from keras_shapes.reader.inheritance import find_in_class
from keras_shapes.reader.library_calls import library_items
from keras_shapes.reader.records import as_tuple
from keras_shapes.reader.unknowns import derived
from keras_shapes.reader.values import Bound, Choice, Function, Guarded, Instance, Items, Once, SequentialValue, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


def items_of(it: Interpreter, value: Value, node: ast.AST | None) -> list[Value] | Unknown | Items:
    """The items of an iterable; `Items` when only their look is known, Unknown when nothing is.

    What gives its items only once has given them then.
    """
    match value:
        case Once(items=items):
            given = list(items) if value.is_fresh(it.statements) else None
            it.replace(items, [])
            late = it.unknown("an iterator over something that has changed", node)
            return late if given is None else _read_one_by_one(it, given, node)
        case str() | list() | tuple() | dict() | set() | range():
            return _read_one_by_one(it, value, node)
        case Items():
            return value
        case Unknown():
            return value
        case Choice():
            reason = it.unknown(f"depends on {value.decision.text}", node)
            use_up(it, value, reason)
            return reason
        case SequentialValue():
            return it.unknown("a model is not a list of layers", node)
        case Array() | Dataset():
            return library_items(it, value, node)
        case Attribute() | Item():
            layers = layers_of(value)
            return it.unknown("the layers of a library's model", node) if layers is None else layers
        case Instance():
            return _items_of_instance(it, value, node)
        case Call() | Apply():
            return it.unknown("the layers of a library's model", node)
        case _:
            return library_items(it, value, node)


def _read_one_by_one(
    it: Interpreter,
    value: str | list[Value] | tuple[Value, ...] | dict[Value, Value] | set[Value] | range,
    node: ast.AST | None,
) -> list[Value] | Items:
    count = size_of_range(value) if isinstance(value, range) else len(value)
    if count > it.budget.limits.items * 10:
        exact = it.unknown("very many items", node, kind="int", low=count, high=count)
        return Items(_one_of_many(it, value, node), exact)
    if isinstance(value, (list, tuple, dict, set)) and is_open(value):
        return as_items(value)
    return in_set_order(value) if isinstance(value, set) else list(value)


def _items_of_instance(it: Interpreter, value: Instance, node: ast.AST | None) -> list[Value] | Unknown | Items:
    """A named tuple has its fields; what a class of the user's gives, its `__iter__` says."""
    fields = as_tuple(value)
    if fields is not None:
        return list(fields)
    found = find_in_class(value.cls, "__iter__")
    if found is None or not isinstance(found[0], Function) or node is None:
        return it.unknown("it is not known what this consists of", node)
    given = it.call(Bound(value, "__iter__", found[0]), [], node, it.globals)
    return it.unknown("an iterator of its own", node) if isinstance(given, Instance) else items_of(it, given, node)


def size_of_range(value: range) -> int:
    """`len(value)`, however large it is."""
    return max(0, (value.stop - value.start + value.step - (1 if value.step > 0 else -1)) // value.step)


def in_set_order(members: set[Value]) -> list[Value]:
    """The members as a loop may meet them: numbers as Python has them, everything else in an order of our own."""
    if all(isinstance(member, int) for member in members):
        return list(members)
    return sorted(members, key=lambda member: (type(member).__name__, repr(member) if isinstance(member, str) else ""))


def _one_of_many(it: Interpreter, value: Value, node: ast.AST | None) -> Value:
    if isinstance(value, range):
        last = value.start + (size_of_range(value) - 1) * value.step
        low, high = min(value.start, last), max(value.start, last)
        return it.unknown("the turn of a loop", node, kind="int", key=object(), low=low, high=high)
    return look_of(value) if isinstance(value, (list, tuple, set)) else it.unknown("one of very many items", node)


def item_of_unknown(it: Interpreter, iterable: Unknown | Items, target: ast.AST, node: ast.AST) -> Value:
    """What the loop variable stands for when the items are not known one by one."""
    if isinstance(iterable, Items):
        return iterable.item.value if isinstance(iterable.item, Guarded) else iterable.item
    return derived(it, iterable, target, ("item of", iterable), name=it.source.text(target)[:40])


def range_of(it: Interpreter, values: list[Value], node: ast.AST) -> Value:
    """`range(…)`."""
    if all(isinstance(value, int) for value in values) and values:
        try:
            return range(*values)  # type: ignore[call-overload]
        except (TypeError, ValueError):
            return it.unknown("range() refuses these arguments", node)
    unknown = next((value for value in values if isinstance(value, Unknown)), None)
    length = unknown if unknown is not None else it.unknown("a range of unknown length", node)
    turn = Unknown("the turn of a loop of unknown length", it.span(node), kind="int")
    return Items(turn, length)
