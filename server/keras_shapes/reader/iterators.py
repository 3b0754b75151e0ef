"""`zip`, `map`, `enumerate` and their like: iterators, which give their items once."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from keras_shapes.data import Array, Dataset
from keras_shapes.model import Argument, Unknown
from keras_shapes.reader.choices import settled
from keras_shapes.reader.contents import is_guarded, length_of, look_of, unknown_length
from keras_shapes.reader.forgetting import forget, use_up
from keras_shapes.reader.iteration import items_of
from keras_shapes.reader.library_calls import library_builtin
from keras_shapes.reader.operators import truth
from keras_shapes.reader.unknowns import derived
from keras_shapes.reader.values import Choice, Items, Once, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = tuple[Argument, ...]


def once(it: Interpreter, items: list[Value], values: Sequence[Value]) -> Once:
    """An iterator over `values`, which may change before it gives its items."""
    held = [value for value in values if isinstance(value, (list, set, dict))]
    lazy = any(not isinstance(value, (list, set, dict, tuple, str, range)) for value in values)
    return Once(items, tuple((value, tuple(value)) for value in held), it.statements if lazy else None)


def zipped(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`zip(…)`: as long as the shortest."""
    values = _positional(it, arguments)
    if values is None or _shares_an_iterator(values):
        return _used_up(it, arguments, node)
    columns = [items_of(it, value, node) for value in values]
    if all(isinstance(column, list) and not is_guarded(column) for column in columns):
        return once(it, list(zip(*columns, strict=False)), values)
    looks = tuple(_look(it, column, node) for column in columns)
    return Items(looks, _shortest(it, columns, node))


