"""Places of nodes in the document."""

from __future__ import annotations

import ast

from keras_shapes.source import Document, Span


class Offsets:
    """Positions of `ast` (1-based lines, UTF-8 columns) as code-point offsets in a document."""

    def __init__(self, document: Document) -> None:
        self._starts = document.line_starts
        self._python = document.python
        self._ascii = document.python.isascii()
        self._lines: dict[int, bytes | None] = {}

    def span(self, node: ast.expr | ast.stmt | ast.excepthandler | ast.alias | ast.arg | ast.keyword) -> Span:
        """The node's place in the document."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return Span(self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset))

    def offset(self, line: int, column: int) -> int:
        """Offset of a 1-based line and a 0-based UTF-8 column; beyond the text is its end."""
        if line > len(self._starts):
            return len(self._python)
        start = self._starts[line - 1]
        if self._ascii or (encoded := self._non_ascii(line)) is None:
            return min(start + column, len(self._python))
        return start + len(encoded[:column].decode("utf-8", "replace"))

    def _non_ascii(self, line: int) -> bytes | None:
        """The line in UTF-8, if that differs from its code points."""
        if line not in self._lines:
            end = self._starts[line] if line < len(self._starts) else len(self._python)
            text = self._python[self._starts[line - 1] : end]
            self._lines[line] = None if text.isascii() else text.encode("utf-8", "replace")
        return self._lines[line]
