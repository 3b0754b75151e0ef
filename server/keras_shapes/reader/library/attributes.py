"""Attributes of arrays, datasets and library objects: `x.shape`, `x.T`, `df.values`, `ds.class_names`."""

from __future__ import annotations

from dataclasses import replace

from keras_shapes.data import Array, Dataset
from keras_shapes.model import Unknown
from keras_shapes.reader.library import frames, objects, shaping, sizes
from keras_shapes.reader.library.arrays import reshaped, shape_of, why
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.library.registry import constructor
from keras_shapes.reader.values import Value
from keras_shapes.source import Span


def attribute_of(value: Value, name: str, span: Span | None) -> Value | None:
    """The value of `value.name`; None when it is not known to be a plain attribute (it may be a method)."""
    match value:
        case Array(library="pandas") | LibraryObject(kind=objects.FRAME):
            return frames.attribute_of(value, name, span)
        case Array():
            return plain_attribute(value, name)
        case Dataset():
            return value.element if name == "element_spec" else dict(value.attributes).get(name)
        case LibraryObject():
            return _of_object(value, name, span)
        case _:
            return None


def shape_value(array: Array) -> Value:
    """What `x.shape` is: a tuple, or an unknown whose items are the same wherever they are asked for."""
    if array.shape is None:
        return Unknown(why(array), array.span, key=("shape", array.source))
    return array.shape


def with_named_sizes(array: Array, name: str) -> Array:
    """The array as a variable: sizes that are not known are called `name.shape[1]`."""
    if array.shape is None or not any(map(_is_nameless, array.shape)):
        return array
    sizes = (
        replace(size, name=f"{name}.shape[{axis}]") if isinstance(size, Unknown) and _is_nameless(size) else size
        for axis, size in enumerate(array.shape)
    )
    return replace(array, shape=tuple(sizes))


def _is_nameless(size: object) -> bool:
    return isinstance(size, Unknown) and size.name is None


def item_of_shape(shape: Unknown, index: Value) -> Unknown | None:
    """`x.shape[1]` of an array of unknown shape; None when `shape` is something else."""
    if not isinstance(shape.key, tuple) or shape.key[:1] != ("shape",) or not isinstance(index, int):
        return None
    name = f"{shape.name}[{index}]" if shape.name else None
    return Unknown(shape.reason, shape.span, name, "int", ("size", shape.key[1], index), low=0)


def plain_attribute(array: Array, name: str) -> Value | None:
    """An attribute of a numpy array or a tensor."""
    match name:
        case "shape":
            return shape_value(array)
        case "ndim":
            return Unknown(why(array), array.span, kind="int") if array.shape is None else len(array.shape)
        case "size":
            size = None if array.shape is None else sizes.volume(array.shape)
            return Unknown(why(array), array.span, kind="int") if size is None else size
        case "T" | "mT":
            return shaping.transpose(array) if array.shape is not None else replace(array, source=object())
        case "dtype":
            return array.dtype if array.dtype is not None else Unknown("a type that is not known here", array.span)
        case "flat":
            return shaping.reshape(array, (-1,))
        case "real" | "data":
            return array
        case "A" | "A1":
            return replace(array, library="numpy") if name == "A" else reshaped(array, (sizes.volume(shape_of(array)),))
        case "device" | "name" | "nbytes" | "itemsize" | "flags" | "strides":
            return Unknown(f"{name} of an array", array.span)
        case _:
            return None


def _of_object(value: LibraryObject, name: str, span: Span | None) -> Value | None:
    if name in value.facts:
        return value.facts[name]
    if objects.FORGOTTEN in value.facts:
        return value.facts[objects.FORGOTTEN]
    for argument in value.arguments:
        if argument.name == name and name not in {"fit", "transform"}:
            return argument.value
    try:
        if value.kind.endswith("OneHotEncoder") and name == "categories_":
            return constructor(value).value("categories")
    except GiveUp as reason:
        return reason.unknown(span)
    return None
