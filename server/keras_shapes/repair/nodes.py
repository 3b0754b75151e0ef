"""The statements of a text as nodes that can be broken, left out and put into each other's bodies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from keras_shapes.source import Document, Span
from keras_shapes.statement_bounds import Statement, statements

_HEADER = re.compile(
    r"(?:async[ \t]+)?(?P<keyword>if|elif|else|for|while|try|except|finally|with|def|class|match|case)\b"
)
CONTINUES = {
    "elif": ("if", "elif"),
    "else": ("if", "elif", "for", "while", "try", "except"),
    "except": ("try", "except"),
    "finally": ("try", "except", "else"),
}
"""Headers that need another one before them at the same column."""
_MAX_DEPTH = 90
"""Python itself refuses a hundred levels of indentation."""


@dataclass(slots=True)
class Node:
    """A statement with its body. `text` is parsed in its place: None for its own, empty to leave it out."""

    statement: Statement
    source: str
    keyword: str | None
    text: str | None = None
    broken: bool = False
    body: list[Node] = field(default_factory=list)


def nodes_of(document: Document, look: Callable[[], None]) -> list[Node]:
    """The statements of a document in order, cell by cell."""
    text = document.python
    regions = [cell.span for cell in document.cells] or [Span(0, len(text))]
    found: list[Node] = []
    for region in regions:
        for statement in statements(text, region):
            look()
            found.append(_node(text, statement))
    return found


def _node(text: str, statement: Statement) -> Node:
    source = text[statement.span.start : statement.span.end]
    header = _HEADER.match(source)
    soft = header is not None and header["keyword"] in {"match", "case"} and not source.endswith(":")
    return Node(statement, source, header["keyword"] if header and not soft else None)


def nested(found: Sequence[Node]) -> list[Node]:
    """Nodes of the outermost column, with everything further right in their bodies."""
    outermost: list[Node] = []
    columns, blocks = [0], [outermost]
    for node in found:
        node.body = []
        column = node.statement.column
        if node.text == "":
            continue
        if column > columns[-1] and blocks[-1]:
            columns.append(column)
            blocks.append(blocks[-1][-1].body)
        while column < columns[-1]:
            columns.pop()
            blocks.pop()
        if column > columns[-1] or len(columns) > _MAX_DEPTH:
            leave_out(node)
        else:
            blocks[-1].append(node)
    return outermost


def pieces(outermost: Sequence[Node]) -> Iterator[list[Node]]:
    """Each outermost statement with all that belongs to it: its body, its `else`, its decorators."""
    piece: list[Node] = []
    for node in outermost:
        if piece and node.keyword not in CONTINUES and not piece[-1].source.startswith("@"):
            yield piece
            piece = []
        piece += _within([node])
    if piece:
        yield piece


def _within(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _within(node.body)


def leave_out(node: Node) -> None:
    """Parse nothing in the place of a node."""
    node.broken, node.text, node.keyword = True, "", None


def leave_out_all(nodes: Iterable[Node]) -> None:
    """Parse nothing in the place of nodes and their bodies."""
    for node in _within(nodes):
        leave_out(node)
