"""Declarations in comments: `# keras-shapes: shape (1000, 28, 28, 1) uint8 max 9`."""

from __future__ import annotations

from keras_shapes.data import Array
from keras_shapes.model import Unknown
from keras_shapes.source import Span


def parse(comment: str, span: Span | None = None) -> Array | Unknown:
    """The array that a comment declares; Unknown where the comment does not say it right."""
    return Unknown(f"this declaration is not understood: {comment}", span)
