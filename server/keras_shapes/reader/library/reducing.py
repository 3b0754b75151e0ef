"""Functions that take axes away or count: `sum`, `max`, `argmax`, `prod`, `unique`, `sort`, `nonzero`."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.library import dtypes, indexing, marks, polynomials, sizes
from keras_shapes.reader.library.arithmetic import number_or_array
from keras_shapes.reader.library.arrays import changed, moved, new, of_values, opaque, part, shape_of
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.library.sizes import Shape
from keras_shapes.reader.values import Value

_NAMES: Final = ("a", "x", "input", "input_tensor", "array")
_MOST_BITS: Final = 63


@function(
    "numpy.max",
    "numpy.amax",
    "numpy.nanmax",
    "numpy.min",
    "numpy.amin",
    "numpy.nanmin",
    "tensorflow.reduce_max",
    "tensorflow.reduce_min",
    "keras.ops.max",
    "keras.ops.amax",
    "keras.ops.min",
    "keras.ops.amin",
    "keras.backend.max",
    "keras.backend.min",
)
def _extreme(call: LibraryCall) -> Value:
    array = call.array(*_NAMES)
    shape = _left(array, call.value("axis", default=None), keepdims=_keepdims(call))
    largest = "max" in call.path.rpartition(".")[2]
    value = array.maximum if largest else array.minimum
    exact = shape == () and array.shape is not None and Fact.EXACT in array.provenance and not call.has("initial")
    if exact and value is not None and array.library != "tensorflow":
        return _known_extreme(array, value)
    result = part(array, shape)
    initial = call.value("initial", default=None)
    if initial is None:
        return number_or_array(result)
    if not isinstance(initial, int):
        raise GiveUp("a value to begin with")
    return number_or_array(indexing.stored(result))


@function(
    "numpy.sum",
    "numpy.nansum",
    "numpy.cumsum",
    "numpy.cumprod",
    "tensorflow.reduce_sum",
    "tensorflow.reduce_prod",
    "keras.ops.sum",
    "keras.backend.sum",
    "tensorflow.cumsum",
    "keras.ops.cumsum",
)
def _sum(call: LibraryCall) -> Value:
    array = call.array(*_NAMES)
    axis = call.value("axis", default=None)
    dtype = _asked_dtype(call, _summed(array))
    name = call.path.rpartition(".")[2]
    if name.startswith("cum"):
        flat = (axis is None and not call.path.startswith("tensorflow.")) or array.shape == ()
        return changed(array, (_volume(array),) if flat else array.shape, dtype)
    shape = _left(array, axis, keepdims=_keepdims(call))
    initial = call.value("initial", default=0)
    if not isinstance(initial, int):
        raise GiveUp("a value to begin with")
    plain = call.path == "numpy.sum" and not call.has("dtype") and initial == 0
    if shape == () and array.values is not None and plain and dtypes.is_integer(dtype):
        return NumpyNumber(dtype or "int64", sum(map(int, array.values)))
    return number_or_array(changed(array, shape, dtype))


@function(
    "numpy.mean",
    "numpy.nanmean",
    "numpy.average",
    "numpy.median",
    "numpy.std",
    "numpy.nanstd",
    "numpy.var",
    "numpy.linalg.norm",
    "tensorflow.reduce_mean",
    "tensorflow.reduce_std",
    "tensorflow.math.reduce_std",
    "tensorflow.norm",
    "keras.ops.mean",
    "keras.ops.std",
    "keras.ops.var",
    "keras.ops.norm",
    "keras.backend.mean",
    "keras.backend.std",
)
def _mean(call: LibraryCall) -> Value:
    array = call.array(*_NAMES, "tensor")
    shape = _left(array, call.value("axis", default=None), keepdims=_keepdims(call))
    kept = dtypes.is_floating(array.dtype) or call.path.startswith("tensorflow.")
    dtype = array.dtype if kept else None
    if call.library == "numpy" and (dtypes.is_integer(array.dtype) or array.dtype == "bool"):
        dtype = "float64"
    dtype = _asked_dtype(call, dtype)
    return number_or_array(changed(array, shape, dtype))


@function(
    "numpy.percentile", "numpy.quantile", "numpy.nanpercentile", "numpy.nanmedian", "numpy.ptp", "numpy.count_nonzero"
)
def _statistic(call: LibraryCall) -> Value:
    array = call.array(*_NAMES)
    if "percentile" in call.path or "quantile" in call.path:
        how = [call.value(name, default="linear") for name in ("method", "interpolation")]
        usual = how == ["linear", "linear"] and (dtypes.is_integer(array.dtype) or array.dtype == "float64")
        return opaque(array, dtype="float64" if usual else None)
    shape = _left(array, call.value("axis", default=None), keepdims=_keepdims(call))
    if shape == () and call.path.endswith("count_nonzero"):
        return Unknown("a number of items", call.span)  # of Python in some versions, of numpy in others
    dtype = "int64" if call.path.endswith("count_nonzero") else None
    return number_or_array(changed(array, shape, dtype))


@function(
    "numpy.any",
    "numpy.all",
    "tensorflow.reduce_any",
    "tensorflow.reduce_all",
    "keras.ops.any",
    "keras.ops.all",
)
def _any(call: LibraryCall) -> Value:
    array = call.array(*_NAMES)
    shape = _left(array, call.value("axis", default=None), keepdims=_keepdims(call))
    return number_or_array(changed(array, shape, "bool"))


@function(
    "numpy.argmax",
    "numpy.argmin",
    "numpy.nanargmax",
    "numpy.nanargmin",
    "tensorflow.argmax",
    "tensorflow.argmin",
    "keras.ops.argmax",
    "keras.ops.argmin",
    "keras.backend.argmax",
)
def _argmax(call: LibraryCall) -> Value:
    array = call.array(*_NAMES)
    default = {"tensorflow": 0, "numpy": None, "keras": None}[call.path.partition(".")[0]]
    axis = call.value("axis", default=-1 if call.path.startswith("keras.backend.") else default)
    axis = 0 if axis is None and call.path.startswith("tensorflow.") else axis
    shape = _left(array, axis, keepdims=_keepdims(call))
    dtype = "int32" if call.path.startswith("keras.") else "int64"
    high = _last_index(array, axis)
    if call.has("output_type"):
        dtype = dtypes.dtype_of(call.value("output_type")) or ""
    result = changed(array, shape, dtype, library=_tensor_or(array, call))
    held = {Fact.ARGMAX} | (result.provenance & marks.PARTS)
    return number_or_array(
        replace(result, minimum=0 if high is not None else None, maximum=high, provenance=frozenset(held))
    )


@function("numpy.prod", "numpy.product", "keras.ops.prod", "keras.backend.prod")
def _prod(call: LibraryCall) -> Value:
    given = call.value(*_NAMES)
    flat = not call.has("axis") and not call.has("dtype")
    if isinstance(given, (tuple, list)) and flat and call.library == "numpy":
        return _product_of_sizes(given)
    array = call.array(*_NAMES)
    if array.values is not None and flat and array.library == "numpy" and call.library == "numpy":
        return _product_of_sizes(array.values)
    shape = _left(array, call.value("axis", default=None), keepdims=_keepdims(call))
    return number_or_array(changed(array, shape, _asked_dtype(call, _summed(array))))


@function("numpy.unique", "tensorflow.unique", "pandas.unique")
def _unique(call: LibraryCall) -> Value:
    array = call.array("ar", "x", "values")
    extras = [name for name in ("return_index", "return_inverse", "return_counts") if call.flag(name)]
    extras += ["index"] if call.path.startswith("tensorflow.") else []
    if call.has("axis"):
        if extras:
            raise GiveUp("different rows with their places")
        return opaque(array, dtype=array.dtype)
    count = different_items(array)
    result = part(replace(array, library="numpy") if array.library == "pandas" else array, (count,))
    kept = array.provenance & marks.OF_VALUES if array.minimum is not None else frozenset()
    result = replace(result, provenance=result.provenance | kept)
    if not extras:
        return result
    # numpy 2 keeps the shape of what it is given, numpy 1 does not.
    flat = array.shape is not None and len(array.shape) == 1
    whole = call.type_argument("out_idx", "int32") if call.path.startswith("tensorflow.") else "int64"
    inverse = changed(array, array.shape if flat else None, dtypes.dtype_of(whole))
    lengths = {"return_inverse": inverse, "index": inverse}
    return (result, *(lengths.get(name, changed(result, (count,), "int64")) for name in extras))


@function("numpy.sort", "tensorflow.sort", "keras.ops.sort")
def _sort(call: LibraryCall) -> Value:
    array = call.array(*_NAMES, "values")
    if call.value("axis", default=-1) is None:
        return replace(moved(array, (_volume(array),)), source=object())
    return replace(moved(array, array.shape), source=object())


@function("numpy.argsort", "tensorflow.argsort", "keras.ops.argsort", "numpy.lexsort", "numpy.argpartition")
def _argsort(call: LibraryCall) -> Value:
    array = call.array(*_NAMES, "values")
    axis = call.value("axis", default=-1)
    high = _last_index(array, axis)
    dtype = "int64" if call.path.startswith("numpy.") else "int32"
    if axis is None:
        return changed(array, (_volume(array),), dtype, source=object())
    return changed(array, array.shape, dtype, minimum=0 if high is not None else None, maximum=high)


@function("numpy.nonzero", "numpy.flatnonzero", "numpy.argwhere")
def _nonzero(call: LibraryCall) -> Value:
    array = call.array("a")
    return places(array, call.path.rpartition(".")[2])


def places(array: Array, how: str) -> Value:
    """Where items are true: a tuple of index arrays ("nonzero"), or the one of the flat array, or a table."""
    size = sizes.unknown_size("chosen by a condition", ("mask", array.source))
    if how == "flatnonzero":
        return new((size,), "int64")
    shape = shape_of(array)
    if how == "nonzero" and not shape:
        raise GiveUp("a single number has no places")
    if how == "argwhere":
        return new((size, len(shape)), "int64")
    return tuple(new((size,), "int64") for _ in shape)


@function("numpy.bincount")
def _bincount(call: LibraryCall) -> Value:
    array = call.array("x")
    known = Fact.EXACT in array.provenance and array.maximum is not None
    least = call.value("minlength", default=0)
    known = known and isinstance(least, int)
    count: Size = sizes.unknown_size("depends on the values")
    if known and array.maximum is not None and isinstance(least, int):
        count = max(int(array.maximum) + 1, least)
    if call.has("weights"):
        return new((count,), "float64")
    return new((count,), "int64")


@function("numpy.histogram")
def _histogram(call: LibraryCall) -> Value:
    bins = call.value("bins", default=10)
    if not isinstance(bins, int) or isinstance(bins, bool):
        return (new(None, None), new(None, None))
    counted = not call.has("weights") and not call.value("density", default=False)
    array = call.array("a")
    plain = (dtypes.is_integer(array.dtype) or array.dtype == "float64") and not call.has("range")
    return (new((bins,), "int64" if counted else None), new((bins + 1,), "float64" if plain else None))


@function("numpy.shape", "tensorflow.shape", "keras.ops.shape", "keras.backend.int_shape", "keras.backend.shape")
def _shape(call: LibraryCall) -> Value:
    from keras_shapes.reader.library.attributes import shape_value

    call.value("out_type", default=None)
    return shape_value(call.array(*_NAMES))


@function("numpy.ndim", "tensorflow.rank", "keras.ops.ndim", "keras.backend.ndim")
def _ndim(call: LibraryCall) -> Value:
    rank = len(shape_of(call.array(*_NAMES)))
    if call.library == "numpy" or "ndim" in call.path:
        return rank
    return of_values((rank,), (), "int32", "tensorflow")


@function("numpy.size", "tensorflow.size", "keras.ops.size")
def _size(call: LibraryCall) -> Value:
    array = call.array(*_NAMES)
    if call.has("axis"):
        return shape_of(array)[sizes.axis_of(call.value("axis"), len(shape_of(array)))]
    volume = _volume(array)
    if call.path == "tensorflow.size":
        dtype = dtypes.dtype_of(call.value("out_type", default="int32"))
        return (
            of_values((volume,), (), dtype, "tensorflow")
            if isinstance(volume, int)
            else new((), dtype, library="tensorflow")
        )
    return volume


def different_items(array: Array) -> Size:
    """How many different values an array has."""
    if array.values is not None:
        return len(set(array.values))
    if Fact.EVERY in array.provenance and array.minimum is not None and array.maximum is not None:
        return int(array.maximum - array.minimum) + 1
    high = None
    if dtypes.is_integer(array.dtype) and array.minimum is not None and array.maximum is not None:
        high = int(array.maximum - array.minimum) + 1
    key = ("different values", array.source, array.shape and array.shape[0])
    return sizes.unknown_size("the number of different values", key, high=high)


def _left(array: Array, axis: Value, *, keepdims: bool) -> Shape | None:
    """The shape that is left when axes are reduced."""
    if array.shape is None:
        return () if axis is None and not keepdims else None
    gone = sizes.axes_of(axis, len(array.shape))
    if keepdims:
        return tuple(1 if place in gone else size for place, size in enumerate(array.shape))
    return tuple(size for place, size in enumerate(array.shape) if place not in gone)


def _asked_dtype(call: LibraryCall, otherwise: str | None) -> str | None:
    if call.path.startswith("keras.") and (call.has("dtype") or (otherwise or "").startswith(("u", "b"))):
        return None  # Keras has rules of its own
    return dtypes.dtype_of(call.type_argument("dtype")) if call.has("dtype") else otherwise


def _keepdims(call: LibraryCall) -> bool:
    return call.flag("keepdims")


def _known_extreme(array: Array, value: float) -> Value:
    whole = dtypes.is_integer(array.dtype)
    return NumpyNumber(array.dtype or "int64", int(value) if whole else value) if array.dtype != "bool" else bool(value)


def _summed(array: Array) -> str | None:
    """Sums of small whole numbers are 64 bits wide in numpy; TensorFlow keeps the type."""
    if array.library == "tensorflow" or dtypes.is_floating(array.dtype):
        return array.dtype
    if array.dtype == "bool":
        return "int64"
    if dtypes.is_integer(array.dtype):
        return "uint64" if (array.dtype or "").startswith("u") else "int64"
    return None


def _product_of_sizes(values: object) -> Value:
    """`np.prod` of a shape: a numpy number, whole where all parts are."""
    assert isinstance(values, (tuple, list))
    if not values:
        return NumpyNumber("float64", 1.0)
    plain = [value.value if isinstance(value, NumpyNumber) else value for value in values]
    if all(isinstance(value, (int, float)) for value in plain):
        result = math.prod(plain)
        if isinstance(result, float):
            return NumpyNumber("float64", result)
        if result.bit_length() <= _MOST_BITS:
            return NumpyNumber("int64", result)
        return Unknown("a product too large for numpy", kind="numpy int")
    kinds = {"int", "numpy int"}
    if all(isinstance(value, int) or (isinstance(value, Unknown) and value.kind in kinds) for value in plain):
        result = polynomials.product(plain)  # type: ignore[arg-type]
        if isinstance(result, Unknown):
            return Unknown(result.reason, result.span, result.name, "numpy int", result.key)
    unknown = next((value for value in plain if isinstance(value, Unknown)), None)
    return Unknown(unknown.reason if unknown else "a product that is not known here", kind=None)


def _last_index(array: Array, axis: Value) -> int | None:
    if array.shape is None:
        return None
    size = _volume(array) if axis is None else array.shape[sizes.axis_of(axis, len(array.shape))]
    return size - 1 if isinstance(size, int) else None


def _volume(array: Array) -> Size:
    return sizes.volume(shape_of(array))


def _tensor_or(array: Array, call: LibraryCall) -> str:
    return "tensorflow" if call.library == "tensorflow" else array.library
