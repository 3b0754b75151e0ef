"""What a first turn of a loop changed, as any later turn may find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.contents import look_of, unknown_length
from keras_shapes.reader.forgetting import opened
from keras_shapes.reader.operators import number_kind
from keras_shapes.reader.scopes import Container, Journal, Missing, copied
from keras_shapes.reader.symbolic import is_layer, is_symbolic
from keras_shapes.reader.values import Guarded, Rest, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

_PLAIN = (bool, int, float, str, NumpyNumber)


def widen(it: Interpreter, journal: Journal, reason: Unknown) -> None:
    """Numbers and texts that a turn changes may be any; containers that it changes may hold more of the same.

    Lists of layers are left: models are read with none, one and two of a loop's layers.
    """
    rebound: dict[int, Container] = {}
    for container, key, old in journal.entries.values():
        new = container.get(key, old)
        if isinstance(new, _PLAIN) and not isinstance(old, Missing) and new != old:
            it.set_entry(container, key, _any_of_kind(new, reason))
        elif isinstance(new, list | set | dict) and type(new) is type(old) and new is not old:
            it.set_entry(container, key, rebound.setdefault(id(new), _another(it, new, old, reason)))
    for items, old in journal.contents.values():
        it.replace(items, _widened(items, old, reason))


def _another(it: Interpreter, new: Container, old: Container, reason: Unknown) -> Container:
    """A name that a turn binds to another container (`rows = rows + [row]`): one that later turns may have made."""
    contents = _widened(new, old, reason)
    if contents is new:
        return new
    another = copied(new)
    it.replace(another, contents)
    return another


def _widened(items: Container, old: Container, reason: Unknown) -> Container:
    more = unknown_length(reason)
    match items, old:
        case dict(), dict() if list(items) == list(old):
            return {
                key: _any_of_kind(value, reason) if isinstance(value, _PLAIN) and value != old[key] else value
                for key, value in items.items()
            }
        case list(), list() if any(is_layer(_bare(item)) or is_symbolic(_bare(item)) for item in items):
            return items
        case list(), list() if len(items) > len(old) and all(a is b for a, b in zip(items, old, strict=False)):
            look = look_of([_any_of_kind(_bare(item), reason) for item in items[len(old) :]])
            return [*items, Rest(look, more)]
        case _:
            return opened(items, more, look_of([_any_of_kind(_bare(item), reason) for item in (*items, *old)]))


def _any_of_kind(value: Value, reason: Unknown) -> Value:
    """Another number or text of the same type; what is neither stays."""
    if not isinstance(value, _PLAIN):
        return value
    return Unknown(reason.reason, reason.span, kind=number_kind(value) or "str", key=object())  # type: ignore[arg-type]


def _bare(item: Value) -> Value:
    return item.value if isinstance(item, Guarded) else item.item if isinstance(item, Rest) else item
