"""Python text -> syntax tree, also while somebody is typing it.

One half-typed statement costs itself: it leaves a `Broken` node in its place, the rest of the file is parsed.
Nothing here runs or compiles the text, and any text comes back in bounded time.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from keras_shapes.repair.breaking import BROKEN_NAME, break_where, parses_alone
from keras_shapes.repair.broken import Broken, Parsed, no_python, parsed
from keras_shapes.repair.long import is_long, parse_long
from keras_shapes.repair.nodes import nested, nodes_of
from keras_shapes.repair.offsets import Offsets
from keras_shapes.repair.order import put_in_order
from keras_shapes.repair.parsing import parses, try_parse
from keras_shapes.repair.writing import bodies_in_pieces, written
from keras_shapes.source import Document

__all__ = ["BROKEN_NAME", "Broken", "Offsets", "Parsed", "parse", "parses"]


def parse(document: Document, look: Callable[[], None] = lambda: None) -> Parsed:
    """The document's tree. Offsets of its nodes: `Offsets(document)`.

    Never fails; what `look` raises, which is called now and then, ends it. Python's parser lets nothing else run
    meanwhile: long texts are given to it in pieces.
    """
    if is_long(document.python):
        return parse_long(document, look)
    tree = try_parse(document.python)
    return Parsed(tree) if tree is not None else _repaired(document, look)


def _repaired(document: Document, look: Callable[[], None]) -> Parsed:
    found = nodes_of(document, look)
    for is_right in (lambda node: node.statement.whole, parses_alone):
        if not break_where(found, lambda node, is_right=is_right: not is_right(node), look):  # type: ignore[misc]
            return no_python(document)
        put_in_order(nested(found))
        if (tree := try_parse(written(document, found))) is not None:
            return parsed(tree, document, found)
    return parsed(ast.Module(bodies_in_pieces(document, found), []), document, found)
