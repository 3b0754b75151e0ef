"""The text of a document as something to edit: its syntax tree with offsets, its line breaks and its quotes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property

from keras_shapes.repair import Offsets, parse
from keras_shapes.source import Document, Span

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Text:
    """A document with its tree; nodes are found by their place."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree, as far as the text parses."""
        return parse(self.document).tree

    @cached_property
    def offsets(self) -> Offsets:
        """Turns places of nodes into offsets."""
        return Offsets(self.document)

    @cached_property
    def newline(self) -> str:
        """The line break that the file uses."""
        found = _LINE_BREAK.search(self.document.text)
        return found[0] if found else "\n"

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node around each node."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    @cached_property
    def _expressions(self) -> dict[Span, ast.expr]:
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, ast.expr))
        return {self.offsets.span(node): node for node in nodes}

    def expression(self, span: Span) -> ast.expr | None:
        """The expression that stands exactly there."""
        return self._expressions.get(span)

    def call_from(self, start: int) -> Span | None:
        """The longest call that begins there."""
        found = [span for span, node in self._expressions.items() if span.start == start and isinstance(node, ast.Call)]
        return max(found, default=None)

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node around this one."""
        return self.parents.get(node)

    def statement(self, node: ast.AST) -> ast.stmt | None:
        """The innermost statement that holds a node."""
        current: ast.AST | None = node
        while current is not None and not isinstance(current, ast.stmt):
            current = self.parents.get(current)
        return current

    def slice(self, node: ast.expr | ast.stmt) -> str:
        """The author's text of a node."""
        return self.document.slice(self.offsets.span(node))

    def indentation(self, offset: int) -> str | None:
        """The blanks before `offset` on its line; None if something else stands there."""
        start = self.document.line_span(self.document.line(offset)).start
        before = self.document.text[start:offset]
        return None if before.strip(" \t\f") else before

    def in_parentheses(self, span: Span, outer: Span) -> Span:
        """The span with the parentheses that stand around it, as far as they are inside `outer`."""
        text = self.document.python
        while True:
            start, end = span.start - 1, span.end
            while start >= outer.start and text[start].isspace():
                start -= 1
            while end < outer.end and text[end].isspace():
                end += 1
            if start < outer.start or end >= outer.end or (text[start], text[end]) != ("(", ")"):
                return span
            span = Span(start, end + 1)

    def uses(self, name: str) -> Iterator[int]:
        """Offsets of all places where a name stands in code, imports left out."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name) and node.id == name:
                yield self.offsets.span(node).start

    def quoted(self, value: str, near: Span | None = None) -> str:
        """A string in the quotes that are used near by, or in the file."""
        text = self.document.slice(near) if near is not None else ""
        if "'" not in text and '"' not in text:
            text = self.document.text
        quote = "'" if text.count("'") > text.count('"') else '"'
        return f"{quote}{value}{quote}"
