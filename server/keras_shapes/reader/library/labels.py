"""Labels as class numbers and one-hot: `to_categorical`, `one_hot`, `normalize`."""

from __future__ import annotations

from dataclasses import replace

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.library import dtypes, polynomials, sizes
from keras_shapes.reader.library.arrays import as_array, changed, shape_of, size_argument
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.values import Value


@function("keras.utils.to_categorical")
def _to_categorical(call: LibraryCall) -> Value:
    """Class numbers to rows of zeros with a one; a last axis of one item is taken away first."""
    labels = _labels(call.value("x", "y"))
    given = call.value("num_classes", "nb_classes", default=None)
    if labels.shape is None:
        return one_hot(labels, None)
    shape = labels.shape[:-1] if len(labels.shape) > 1 and labels.shape[-1] == 1 else labels.shape
    if len(labels.shape) > 1 and isinstance(labels.shape[-1], Unknown):
        return one_hot(labels, None)
    classes = _given(given) if given not in (None, 0) else number_of_classes(labels)
    result = one_hot(labels, (*shape, classes))
    both = isinstance(classes, int) and classes > 1 and 0 not in shape and not any(map(_is_unknown, shape))
    return replace(result, provenance=result.provenance | {Fact.EXACT}) if both else result


def _is_unknown(size: Size) -> bool:
    return not isinstance(size, int)


@function("tensorflow.one_hot", "keras.ops.one_hot", "keras.backend.one_hot")
def _one_hot(call: LibraryCall) -> Value:
    labels = call.array("indices", "x")
    depth = _given(call.value("depth", "num_classes"))
    axis = call.value("axis", default=-1)
    if call.has("on_value") or call.has("off_value"):
        raise GiveUp("other values than one and zero")
    dtype = dtypes.dtype_of(call.type_argument("dtype", default=None) or "float32")
    if axis not in (-1, None) or labels.shape is None:
        return one_hot(labels, None, library="tensorflow", dtype=dtype, drop=True)
    return one_hot(labels, (*labels.shape, depth), library="tensorflow", dtype=dtype)


@function("keras.utils.normalize")
def _normalize(call: LibraryCall) -> Value:
    array = call.array("x")
    # Keras makes a row of a single vector.
    shape = array.shape if array.shape is None or len(array.shape) != 1 else (1, *array.shape)
    return changed(array, shape, array.dtype if array.dtype in {"float32", "float64"} else None, minimum=-1, maximum=1)


def one_hot(
    labels: Array,
    shape: tuple[Size, ...] | None,
    *,
    library: str = "numpy",
    dtype: str | None = "float64",
    drop: bool = False,
) -> Array:
    """The same labels one-hot."""
    result = changed(labels, shape, dtype, minimum=0, maximum=1, library=library)
    twice = {Fact.ONE_HOT_TWICE} if Fact.ONE_HOT in labels.provenance else set()
    mark = set() if drop else {Fact.ONE_HOT}
    return replace(result, provenance=result.provenance | mark | twice)


def number_of_classes(labels: Array) -> Size:
    """`max + 1`, where the largest label is known to occur."""
    if labels.maximum is not None and Fact.EXACT in labels.provenance:
        return int(labels.maximum) + 1
    high = None if labels.maximum is None else int(labels.maximum) + 1
    key = ("number of classes", labels.source)
    return sizes.unknown_size(_why(labels), key, high=high)


def _why(labels: Array) -> str:
    return f"the largest label of {labels.origin}" if labels.origin else "the largest label is not known here"


def _labels(value: Value) -> Array:
    array = as_array(value)
    if Fact.RAGGED in array.provenance:
        raise GiveUp("lists of different length")
    return array


def _given(value: Value) -> Size:
    if isinstance(value, Unknown) and value.kind is None:
        return Unknown(value.reason, value.span, value.name, "int", polynomials.key_of(value), value.low, value.high)
    if isinstance(value, (NumpyNumber, int, Unknown)):
        return size_argument(value)
    if isinstance(value, Array) and shape_of(value) == () and value.values is not None:
        return sizes.whole(value.values[0])
    raise GiveUp("a number of classes that is not known here")
