"""How much there is to walk over in a value: a few containers that hold each other may unfold to very many parts.

Python makes `b = [a] * 10; c = [b] * 10; …` at once, and so do we. Whoever walks over a value looks here first, or
remembers by identity where it was: then the walk is as long as the program, whatever the value unfolds to.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from keras_shapes.reader.values import Value

MOST_PARTS = 20_000
"""Values with more parts are not compared, looked up or walked through."""

MOST_PLACES = 1_000
"""The elements of a dataset have no more parts."""

Sizes: TypeAlias = dict[int, tuple[tuple[Value, ...], int]]
"""Tuples by identity, which they keep while they stand here, with the number of their parts."""


def is_small(value: Value, most: int = MOST_PARTS) -> bool:
    """Whether a value has at most so many parts, each counted as often as it is met."""
    return _is_small(value, most, (list, tuple, set, frozenset, dict))


def is_small_structure(value: Value) -> bool:
    """Whether there are few tuples and dictionaries to walk through; the lists in them are data."""
    return _is_small(value, MOST_PLACES, (tuple, dict))


def _is_small(value: Value, most: int, kinds: tuple[type, ...]) -> bool:
    waiting, count = [value], 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, kinds):
            count += len(one)  # type: ignore[arg-type]  # all of these kinds have one
            if count > most:
                return False
            waiting += one  # type: ignore[arg-type]
            waiting += one.values() if isinstance(one, dict) else ()
    return True


def size_of(value: tuple[Value, ...], known: Sizes) -> int:
    """The number of parts of a tuple, through tuples only: that is what its hash costs."""
    if id(value) not in known:
        inner = sum(size_of(part, known) for part in value if type(part) is tuple)
        known[id(value)] = value, len(value) + inner
    return known[id(value)][1]


def all_small(values: Iterable[Value]) -> bool:
    """Whether several values together are small."""
    return is_small(list(values))
