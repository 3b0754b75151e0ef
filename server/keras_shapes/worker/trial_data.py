"""Guesses at what is not known of a model and its data: if Keras accepts one of them, it refuses nothing for sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .recipes import children
from .stand_ins import assignments

Plain = dict[str, Any]

COMMON_SIZES = (1, 2, 12, 64, 5040)
"""Sizes with which something may fit: of a column, of two classes, and with many divisors."""

TYPES = ("string", "int64")
"""Types of data besides numbers with a fraction."""


@dataclass(frozen=True)
class Guess:
    """Values for the unknowns of a recipe by number, and the type of data whose type is not known.

    Sizes of data that are in `left_open` stay unknown to Keras too, which then compares them with nothing.
    """

    values: dict[int, Any]
    left_open: frozenset[int] = field(default_factory=frozenset)
    dtype: str = "float32"

    def size(self, number: int) -> int | None:
        """An unknown size of data."""
        value = self.values.get(number)
        return None if number in self.left_open or value is None else int(value)


def first_guess(model: Plain) -> Guess:
    """Every unknown has a value of its own that is met nowhere else."""
    return Guess(assignments(model)[0])


def more_guesses(model: Plain, verdicts: list[Plain]) -> Iterator[Guess]:
    """Values that would make shapes agree, the likeliest first; `verdicts` are those with the first guess."""
    first, *others = assignments(model)
    aligned = _aligned(first, verdicts)
    data = list(samples_in(model["training"]))
    if first:
        yield Guess({**first, **aligned})
        yield Guess({**first, **aligned}, frozenset(first))
        known = {size for sample in data for size in sample["samples"][1:] if isinstance(size, int)}
        for size in (*COMMON_SIZES, *sorted(known - {*COMMON_SIZES})):
            yield Guess({**_all(first, size), **aligned})
            yield Guess(_all(first, size))
        yield from map(Guess, others)
    if any(sample["dtype"] in (None, "object") for sample in data):
        yield from (Guess({**first, **aligned}, dtype=dtype) for dtype in TYPES)


def symbolic(verdict: Plain, guess: Guess) -> Plain:
    """The verdict with the unknowns themselves in the places of their stand-ins: a size `[1, number]`."""
    numbers = _numbers(guess.values)

    def shape(sizes: Any) -> Any:
        return None if sizes is None else [[1, numbers[size]] if size in numbers else size for size in sizes]

    facts: Plain = {name: shape(verdict[name]) for name in ("x", "y", "input", "output") if name in verdict}
    if verdict.get("compared"):
        facts["compared"] = [shape(sizes) for sizes in verdict["compared"]]
    return {**verdict, **facts}


def samples_in(node: Any) -> Iterator[Plain]:
    """Every array in the data of calls."""
    if isinstance(node, dict) and "samples" in node:
        yield node
        return
    for child in children(node):
        yield from samples_in(child)


def _aligned(values: dict[int, Any], verdicts: list[Plain]) -> dict[int, Any]:
    """Values with which data would meet the model: an unknown size takes the known one on the other side."""
    numbers = _numbers(values)
    found: dict[int, Any] = {}
    for verdict in verdicts:
        for one, other in ((verdict.get("x"), verdict.get("input")), (verdict.get("y"), verdict.get("output"))):
            for pair in list(zip(one or (), other or ()))[1:]:
                for size, wanted in (pair, pair[::-1]):
                    if size in numbers and wanted is not None and size != wanted:
                        number = numbers[size]
                        found.setdefault(number, type(values[number])(wanted))
    return found


def _numbers(values: dict[int, Any]) -> dict[int, int]:
    """The unknown for which a size stands."""
    return {int(value): number for number, value in values.items() if not isinstance(value, (bool, str))}


def _all(values: dict[int, Any], size: int) -> dict[int, Any]:
    """That size for every unknown that is one, each of its own type."""
    sizes = set(_numbers(values).values())
    return {number: type(value)(size) if number in sizes else value for number, value in values.items()}
