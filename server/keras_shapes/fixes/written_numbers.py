"""Where the number stands that an expression is: written there, or as a constant of the module."""

from __future__ import annotations

import ast

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.text import Text
from keras_shapes.source import Span


def number_changed(text: Text, span: Span, value: int, number: int) -> Edit | None:
    """The edit that makes a `number` of the `value` that an expression has; None where it is computed."""
    node = text.expression(span)
    if isinstance(node, ast.Name):
        node = _constant(text, node.id)
    if not isinstance(node, ast.Constant) or node.value != value:
        return None
    return Edit(text.offsets.span(node), str(number))


def _constant(text: Text, name: str) -> ast.expr | None:
    """The only thing that a name of the module is ever assigned."""
    found = [
        node
        for node in ast.walk(text.tree)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
    ]
    parent = text.parent(found[0]) if len(found) == 1 else None
    return parent.value if isinstance(parent, ast.Assign) and parent.targets == found else None
