"""Data as a symbolic tensor: what a model's `call` gets when the model meets data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keras_shapes.data import Array, Dataset
from keras_shapes.model import Unknown
from keras_shapes.reader.values import Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


def tensor_of(it: Interpreter, value: Value) -> Value:
    """The tensor that Keras makes of a batch of `value`: the same shape with an open batch axis."""
    match value:
        case Array(shape=shape) if shape:
            return Array((None, *shape[1:]), value.dtype, origin=value.origin, span=value.span, library="keras")
        case Dataset(element=tuple() as parts) if parts:
            return tensor_of(it, parts[0])
        case Dataset(element=Array() as element):
            return tensor_of(it, element)
        case Unknown():
            return value
        case _:
            return it.unknown("data of unknown shape")
