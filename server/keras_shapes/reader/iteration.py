"""Iterating: the items of a value, as far as they are known."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.data import Array, Dataset
from keras_shapes.model import Apply, Attribute, Call, Item, Unknown
from keras_shapes.reader.base_layers import layers_of
from keras_shapes.reader.library_calls import library_items
from keras_shapes.reader.unknowns import derived
from keras_shapes.reader.values import Choice, Guarded, Items, SequentialValue, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


def items_of(it: Interpreter, value: Value, node: ast.AST | None) -> list[Value] | Unknown | Items:
    """The items of an iterable; `Items` when only their look is known, Unknown when nothing is."""
    most = it.budget.limits.items
    match value:
        case str() | list() | tuple() | dict() | set() | range() if len(value) <= most * 10:
            return list(value)
        case str() | list() | tuple() | dict() | set() | range():
            return Items(next(iter(value)), it.unknown("very many items", node))
        case Items():
            return value
        case Unknown():
            return value
        case Choice():
            return it.unknown(f"depends on {value.decision.text}", node)
        case SequentialValue():
            return it.unknown("a model is not a list of layers", node)
        case Array() | Dataset():
            return library_items(it, value, node)
        case Attribute() | Item():
            layers = layers_of(value)
            return it.unknown("the layers of a library's model", node) if layers is None else layers
        case Call() | Apply():
            return it.unknown("the layers of a library's model", node)
        case _:
            return library_items(it, value, node)


def item_of_unknown(it: Interpreter, iterable: Unknown | Items, target: ast.AST, node: ast.AST) -> Value:
    """What the loop variable stands for when the items are not known one by one."""
    if isinstance(iterable, Items):
        return iterable.item.value if isinstance(iterable.item, Guarded) else iterable.item
    return derived(it, iterable, target, ("item of", iterable), name=it.source.text(target)[:40])


def is_guarded(items: list[Value]) -> bool:
    """Whether some items are there only on some ways through the program."""
    return any(isinstance(item, Guarded) for item in items)


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
