"""What is known of data, in words: shape, dtype, where it comes from; of unknown data, why and how to declare it."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Array, Dataset
from keras_shapes.features.lenses import line_text
from keras_shapes.features.markdown import code, escaped
from keras_shapes.features.shapes import shape_text
from keras_shapes.model import Unknown
from keras_shapes.source import Document, Span

MOST_COLUMNS = 12


def data_text(document: Document, name: str, value: Array | Dataset | Unknown) -> str:
    """Markdown about the data that a name stands for."""
    match value:
        case Array(shape=None):
            return _unknown(document, name, value.origin or "its shape is not known", value.span)
        case Array():
            parts = [f"{code(name)} {_array(value)}", *_columns(value), *_origin(document, value)]
            return "\n\n".join(parts)
        case Dataset():
            batches = f"{code(name)}: each step gives {_element(value.element)}"
            return "\n\n".join([batches, *_origin(document, value)])
        case Unknown():
            return _unknown(document, name, value.reason, value.span)


def _array(value: Array) -> str:
    text = code(shape_text(value.shape)) if value.shape is not None else "`?`"
    text += f" {escaped(value.dtype)}" if value.dtype else ""
    if value.minimum is not None and value.maximum is not None:
        text += f" · values {value.minimum:g} to {value.maximum:g}"
    elif value.maximum is not None:
        text += f" · values up to {value.maximum:g}"
    return text


def _columns(value: Array) -> Iterator[str]:
    """The names of a data frame's columns, as many as a person reads."""
    names = [str(name) for name in value.columns or ()]
    if names and value.shape is not None and len(value.shape) == 2:
        more = f" and {len(names) - MOST_COLUMNS} more" if len(names) > MOST_COLUMNS else ""
        yield "columns " + ", ".join(map(code, names[:MOST_COLUMNS])) + more


def _element(value: object) -> str:
    match value:
        case Array():
            return _array(value)
        case tuple() | list():
            return ", ".join(map(_element, value))
        case dict():
            return ", ".join(f"{code(str(key))}: {_element(item)}" for key, item in value.items())
        case Unknown(reason=reason):
            return f"something unknown ({escaped(reason)})"
        case _:
            return "something unknown"


def _origin(document: Document, value: Array | Dataset) -> Iterator[str]:
    if value.origin:
        where = f", {line_text(document, value.span.start)}" if value.span else ""
        yield f"from {escaped(value.origin)}{where}"


def _unknown(document: Document, name: str, reason: str, span: Span | None) -> str:
    where = f", {line_text(document, span.start)}" if span else ""
    how = f"{name} = …  # keras-shapes: shape (1000, 28, 28) float32"
    return f"{code(name)} is unknown: {escaped(reason)}{where}\n\nIf you know its shape, declare it: {code(how)}"