def mapped(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`map(function, …)`."""
    values = _positional(it, arguments)
    if values is None or len(values) < 2 or _shares_an_iterator(values[1:]):
        return _used_up(it, arguments, node)
    function, span = values[0], arguments[0].span
    columns = [items_of(it, value, node) for value in values[1:]]

    def one(row: Sequence[Value]) -> Value:
        return it.call(function, [Argument(None, value, span, span) for value in row], node, it.globals)

    if all(isinstance(column, list) and not is_guarded(column) for column in columns):
        return once(it, [one(row) for row in zip(*columns, strict=False)], values)
    return Items(one([_look(it, column, node) for column in columns]), _shortest(it, columns, node))


def filtered(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`filter(function, items)`."""
    values = _positional(it, arguments)
    if values is None or len(values) != 2:
        return _used_up(it, arguments, node)
    items, span = items_of(it, values[1], node), arguments[0].span
    if not isinstance(items, list) or is_guarded(items):
        look = _look(it, items, node)
        return Items(look, unknown_length(it.unknown("depends on a condition that is not known here", node)))
    tests = [
        truth(item if values[0] is None else it.call(values[0], [Argument(None, item, span, span)], node, it.globals))
        for item in items
    ]
    if None in tests:
        return Items(look_of(items), unknown_length(it.unknown("depends on a condition that is not known here", node)))
    return once(it, [item for item, test in zip(items, tests, strict=True) if test], values)


def enumerated(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`enumerate(items, start)`."""
    given = {argument.name: argument.value for argument in arguments if argument.name is not None}
    values = [settled(argument.value, it.guards) for argument in arguments if argument.name is None]
    start = given.get("start", values[1] if len(values) > 1 else 0)
    iterable = given.get("iterable", values[0] if values else None)
    items = items_of(it, iterable, node)
    if isinstance(items, list) and not is_guarded(items) and isinstance(start, int):
        return once(it, [(start + number, item) for number, item in enumerate(items)], [iterable])
    turn = it.unknown("the turn of a loop", node, kind="int", low=start if isinstance(start, int) else None)
    return Items((turn, _look(it, items, node)), _shortest(it, [items], node))


def backwards(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`reversed(items)`."""
    values = _positional(it, arguments)
    if values is None or len(values) != 1:
        return _used_up(it, arguments, node)
    if isinstance(values[0], (Array, Dataset)):
        return library_builtin(it, "reversed", values, {}, node)
    items = items_of(it, values[0], node)
    return once(it, items[::-1], values) if isinstance(items, list) else items


def iterator(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`iter(items)`."""
    values = _positional(it, arguments)
    if values is None or len(values) != 1:
        return _used_up(it, arguments, node)
    if isinstance(values[0], Once):
        return values[0]
    known = library_builtin(it, "iter", values, {}, node)
    if known is not None:
        return known
    items = items_of(it, values[0], node)
    return once(it, items, values) if isinstance(items, list) else items


def next_item(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`next(iterator, default)`: takes one item."""
    values = _positional(it, arguments) or [it.unknown("next() is not read", node)]
    match values[0]:
        case Once(items=items) if not values[0].is_fresh(it.statements):
            forget(it, values[0], it.unknown("an iterator over something that has changed", node))
            return look_of(items)
        case Once(items=[]) if len(values) > 1:
            return values[1]
        case Once(items=[first, *_] as items) if not is_guarded([first]):
            it.changing(items)
            return items.pop(0)
        case Once(items=items):
            look = look_of(items)
            forget(it, values[0], it.unknown("an iterator that was used", node))
            return look
        case Items(item=item):
            return item
        case Unknown() as unknown:
            return derived(it, unknown, node, ("next", object()), name=None)
        case Choice() as choice:
            use_up(it, choice, it.unknown("an iterator that was used", node))
            return it.unknown(f"depends on {choice.decision.text}", node)
        case _:
            known = library_builtin(it, "next", values[:1], {}, node)
            return it.unknown("next() is not read", node) if known is None else known


def _positional(it: Interpreter, arguments: Arguments) -> list[Value] | None:
    """The values; None where some are unpacked from something unknown. `strict=` changes nothing that is right."""
    if any(argument.name not in {None, "strict"} for argument in arguments):
        return None
    return [settled(argument.value, it.guards) for argument in arguments if argument.name is None]


def _shares_an_iterator(values: Sequence[Value]) -> bool:
    once = [id(value) for value in values if isinstance(value, Once)]
    return len(set(once)) < len(once)


def _used_up(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    for argument in arguments:
        use_up(it, argument.value, it.unknown("an iterator that was used", node))
    return it.unknown("an iterator that is not read", node)


def _look(it: Interpreter, column: list[Value] | Unknown | Items, node: ast.AST) -> Value:
    match column:
        case Items(item=item):
            return item
        case Unknown():
            return derived(it, column, node, ("item of", column), name=None)
        case _:
            return look_of(column)


def _shortest(it: Interpreter, columns: Sequence[list[Value] | Unknown | Items], node: ast.AST) -> Unknown:
    """The length of the shortest column: one that all columns have, else a number that is not known."""
    lengths = [column.length if isinstance(column, Items) else _length(column) for column in columns]
    first = lengths[0] if lengths else None
    exact = [length.low for length in lengths if length.low is not None and length.low == length.high]
    if len(exact) == len(lengths) and exact:
        return Unknown("very many items", kind="int", low=min(exact), high=min(exact), key=("length", min(exact)))
    if first is not None and all(
        length is first or (length.key is not None and length.key == first.key) for length in lengths
    ):
        return first
    return unknown_length(it.unknown("as long as the shortest", node))


def _length(column: list[Value] | Unknown) -> Unknown:
    if isinstance(column, Unknown):
        return column
    length = length_of(column)
    return length if isinstance(length, Unknown) else Unknown("", kind="int", low=length, high=length)


ITERATORS: dict[str, Callable[[Interpreter, Arguments, ast.AST], Value]] = {
    "zip": zipped,
    "map": mapped,
    "filter": filtered,
    "enumerate": enumerated,
    "reversed": backwards,
    "iter": iterator,
    "next": next_item,
}
"""Python's own functions that make iterators, and the one that takes from them."""
