"""The parts of a training call in another order, under other keys, or with those that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from keras_shapes.data import Array
from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Argument
from keras_shapes.rules.ends import End, Part, fits, parts_of
from keras_shapes.rules.model_inputs import unknown_key
from keras_shapes.rules.training_views import shape_of

_MOST = 3
"""With more parts there are too many orders to try."""


def renamed_key(case: Case, argument: Argument, ends: Sequence[End]) -> Iterator[Candidate]:
    """The key that an input or output really has."""
    if not isinstance(argument.value, dict):
        return
    found = unknown_key(parts_of(case.document, argument.value_span, argument.value), ends)
    if found is None:
        return
    part, end = found
    if part.key_span is not None and end is not None and end.key is not None:
        edit = Edit(part.key_span, case.text.quoted(end.key, part.key_span))
        yield Candidate(f"Rename {part.key} to {end.key}", (edit,))


def other_order(case: Case, argument: Argument, ends: Sequence[End]) -> Iterator[Candidate]:
    """The same parts, in an order in which they fit."""
    parts = parts_of(case.document, argument.value_span, argument.value)
    if not isinstance(argument.value, list | tuple) or len(parts) != len(ends) or not 2 <= len(parts) <= _MOST:
        return
    orders = [order for order in permutations(parts) if list(order) != parts]
    orders.sort(key=lambda order: -_fitting(order, ends))
    for order in orders:
        edits = [
            Edit(part.span, case.document.slice(other.span))
            for part, other in zip(parts, order, strict=True)
            if part is not other
        ]
        title = f"Change the order to {', '.join(case.document.slice(part.span) for part in order)}"
        yield Candidate(title, tuple(edits), 0 if _fitting(order, ends) == len(ends) else 1)


def with_missing(case: Case, argument: Argument, ends: Sequence[End]) -> Iterator[Candidate]:
    """A list of what is given, and of arrays of the program that fit where something is missing."""
    parts = parts_of(case.document, argument.value_span, argument.value)
    if isinstance(argument.value, dict) or len(parts) >= len(ends):
        return
    given = [case.document.slice(part.span) for part in parts]
    rows = next((part.shape[0] for part in parts if isinstance(part.shape, tuple) and part.shape), None)
    names: list[str] = []
    for end in ends:
        fitting = [part for part, text in zip(parts, given, strict=True) if fits(part.shape, end.shape)]
        mine = next(
            (text for part, text in zip(parts, given, strict=True) if part in fitting and text not in names), None
        )
        found = mine or next((name for name in _arrays(case, end, rows) if name not in (*names, *given)), None)
        if found is None:
            return
        names.append(found)
    text = f"[{', '.join(names)}]"
    yield Candidate(f"Pass {text}", (Edit(argument.value_span, text),))


def _arrays(case: Case, end: End, rows: object) -> Iterator[str]:
    """Names of arrays that fit to an end, with as many samples."""
    for seen in reversed(case.names):
        value = seen.value
        if not isinstance(value, Array) or not fits(shape_of(value), end.shape):
            continue
        if rows is None or (value.shape and value.shape[0] == rows):
            yield seen.name


def _fitting(parts: Sequence[Part], ends: Sequence[End]) -> int:
    return sum(fits(part.shape, end.shape) for part, end in zip(parts, ends, strict=True))
