"""How an author breaks lines: seen where brackets are opened and closed in the rest of the file."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from keras_shapes.fixes.text import Text

_OPEN, _CLOSED = ("(", "[", "{", ":"), (")", "]", "}")


def indentation_unit(text: Text) -> str:
    """What a line has more of than the one that opens it; four blanks where none does."""
    seen: Counter[str] = Counter()
    for before, line in pairwise(_lines(text)):
        outer, inner = _blanks(before), _blanks(line)
        if before.endswith(_OPEN) and inner.startswith(outer) and inner != outer:
            seen[inner[len(outer) :]] += 1
    return seen.most_common(1)[0][0] if seen else "    "


def last_comma(text: Text) -> str:
    """The comma behind the last item of a list over several lines, for those who write it."""
    ends = [before for before, line in pairwise(_lines(text)) if line.lstrip().startswith(_CLOSED)]
    with_comma = sum(end.endswith(",") for end in ends)
    return "," if 2 * with_comma >= len(ends) else ""


def _lines(text: Text) -> list[str]:
    """Lines that hold code, without what may be a comment behind it."""
    lines = (line.partition("  #")[0].rstrip() for line in text.document.python.splitlines())
    return [line for line in lines if line and not line.lstrip().startswith("#")]


def _blanks(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
