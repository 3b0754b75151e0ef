"""Functions that make arrays: `zeros`, `arange`, `array`, `eye`, `meshgrid`, of numpy, TensorFlow and Keras."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.library import bounds, dtypes, marks, plain, polynomials, sizes
from keras_shapes.reader.library.arrays import (
    as_array,
    changed,
    new,
    numpy_array,
    of_values,
    opaque,
    reshaped,
    shape_argument,
    size_argument,
    tensor,
    why,
)
from keras_shapes.reader.library.giving_up import GiveUp, Uneven
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.library.sizes import Shape
from keras_shapes.reader.values import Value

_MOST_LISTED = 1_000
_OF_ITEMS = marks.OF_VALUES | {Fact.TEXTS, Fact.GREATEST}


@function("numpy.zeros", "numpy.ones", "numpy.empty", "tensorflow.zeros", "tensorflow.ones", "keras.ops.zeros")
def _filled(call: LibraryCall) -> Value:
    # No bounds: such arrays are made to be written into.
    return new(shape_argument(call.value("shape")), _dtype(call), library=call.library)


@function("keras.ops.ones", "keras.ops.empty", "keras.backend.zeros", "keras.backend.ones", "tensorflow.Variable")
def _filled_too(call: LibraryCall) -> Value:
    if call.path == "tensorflow.Variable":
        return _converted(call)
    return _filled(call)


@function("numpy.full", "keras.ops.full", "tensorflow.fill", "tensorflow.constant_initializer")
def _full(call: LibraryCall) -> Value:
    shape = shape_argument(call.value("shape", "dims"))
    filling = as_array(call.value("fill_value", "value"), call.library)
    if call.path == "tensorflow.constant_initializer":
        raise GiveUp("an initializer")
    default = "float32" if call.path == "keras.ops.full" else filling.dtype
    return new(shape, _dtype(call, default), library=call.library)


@function(
    "numpy.zeros_like",
    "numpy.ones_like",
    "numpy.empty_like",
    "tensorflow.zeros_like",
    "tensorflow.ones_like",
    "keras.ops.zeros_like",
    "keras.ops.ones_like",
    "keras.ops.empty_like",
)
def _like(call: LibraryCall) -> Value:
    array = call.array("a", "x", "input", "prototype")
    dtype = dtypes.dtype_of(call.type_argument("dtype")) if call.has("dtype") else array.dtype
    return changed(array, _shape_like(call, array), dtype, library=call.library)


def _shape_like(call: LibraryCall, array: Array) -> Shape | None:
    """The shape of a prototype, unless another one is asked for."""
    given = call.value("shape", default=None) if call.library == "numpy" else None
    return array.shape if given is None else shape_argument(given)


@function("numpy.full_like", "keras.ops.full_like")
def _full_like(call: LibraryCall) -> Value:
    array = call.array("a", "x")
    dtype = dtypes.dtype_of(call.type_argument("dtype")) if call.has("dtype") else array.dtype
    return changed(array, _shape_like(call, array), dtype, library=call.library)


@function("numpy.eye", "numpy.identity", "tensorflow.eye", "keras.ops.eye", "keras.ops.identity")
def _eye(call: LibraryCall) -> Value:
    rows = size_argument(call.value("N", "n", "num_rows"))
    columns = size_argument(call.value("M", "num_columns")) if _has_columns(call) else rows
    dtype = dtypes.dtype_of(call.type_argument("dtype")) if call.has("dtype") else _default(call)
    # Its rows are one-hot, which is what `np.eye(10)[y]` is made of.
    whole = {Fact.ONE_HOT} if sizes.same(rows, columns) else set()
    return new((rows, columns), dtype, library=call.library, low=0, high=1, provenance=whole)


@function("numpy.array", "numpy.asarray", "numpy.asanyarray", "numpy.ascontiguousarray", "numpy.copy", "numpy.matrix")
def _array(call: LibraryCall) -> Value:
    dtype = call.type_argument("dtype", default=None)
    if isinstance(dtype, (list, dict)):
        raise GiveUp("items with fields")
    try:
        given = _with_rank(call.array("object", "a"), call)
    except Uneven as uneven:
        if call.has("ndmin") or (dtype is not None and not dtypes.is_number(dtypes.dtype_of(dtype))):
            raise
        return new((uneven.items,), "object", "", call.span, provenance={Fact.UNEVEN})
    if call.path.endswith("ascontiguousarray") and given.shape == ():
        given = reshaped(given, (1,))
    made = cast(given if dtypes.dtype_of(dtype) == "object" else of_lists(given), dtype)
    return made if call.path.startswith("numpy.as") else replace(made, memory=object())


def _with_rank(array: Array, call: LibraryCall) -> Array:
    """The array with so many axes at least as `ndmin` says; the new ones stand in front."""
    least = call.number("ndmin", default=0) if call.path == "numpy.array" else 0
    if least == 0:
        return array
    if array.shape is None:
        raise GiveUp(Unknown(why(array), array.span))
    missing = least - len(array.shape)
    return array if missing <= 0 else reshaped(array, (1,) * missing + array.shape)


def of_lists(array: Array) -> Array:
    """The array of a Python list; that of a list of lists can only be made where these are of one length."""
    if Fact.PYTHON_LIST not in array.provenance:
        return array
    array = replace(array, provenance=array.provenance - {Fact.PYTHON_LIST})
    if Fact.RAGGED not in array.provenance or array.shape is None:
        return array
    shape = (*array.shape, sizes.unknown_size("the length of lists"))
    return replace(array, shape=shape, dtype="int64", provenance=array.provenance - {Fact.RAGGED})


@function(
    "tensorflow.constant",
    "tensorflow.convert_to_tensor",
    "tensorflow.identity",
    "keras.ops.convert_to_tensor",
    "keras.ops.array",
    "keras.backend.constant",
    "keras.backend.variable",
)
def _converted(call: LibraryCall) -> Value:
    value = call.value("value", "x", "input", "initial_value")
    array = of_lists(tensor(value))
    dtype = call.type_argument("dtype", default=None)
    if call.path.startswith("keras.") and array.dtype == "float64" and not isinstance(value, Array):
        array = replace(array, dtype="float32")
    if call.path == "tensorflow.constant" and call.has("shape"):
        array = reshaped(array, shape_argument(call.value("shape")))
        return cast(new(array.shape, array.dtype, library="tensorflow"), dtype)
    return cast(array, dtype)


@function("keras.ops.convert_to_numpy", "keras.backend.get_value", "keras.backend.eval", "tensorflow.make_ndarray")
def _to_numpy(call: LibraryCall) -> Value:
    return replace(numpy_array(as_array(call.value("x"))), library="numpy")


@function("numpy.arange", "tensorflow.range", "keras.ops.arange", "keras.backend.arange")
def _arange(call: LibraryCall) -> Value:
    numbers = call.rest()[:3]
    names = (("start",), ("stop", "limit"), ("step", "delta"))
    given = [numbers[i] if i < len(numbers) else call.value(*names[i], default=None) for i in range(3)]
    if given[1] is None:
        given = [0, given[0], given[2]]
    start, stop, step = (0 if given[0] is None else given[0]), given[1], (1 if given[2] is None else given[2])
    dtype = _dtype(call, _dtype_of_range(call, start, stop, step))
    known = plain.numbers([start, stop, step])
    if known is not None:
        return _known_range(call, (known[0], known[1], known[2]), dtype)
    if start == 0 and step == 1 and isinstance(stop, Unknown) and stop.kind in {"int", "numpy int"}:
        return new((stop,), dtype, library=call.library, low=0, high=None if stop.high is None else stop.high - 1)
    return new((sizes.unknown_size("a range of unknown length"),), dtype, library=call.library)


@function("numpy.linspace", "numpy.logspace", "numpy.geomspace", "tensorflow.linspace", "keras.ops.linspace")
def _linspace(call: LibraryCall) -> Value:
    first, last = call.array("start"), call.array("stop")
    count = size_argument(call.value("num", default=50))
    shape = None if first.shape is None or last.shape is None else (count, *sizes.broadcast(first.shape, last.shape))
    dtype = dtypes.dtype_of(call.type_argument("dtype")) if call.has("dtype") else None
    straight = call.path.endswith("linspace")
    if call.number("axis", default=0) != 0 or call.flag("retstep"):
        raise GiveUp(f"this {call.path.rpartition('.')[2]} is not read")
    if dtype is None and straight and call.library == "numpy":
        dtype = "float64"
    bounds = [value for array in (first, last) for value in (array.minimum, array.maximum)]
    if straight and None not in bounds and dtypes.is_floating(dtype):
        known = [value for value in bounds if value is not None]
        return new(shape, dtype, library=call.library, low=min(known), high=max(known))
    return new(shape, dtype, library=call.library)


@function("numpy.meshgrid", "tensorflow.meshgrid", "keras.ops.meshgrid")
def _meshgrid(call: LibraryCall) -> Value:
    arrays = [call.own(value) for value in call.rest()]
    lengths = [sizes.volume(array.shape) if array.shape is not None else None for array in arrays]
    if call.flag("sparse"):
        raise GiveUp("a sparse grid")
    if len(arrays) > 1 and call.value("indexing", default="xy") == "xy":
        lengths[:2] = lengths[1::-1]
    return [changed(array, tuple(lengths), array.dtype, source=object()) for array in arrays]


@function("numpy.diag", "tensorflow.linalg.diag", "keras.ops.diag")
def _diag(call: LibraryCall) -> Value:
    array = call.array("v", "x", "diagonal")
    if array.shape is None or len(array.shape) != 1 or call.number("k", default=0):
        return opaque(array, dtype=array.dtype)
    if call.path == "tensorflow.linalg.diag" and (call.has("num_rows") or call.has("num_cols")):
        return opaque(array, dtype=array.dtype)
    return changed(array, (array.shape[0], array.shape[0]), array.dtype)


@function("numpy.fromfunction", "numpy.fromiter", "numpy.frombuffer", "numpy.fromfile", "numpy.fromstring")
def _from_elsewhere(call: LibraryCall) -> Value:
    name = call.path.rpartition(".")[2]
    for name_of_argument, _ in call.named():
        call.value(name_of_argument, default=None)  # nothing is said of the result
    return new(None, None, origin=f"np.{name}", span=call.span)


@function("numpy.indices")
def _indices(call: LibraryCall) -> Value:
    shape = shape_argument(call.value("dimensions"))
    if call.flag("sparse"):
        raise GiveUp("sparse indices")
    return new((len(shape), *shape), _dtype(call, "int64"))


def cast(array: Array, dtype: Value) -> Array:
    """The array with another type of items; bounds hold where the type can hold them."""
    if dtype is None:
        return array
    name = dtypes.dtype_of(dtype)
    low, high = array.minimum, array.maximum
    if dtypes.is_integer(name) and low is not None and high is not None:
        low, high = math.trunc(low), math.trunc(high)
    whole = dtypes.is_integer(name) and bounds.within((low, high), dtypes.limits(name or ""))
    if not whole and not dtypes.is_floating(name):
        return changed(array, array.shape, name, columns=array.columns, provenance=array.provenance - _OF_ITEMS)
    exact = array.values if dtypes.is_integer(array.dtype) and dtypes.is_integer(name) else None
    return replace(array, dtype=name, minimum=low, maximum=high, values=array.values if name == array.dtype else exact)


def _known_range(call: LibraryCall, numbers: tuple[float, float, float], dtype: str | None) -> Value:
    start, stop, step = numbers
    if step == 0 or not all(math.isfinite(value) for value in (start, stop, step)):
        raise GiveUp("a range of unknown length")
    count = max(0, math.ceil((stop - start) / step))
    if count == 0:
        return new((0,), dtype, library=call.library)
    if not all(isinstance(value, int) for value in (start, stop, step)):
        return new((count,), dtype, library=call.library)
    if count <= _MOST_LISTED:
        values = tuple(range(int(start), int(stop), int(step)))
        return cast(of_values(values, (count,), "int64", call.library), dtype)
    array = as_array(range(int(start), int(stop), int(step)), call.library)
    return cast(replace(array, dtype="int64"), dtype)


def _dtype_of_range(call: LibraryCall, *numbers: Value) -> str | None:
    kinds = {dtypes.dtype_of_item(number) for number in numbers}
    if kinds == {"int64"}:
        return "int64" if call.library == "numpy" else "int32"
    if kinds <= {"int64", "float64"}:
        return "float64" if call.library == "numpy" else "float32"
    return None


def _dtype(call: LibraryCall, default: str | None = "") -> str | None:
    if call.has("dtype"):
        return dtypes.dtype_of(call.type_argument("dtype"))
    return _default(call) if default == "" else default


def _default(call: LibraryCall) -> str:
    return "float32" if call.library == "tensorflow" else "float64"


def _has_columns(call: LibraryCall) -> bool:
    return "identity" not in call.path and call.has("M", "num_columns")


def sizes_of(values: Sequence[Value]) -> tuple[Size, ...]:
    """Sizes given one by one: `x.reshape(3, -1)`."""
    if len(values) == 1 and not isinstance(values[0], (int, NumpyNumber)):
        return shape_argument(values[0])
    return shape_argument(tuple(values))


def filled_in(shape: Sequence[Size], array: Array) -> tuple[Size, ...]:
    """A shape with -1 for the size that follows from the others."""
    open_axes = [axis for axis, size in enumerate(shape) if size == -1]
    if not open_axes:
        return tuple(shape)
    if len(open_axes) > 1:
        raise GiveUp("a shape with two open sizes")
    rest = sizes.volume([size for size in shape if size != -1])
    everything = None if array.shape is None else sizes.volume(array.shape)
    if array.shape is None and rest is not None:
        # The count is that of these items in groups of so many: the same wherever they are put into such groups.
        key = ("groups", array.source, polynomials.key_of(rest) if isinstance(rest, Unknown) else rest)
        return tuple(sizes.unknown_size(why(array), key) if size == -1 else size for size in shape)
    return tuple(_rest(everything, rest) if size == -1 else size for size in shape)


def _rest(everything: Size, rest: Size) -> Size:
    if everything is None or rest is None:
        return None if rest is not None else sizes.unknown_size("reshape of unknown data")
    result = polynomials.divide(everything, rest)
    if result is not None:
        return result
    if isinstance(everything, int) and isinstance(rest, int):
        raise GiveUp(f"{everything} items cannot be put into groups of {rest}")
    return polynomials.combined("//", everything, rest)
