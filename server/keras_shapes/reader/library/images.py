"""Images of PIL: what `load_img`, `Image.open` and `resize` make of their size, until they become arrays."""

from __future__ import annotations

from typing import Final

from keras_shapes.data import Array, Size
from keras_shapes.reader.library import sizes
from keras_shapes.reader.library.arrays import as_array, new, opaque, pair_argument, shape_argument, shape_of
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import IMAGE, LibraryObject
from keras_shapes.reader.library.registry import LibraryCall, function, method
from keras_shapes.reader.values import Value

_CHANNELS: Final = {"grayscale": 1, "rgb": 3, "rgba": 4, "L": 1, "1": 1, "RGB": 3, "RGBA": 4, "HSV": 3, "LAB": 3}


@function("keras.utils.load_img")
def _load_img(call: LibraryCall) -> Value:
    size = call.value("target_size", default=None)
    colors = "grayscale" if call.flag("grayscale") else call.value("color_mode", default="rgb")
    return _image(_shape(_sides(size), colors), call)


@function("PIL.Image.open")
def _open(call: LibraryCall) -> Value:
    """Colours and size are the file's."""
    return LibraryObject(IMAGE, facts={"array": new(None, "uint8", "Image.open", call.span)}, span=call.span)


@function("PIL.Image.fromarray")
def _from_array(call: LibraryCall) -> Value:
    array = call.array("obj")
    mode = call.value("mode", default=None)
    if array.shape is None and mode in _CHANNELS:
        return _image(_shape(_sides(None), mode), call)
    return LibraryObject(IMAGE, facts={"array": opaque(array, shape=array.shape, dtype=array.dtype)}, span=call.span)


@function("PIL.Image.new")
def _new(call: LibraryCall) -> Value:
    width, height = pair_argument(call.value("size"))
    return _image(_shape((height, width), call.value("mode")), call)


@function("keras.utils.img_to_array")
def _img_to_array(call: LibraryCall) -> Value:
    array = call.array("img", "image")
    shape = shape_of(array)
    if len(shape) == 2:
        shape = (*shape, 1)
    if call.value("data_format", default=None) == "channels_first" or call.image_data_format == "channels_first":
        raise GiveUp("images with channels first")
    return opaque(array, shape=shape, dtype="float32", minimum=array.minimum, maximum=array.maximum)


@function("keras.utils.array_to_img")
def _array_to_img(call: LibraryCall) -> Value:
    array = call.array("x", "img")
    shape = shape_of(array)
    flat = shape[:2] if shape[2:] == (1,) else shape
    return LibraryObject(IMAGE, facts={"array": opaque(array, shape=flat, dtype="uint8")}, span=call.span)


@method(f"{IMAGE}.resize")
def _resize(value: LibraryObject, call: LibraryCall) -> Value:
    array = as_array(value)
    width, height = pair_argument(call.value("size"))
    if array.shape is None:
        return _image(None, call)
    return _image((height, width, *array.shape[2:]), call)


@method(f"{IMAGE}.convert")
def _convert(value: LibraryObject, call: LibraryCall) -> Value:
    array = as_array(value)
    sides = _sides(None) if array.shape is None else pair_argument(array.shape[:2])
    return _image(_shape(sides, call.value("mode", default=None)), call)


@method(f"{IMAGE}.rotate", f"{IMAGE}.transpose", f"{IMAGE}.filter", f"{IMAGE}.copy")
def _turned(value: LibraryObject, call: LibraryCall) -> Value:
    array = as_array(value)
    known = call.path.endswith((".filter", ".copy"))
    shape = array.shape if known or array.shape is None else (*_sides(None), *array.shape[2:])
    return _image(shape, call)


@method(f"{IMAGE}.save", f"{IMAGE}.show", f"{IMAGE}.close")
def _nothing(_value: LibraryObject, _call: LibraryCall) -> Value:
    return None


def _image(shape: tuple[Size, ...] | None, call: LibraryCall) -> LibraryObject:
    array: Array = new(shape, "uint8", "an image", call.span, low=0, high=255)
    return LibraryObject(IMAGE, facts={"array": array}, span=call.span)


def _shape(sides: tuple[Size, Size], colors: Value) -> tuple[Size, ...] | None:
    channels = _CHANNELS.get(colors) if isinstance(colors, str) else None
    return None if channels is None else sides if channels == 1 else (*sides, channels)


def _sides(size: Value) -> tuple[Size, Size]:
    """Height and width."""
    if size is None:
        return sizes.unknown_size("the height of the image"), sizes.unknown_size("the width of the image")
    if isinstance(size, int):
        return size, size
    pair = shape_argument(size)
    return pair_argument(pair[:2])
