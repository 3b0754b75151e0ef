"""Sorting: the order that Python gives to known values, and what is certain where it cannot be told."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from keras_shapes.model import Argument, NumpyNumber, Unknown
from keras_shapes.reader.contents import is_guarded, length_of, look_of
from keras_shapes.reader.operators import truth
from keras_shapes.reader.values import Rest, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


def in_order(it: Interpreter, items: Sequence[Value], keywords: Mapping[Any, Value], node: ast.AST) -> list[Value]:
    """The items as `sorted(items, key=…, reverse=…)` has them: as many as before, in an order that may be unknown."""
    backwards = truth(keywords.get("reverse", False))
    if not is_guarded(items) and backwards is not None:
        keys = keys_of(it, items, keywords.get("key"), node)
        if keys is not None:
            return _sorted(items, keys, reverse=backwards)
    if len(items) < 2 and not is_guarded(items):
        return list(items)
    length = length_of(list(items))
    if isinstance(length, int):
        length = Unknown("in another order", kind="int", low=length, high=length, key=object())
    return [Rest(look_of(items), length)] if items else []


def keys_of(it: Interpreter, items: Sequence[Value], key: Value, node: ast.AST) -> list[object] | None:
    """What the items are compared by; None where that is not known, or Python cannot compare it."""
    span = it.span(node)
    found = [
        item if key is None else it.call(key, [Argument(None, item, span, span)], node, it.globals) for item in items
    ]
    plain = [_plain(value) for value in found]
    if not all(is_comparable(value) for value in plain):
        return None
    try:
        sorted(plain)  # type: ignore[type-var]
    except TypeError:
        return None
    return plain


def is_comparable(value: object) -> bool:
    """Whether a value is known to its last part, and of a kind that has an order."""
    if isinstance(value, tuple):
        return all(map(is_comparable, value))
    return isinstance(value, (bool, int, float, str, bytes))


def _sorted(items: Sequence[Value], keys: list[object], *, reverse: bool) -> list[Value]:
    places = sorted(range(len(items)), key=lambda place: keys[place], reverse=reverse)  # type: ignore[arg-type, return-value]
    return [items[place] for place in places]


def _plain(value: Value) -> object:
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return value.value if isinstance(value, NumpyNumber) else value
