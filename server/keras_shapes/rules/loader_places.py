"""Loaders of images: the place in the source that decides how large the images are."""

from __future__ import annotations

import ast

from keras_shapes.data import Dataset
from keras_shapes.repair import Offsets, parse
from keras_shapes.source import Document, Span

_SIZES = frozenset({"image_size", "target_size"})


def image_size(document: Document, dataset: Dataset) -> Span | None:
    """The argument that sets the size of the images, or the name of the loader where it has its default."""
    if dataset.span is None:
        return None
    offsets = Offsets(document)
    for node in ast.walk(parse(document).tree):
        if isinstance(node, ast.Call) and offsets.span(node) == dataset.span:
            for keyword in node.keywords:
                if keyword.arg in _SIZES:
                    return Span(offsets.span(keyword).start, offsets.span(keyword.value).end)
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            end = offsets.span(node.func).end
            return Span(end - len(name), end)
    return None
