"""The trees of the texts that were parsed last: an edit of one of them costs the statements that it touches.

Python's own parser takes a third of the time in which a usual file is read. A top-level statement that stands in the
same lines as before has the same tree, which nobody changes.
"""

from __future__ import annotations

import ast
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from keras_shapes.repair.broken import Parsed
from keras_shapes.repair.long import is_long
from keras_shapes.repair.parsing import try_parse
from keras_shapes.shifting import shift
from keras_shapes.source import Document

MOST = 4
"""Nobody edits more files at a time."""
MOST_CHARACTERS = 200_000
"""Of all texts whose trees are kept: a tree takes 170 bytes for each character (Python 3.11)."""


@dataclass(frozen=True, slots=True)
class _Known:
    document: Document
    tree: ast.Module


class RecentTrees:
    """Parses as `repair.parse` does, and remembers what it parsed last. Thread-safe."""

    def __init__(self, parse: Callable[[Document, Callable[[], None]], Parsed]) -> None:
        self._parse = parse
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = threading.Lock()

    def parse(self, document: Document, look: Callable[[], None] = lambda: None) -> Parsed:
        """See `repair.parse`."""
        with self._lock:
            known = self._known.get(document.path)
        if is_long(document.python):
            return self._parse(document, look)
        tree = _parse_again(document, known) if known is not None else None
        parsed = Parsed(tree) if tree is not None else self._parse(document, look)
        if parsed.is_python and not parsed.broken:
            self._keep(document, parsed.tree)
        return parsed

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._known.clear()

    def _keep(self, document: Document, tree: ast.Module) -> None:
        with self._lock:
            self._known[document.path] = _Known(document, tree)
            self._known.move_to_end(document.path)
            while len(self._known) > MOST or self._characters() > MOST_CHARACTERS:
                self._known.popitem(last=False)

    def _characters(self) -> int:
        return sum(len(known.document.python) for known in self._known.values())


def _parse_again(document: Document, known: _Known) -> ast.Module | None:
    """The tree, with the statements of the known one above and below the edit; None where that may not be right."""
    old, change = known.document, shift(known.document.python, document.python)
    first, last = old.line(change.start) + 1, old.line(change.old_end) + 1
    above = _alone([each for each in known.tree.body if _last_line(each) < first], known.tree.body)
    # the trees of what is below stand in the same lines only where as many were written as were deleted
    same = len(document.line_starts) == len(old.line_starts)
    below = [each for each in known.tree.body if _first_line(each) > last] if same else []
    start = _last_line(above[-1]) + 1 if above else 1
    end = _first_line(below[0]) if below else len(document.line_starts) + 1
    if not (_begins_alone(document, start) and _begins_alone(document, end)) or _overlap(known.tree.body, below):
        return None
    between = try_parse("\n" * (start - 1) + _lines(document, start, end))
    return ast.Module([*above, *between.body, *below], []) if between is not None else None


def _begins_alone(document: Document, line: int) -> bool:
    """Whether nothing of the line before goes on in this one."""
    if not 1 < line <= len(document.line_starts):
        return True
    return not document.python[: document.line_starts[line - 1]].rstrip("\r\n").endswith("\\")


def _alone(above: list[ast.stmt], body: list[ast.stmt]) -> list[ast.stmt]:
    """The first statements but for those in whose last line another one begins that is none of them."""
    count = len(above)
    while 0 < count < len(body) and _first_line(body[count]) <= _last_line(body[count - 1]):
        count -= 1
    return above[:count]


def _overlap(body: list[ast.stmt], below: list[ast.stmt]) -> bool:
    """Whether the first statement below the edit begins in the line in which another one ends."""
    before = body[: len(body) - len(below)]
    return bool(below and before) and _last_line(before[-1]) >= _first_line(below[0])


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])


def _last_line(statement: ast.stmt) -> int:
    return statement.end_lineno or statement.lineno


def _lines(document: Document, start: int, end: int) -> str:
    starts = document.line_starts
    if start > len(starts):
        return ""
    return document.python[starts[start - 1] : starts[end - 1] if end <= len(starts) else None]
