"""Declarations in comments: `X = np.load(p)  # keras-shapes: shape (1000, 28, 28, 1) uint8 max 9`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import Call, Declared, UserCode
from keras_shapes.reader.library.declarations import parse
from keras_shapes.reader.sources import DECLARATION
from keras_shapes.reader.values import Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


def declared(it: Interpreter, node: ast.stmt, value: Value) -> Value:
    """The value of an assignment, or what the comment behind it declares it to be."""
    comment = _comment(it, node)
    if comment is None:
        return value
    array = parse(comment, it.span(node))
    if not isinstance(array, Array) or array.shape is None:
        return value
    if isinstance(value, (Call, UserCode)):
        return Declared(value, array.shape, it.span(node))
    return array


def declared_layer(it: Interpreter, node: ast.AST, value: Value) -> Value:
    """A layer expression, with the output that the comment behind its line declares."""
    comment = _comment(it, node)
    array = parse(comment, it.span(node)) if comment is not None else None
    if isinstance(array, Array) and array.shape is not None:
        return Declared(value, array.shape, it.span(node))
    return value


def _comment(it: Interpreter, node: ast.AST) -> str | None:
    if it.source.foreign or not it.source.has_declarations:
        return None
    document = it.source.document
    line = document.slice(document.line_span(document.line(it.source.span(node).end)))
    place = line.find("#")
    while place >= 0:
        if line[place:].lstrip("# ").startswith(DECLARATION):
            return line[place:]
        place = line.find("#", place + 1)
    return None
