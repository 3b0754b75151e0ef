"""What lists, sets and dictionaries of the program hold: how many items, and what these look like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from keras_shapes.data import Array
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.library.arrays import either
from keras_shapes.reader.scopes import Container
from keras_shapes.reader.unfolding import all_small, is_small
from keras_shapes.reader.values import Choice, Guarded, Items, Rest, Value

_MOST_ROWS = 1_000
_PLAIN = (type(None), bool, int, float, str, bytes)


def is_guarded(items: Iterable[Value]) -> bool:
    """Whether some items are there only on some ways through the program, or are not known one by one."""
    return any(isinstance(item, (Guarded, Rest)) for item in items)


def is_open(items: Iterable[Value]) -> bool:
    """Whether some items are not known one by one."""
    return any(isinstance(item, Rest) for item in items)


def is_known(value: Value) -> bool:
    """Whether a value is known to its last item, and has few enough of them, so that it can be compared."""
    return is_small(value) and _is_known(value)


def _is_known(value: Value) -> bool:
    if isinstance(value, (list, tuple, set, frozenset, dict)):
        return all(map(_is_known, value))
    return not isinstance(value, (Unknown, Guarded, Rest, Choice, Array, Items))


def length_of(items: Container | tuple[Value, ...]) -> int | Unknown:
    """How many items there are; a set of values that may be equal has no known number of them."""
    known = 0
    for item in items:
        match item:
            case Guarded():
                return _unknown_length()
            case Rest(length=length) if length.low is None or length.low != length.high:
                return length if len(items) == 1 else _unknown_length(length.reason)
            case Rest(length=length):
                known += length.low or 0
            case _ if isinstance(items, set) and not _is_plain(item):
                return _unknown_length("values that may be equal")
            case _:
                known += 1
    return known


def length_reason(items: Iterable[Value]) -> str:
    """Why it is not known how many items there are."""
    return next((item.length.reason for item in items if isinstance(item, Rest)), "it depends on a condition")


def as_items(items: Sequence[Value] | set[Value] | dict[Value, Value]) -> Items:
    """The items by their common look."""
    length = length_of(items if isinstance(items, (list, set, dict, tuple)) else list(items))
    if isinstance(length, int):
        length = Unknown("very many items", kind="int", low=length, high=length, key=("length", length))
    return Items(look_of(items), length)


def look_of(items: Iterable[Value]) -> Value:
    """What is true of every item."""
    return common_look([_bare(item) for item in items])


def common_look(values: Sequence[Value]) -> Value:
    """What is true of all of some values."""
    if not values:
        return Unknown("an item of an empty list")
    first = values[0]
    if all(value is first for value in values):
        return first
    return _common_look(values) if all_small(values) else Unknown("items with very many parts")


def _common_look(values: Sequence[Value]) -> Value:
    first = values[0]
    arrays = [value for value in values if isinstance(value, Array)]
    if len(arrays) == len(values):
        return either(arrays)
    if all(isinstance(value, tuple) and len(value) == len(first) for value in values) and isinstance(first, tuple):  # type: ignore[arg-type]
        return tuple(common_look(column) for column in zip(*values, strict=True))
    if all(isinstance(value, (list, Items)) for value in values):
        parts = [value if isinstance(value, Items) else as_items(value) for value in values]  # type: ignore[arg-type]
        lengths = [part.length for part in parts]
        alike = all(length is lengths[0] for length in lengths)
        length = lengths[0] if alike else _unknown_length()
        rows = _rows(values)
        return OneOf(length, rows) if rows else Items(common_look([part.item for part in parts]), length)
    return _number_look(values) or Unknown("items that differ")


def leaves_of(value: Value) -> list[Value]:
    """The values that a choice may be in the end."""
    if isinstance(value, Choice):
        return [leaf for option in value.options for leaf in leaves_of(option)]
    return [value]


class OneOf(Items):
    """One of some lists of the program: what changes these, changes it."""

    __slots__ = ("rows",)
    rows: tuple[list[Value], ...]

    def __init__(self, length: Unknown, rows: tuple[list[Value], ...]) -> None:
        object.__setattr__(self, "length", length)
        object.__setattr__(self, "rows", rows)

    @property
    def item(self) -> Value:
        """What every item of these lists looks like now."""
        return look_of(item for row in self.rows for item in row)


def columns_of(items: Items) -> tuple[Value, ...] | None:
    """What the first, second, … items look like; None where that is not known."""
    if not isinstance(items, OneOf) or len({len(row) for row in items.rows}) != 1 or any(map(is_guarded, items.rows)):
        return None
    return tuple(common_look(column) for column in zip(*items.rows, strict=True))


def open_contents(reason: Unknown, item: Value = None) -> list[Value]:
    """The contents of a list of which nothing is known."""
    return [Rest(item if item is not None else Unknown(reason.reason, reason.span), unknown_length(reason))]


def unknown_length(reason: Unknown) -> Unknown:
    """How long a list is of which that is not known: a number like no other."""
    return Unknown(reason.reason, reason.span, kind="int", key=object(), low=0)


def _rows(values: Sequence[Value]) -> tuple[list[Value], ...]:
    """The lists that some lists stand for; none where one of them stands for others."""
    rows: list[list[Value]] = []
    for value in values:
        found = value.rows if isinstance(value, OneOf) else (value,) if isinstance(value, list) else ()
        if not found or len(rows) + len(found) > _MOST_ROWS:
            return ()
        rows += found
    return tuple(rows)


def _bare(item: Value) -> Value:
    return item.value if isinstance(item, Guarded) else item.item if isinstance(item, Rest) else item


def _number_look(values: Sequence[Value]) -> Value | None:
    """Numbers of one kind are a number of that kind within their bounds; texts are a text."""
    kinds = {_kind(value) for value in values}
    if len(kinds) != 1 or None in kinds:
        return None
    lows, highs = [_bound(value, "low") for value in values], [_bound(value, "high") for value in values]
    low = None if None in lows else min(lows)  # type: ignore[type-var]
    high = None if None in highs else max(highs)  # type: ignore[type-var]
    return Unknown("one of several values", kind=kinds.pop(), key=object(), low=low, high=high)  # type: ignore[arg-type]


def _kind(value: Value) -> str | None:
    match value:
        case bool():
            return "bool"
        case int():
            return "int"
        case float():
            return "float"
        case str():
            return "str"
        case NumpyNumber(dtype=dtype):
            return "numpy float" if dtype.startswith("float") else "numpy int"
        case Unknown(kind=kind):
            return kind
        case _:
            return None


def _bound(value: Value, which: str) -> int | None:
    match value:
        case int():
            return value
        case NumpyNumber(value=int() as number):
            return number
        case Unknown():
            return value.low if which == "low" else value.high
        case _:
            return None


def _is_plain(value: Value) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_plain, value))
    return isinstance(value, (*_PLAIN, NumpyNumber)) and not isinstance(value, Choice)


def _unknown_length(reason: str = "a list of unknown length") -> Unknown:
    return Unknown(reason, kind="int", key=object(), low=0)
