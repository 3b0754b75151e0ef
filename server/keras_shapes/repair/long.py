"""A long text is parsed in pieces: Python's parser lets nothing else run meanwhile."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence

from keras_shapes.repair.breaking import MOST_BROKEN, MOST_FIELDS, break_where, parses_alone, takes_long
from keras_shapes.repair.broken import Parsed, no_python, parsed
from keras_shapes.repair.nodes import Node, nested, nodes_of, pieces
from keras_shapes.repair.order import put_in_order
from keras_shapes.repair.parsing import try_parse
from keras_shapes.repair.writing import bodies_in_pieces, written
from keras_shapes.source import Document

_MOST_AT_ONCE = 100_000


def is_long(text: str) -> bool:
    """Whether Python's parser would take long for a text."""
    return len(text) > _MOST_AT_ONCE or text.count("{") > MOST_FIELDS


def parse_long(document: Document, look: Callable[[], None]) -> Parsed:
    """A long text, in pieces of whole statements."""
    found = nodes_of(document, look)
    if not break_where(found, lambda node: not node.statement.whole or takes_long(node.source), look):
        return no_python(document)
    body: list[ast.stmt] = []
    broken = 0
    for group in _groups(nested(found)):
        look()
        body += _parsed_group(document, group, look)
        broken += sum(node.broken for node in group)
        if broken > MOST_BROKEN:
            return no_python(document)
    return parsed(ast.Module(body, []), document, found)


def _parsed_group(document: Document, nodes: Sequence[Node], look: Callable[[], None]) -> list[ast.stmt]:
    line = document.line(nodes[0].statement.span.start)

    def tree() -> ast.Module | None:
        return try_parse("\n" * line + written(document, nodes, document.line_starts[line]))

    if (found := tree()) is not None:
        return found.body
    if not break_where(nodes, lambda node: not parses_alone(node), look):
        return []
    put_in_order(nested(nodes))
    found = tree()
    return found.body if found is not None else bodies_in_pieces(document, nodes)


def _groups(outermost: Sequence[Node]) -> Iterator[list[Node]]:
    """The nodes with their bodies, some outermost statements at a time."""
    group: list[Node] = []
    for piece in pieces(outermost):
        if group and piece[-1].statement.span.end - group[0].statement.span.start > _MOST_AT_ONCE // 2:
            yield group
            group = []
        group += piece
    if group:
        yield group
