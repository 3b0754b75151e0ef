"""`tf.image`, `skimage.color` and reading of image bytes: what they do to height, width and channels."""

from __future__ import annotations

from keras_shapes.data import Size
from keras_shapes.reader.library import dtypes
from keras_shapes.reader.library.arrays import changed, new, opaque, shape_argument, shape_of
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.values import Value

_SAME_SHAPE = """
    random_flip_left_right random_flip_up_down flip_left_right flip_up_down random_brightness random_contrast
    random_saturation random_hue adjust_brightness adjust_contrast adjust_saturation adjust_hue adjust_gamma
    per_image_standardization random_jpeg_quality
""".split()


@function(*(f"tensorflow.image.{name}" for name in _SAME_SHAPE))
def _same_shape(call: LibraryCall) -> Value:
    array = call.array("image", "images")
    dtype = "float32" if call.path.endswith("standardization") else array.dtype
    return changed(array, array.shape, dtype)


@function("tensorflow.image.convert_image_dtype")
def _convert_image_dtype(call: LibraryCall) -> Value:
    array = call.array("image")
    return changed(array, array.shape, dtypes.dtype_of(call.type_argument("dtype")))


@function("tensorflow.image.random_crop")
def _random_crop(call: LibraryCall) -> Value:
    array = call.array("value")
    return opaque(array, shape=shape_argument(call.value("size")), dtype=array.dtype)


@function(
    "tensorflow.image.resize_with_crop_or_pad",
    "tensorflow.image.resize_with_pad",
    "tensorflow.image.crop_to_bounding_box",
)
def _to_sides(call: LibraryCall) -> Value:
    array = call.array("image")
    sides = [call.value(f"target_{side}") for side in ("height", "width")]
    shape = shape_of(array)
    if len(shape) < 3:
        raise GiveUp("an image has height, width and channels")
    resized = call.path.endswith("resize_with_pad")
    dtype = "float32" if resized and not call.has("method") else None if resized else array.dtype
    return opaque(array, shape=(*shape[:-3], *shape_argument(tuple(sides)), shape[-1]), dtype=dtype)


@function("tensorflow.image.rgb_to_grayscale", "tensorflow.image.grayscale_to_rgb")
def _gray(call: LibraryCall) -> Value:
    array = call.array("images")
    channels = 1 if call.path.endswith("grayscale") else 3
    return opaque(array, shape=(*shape_of(array)[:-1], channels), dtype=array.dtype)


@function(
    *(f"tensorflow.{room}.decode_{kind}" for room in ("image", "io") for kind in ("image", "jpeg", "png", "bmp", "gif"))
)
def _decode(call: LibraryCall) -> Value:
    """Height and width are the file's; the channels are asked for."""
    channels = call.value("channels", default=0)
    size: Size = channels if isinstance(channels, int) and channels > 0 else None
    # GIFs have an axis for their frames, and `decode_image` reads these as well, unless it is told not to.
    moving = call.path.endswith("decode_image") and call.flag("expand_animations", default=True)
    shape = None if moving or call.path.endswith("gif") else (None, None, size)
    return new(shape, "uint8", "an image file", call.span, library="tensorflow", low=0, high=255)


@function("tensorflow.io.read_file")
def _read_file(call: LibraryCall) -> Value:
    return new((), "string", "read_file", call.span, library="tensorflow")


@function("skimage.color.rgb2lab", "skimage.color.lab2rgb", "skimage.color.rgb2hsv", "skimage.color.hsv2rgb")
def _recolored(call: LibraryCall) -> Value:
    array = call.array("rgb", "lab", "hsv")
    return changed(array, array.shape, None)


@function("skimage.color.rgb2gray", "skimage.color.gray2rgb")
def _to_or_from_gray(call: LibraryCall) -> Value:
    array = call.array("rgb", "image")
    shape = shape_of(array)
    full = shape[:-1] if call.path.endswith("gray") else (*shape, 3)
    return opaque(array, shape=full, dtype=None if call.path.endswith("gray") else array.dtype)
