"""Two texts -> the few characters in which they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from keras_shapes.diagnostic import Edit
from keras_shapes.source import Span

_MOST_LINES = 2_000
"""More lines than that are one difference: comparing each with each would take long."""


def differences(before: str, after: str) -> Iterator[Edit]:
    """Edits that make `after` of `before`, in order: lines that are new or gone, and characters within a line."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    for first, last, other_first, other_last in _changed_lines(old, new):
        inside, others = old[first:last], new[other_first:other_last]
        if len(inside) == len(others):
            for offset, (line, other) in enumerate(zip(inside, others, strict=True)):
                yield from _within(line, other, starts[first + offset])
        else:
            yield from _within("".join(inside), "".join(others), starts[first])


def _changed_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Which lines become which: first and behind the last of the old ones, and of the new ones."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    inside, others = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(inside) > _MOST_LINES or len(others) > _MOST_LINES:
        yield head, head + len(inside), head, head + len(others)
        return
    for kind, *places in SequenceMatcher(None, inside, others, autojunk=False).get_opcodes():
        if kind != "equal":
            first, last, other_first, other_last = (head + place for place in places)
            yield first, last, other_first, other_last


def _within(before: str, after: str, start: int) -> Iterator[Edit]:
    if before != after:
        head = _alike(before, after)
        tail = _alike(before[head:][::-1], after[head:][::-1])
        span = Span(start + head, start + len(before) - tail)
        yield Edit(span, after[head : len(after) - tail])


def _alike(first: Sequence[str], second: Sequence[str]) -> int:
    """How many items are the same from the beginning."""
    pairs = zip(first, second, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(first), len(second)))
