"""Nodes as text again, and as trees: every statement keeps its line and its column."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from keras_shapes.repair.nodes import Node, leave_out, nested, pieces
from keras_shapes.repair.parsing import try_parse
from keras_shapes.source import Document

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


def written(document: Document, nodes: Sequence[Node], position: int = 0) -> str:
    """The text from `position` to the last node, with each statement as it is to be parsed."""
    parts: list[str] = []
    for node in nodes:
        text = node.source if node.text is None else node.text
        lost = _LINE_BREAK.findall(node.source)[len(_LINE_BREAK.findall(text)) :]
        parts += (document.python[position : node.statement.span.start], text, *lost)
        position = node.statement.span.end
    return "".join(parts)


def bodies_in_pieces(document: Document, found: Sequence[Node]) -> list[ast.stmt]:
    """Every outermost statement alone: what is nested too deeply must not take the others with it."""
    body: list[ast.stmt] = []
    for piece in pieces(nested(found)):
        line = document.line(piece[0].statement.span.start)
        tree = try_parse(written(document, piece, document.line_starts[line]))
        if tree is None:
            for node in piece[1:]:
                leave_out(node)
            piece[0].text, piece[0].broken = "0", True
            tree = ast.Module([ast.Expr(ast.Constant(0), lineno=1, col_offset=0)], [])
        ast.increment_lineno(tree, line)
        body += tree.body
    return body
