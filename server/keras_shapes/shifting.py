"""How places move from one text to the next one."""

from __future__ import annotations

from dataclasses import dataclass

from keras_shapes.source import Span


@dataclass(frozen=True, slots=True)
class Shift:
    """How offsets move from one text to the next: what is between `start` and `old_end` was replaced."""

    start: int
    old_end: int
    new_end: int

    def offset(self, offset: int) -> int:
        """Where an offset went; one inside the replaced text goes to the start of what replaced it."""
        if offset <= self.start:
            return offset
        return offset + self.new_end - self.old_end if offset >= self.old_end else self.start

    def span(self, span: Span) -> Span:
        """Where a span went: text typed at its end is not part of it, text typed inside is."""
        end = span.end if span.end <= self.start else max(self.start, self._end(span.end))
        return Span(min(self.offset(span.start), end), end)

    def back(self) -> Shift:
        """The way back to the old text."""
        return Shift(self.start, self.new_end, self.old_end)

    def _end(self, offset: int) -> int:
        return offset + self.new_end - self.old_end if offset >= self.old_end else self.new_end


def shift(old: str, new: str) -> Shift:
    """The smallest single replacement that makes `new` of `old`."""
    start = _common(old, new)
    end = _common_at_end(old, new, min(len(old), len(new)) - start)
    return Shift(start, len(old) - end, len(new) - end)


def _common(first: str, second: str) -> int:
    """Length of the common beginning: by halving, since comparing slices is fast."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_at_end(first: str, second: str, most: int) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if first[len(first) - middle : len(first) - low] == second[len(second) - middle : len(second) - low]:
            low = middle
        else:
            high = middle - 1
    return low
