"""Declarations in comments: `X = np.load(p)  # keras-shapes: shape (1000, 28, 28, 1) uint8 max 9`."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import Declared
from keras_shapes.reader.library.declarations import parse
from keras_shapes.reader.library.frames import boxed
from keras_shapes.reader.library.objects import FRAME, LibraryObject
from keras_shapes.reader.sources import DECLARATION
from keras_shapes.reader.values import Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

_BETWEEN = re.compile(r"[\s,)\]]*(?=#)")
"""Between an expression and the comments behind it stand brackets that close, and a comma."""

_COMMENT = re.compile(rf"#\s*{DECLARATION}.*")


def declared(it: Interpreter, node: ast.stmt, value: Value) -> Value:
    """The value of an assignment, or the array that the comment behind it declares it to be."""
    array = _declaration(it, node)
    if array is None or isinstance(value, Declared):
        return value
    is_frame = isinstance(value, LibraryObject) and value.kind == FRAME
    return boxed(array) if is_frame else array


def declared_layer(it: Interpreter, node: ast.AST, value: Value) -> Value:
    """A layer expression, with the output that the comment right behind it declares."""
    array = _declaration(it, node)
    if array is None or array.shape is None:
        return value
    return Declared(value, array.shape, it.span(node))


def _declaration(it: Interpreter, node: ast.AST) -> Array | None:
    if it.source.foreign or not it.source.has_declarations:
        return None
    span = it.source.span(node)
    end = it.source.document.line_span(it.source.document.line(span.end)).end
    between = _BETWEEN.match(it.source.document.text, span.end, end)
    comment = _COMMENT.search(it.source.document.text, between.end(), end) if between is not None else None
    array = parse(comment[0], span) if comment is not None else None
    return array if isinstance(array, Array) and array.shape is not None else None
