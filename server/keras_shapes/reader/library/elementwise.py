"""Functions item by item: `exp`, `clip`, `where`, `maximum`, `cast`, comparisons."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from keras_shapes.data import Array
from keras_shapes.model import Unknown
from keras_shapes.reader.library import arithmetic, bounds, dtypes, indexing, plain, sizes
from keras_shapes.reader.library.arrays import as_array, changed, number, rows_of, shape_of
from keras_shapes.reader.library.creation import cast
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.reducing import places
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.values import Value

_LIBRARIES = ("numpy", "tensorflow", "tensorflow.math", "keras.ops", "keras.backend")
_FLOATING = """
    exp expm1 log log2 log10 log1p sqrt rsqrt cbrt sin cos tan arcsin arccos arctan sinh cosh tanh arctanh sinc
    asin acos atan atanh deg2rad rad2deg degrees radians sigmoid softmax log_softmax softplus elu gelu selu silu swish
    erf reciprocal i0 hamming_window exp2 fabs
""".split()
_KEEPING = """
    abs absolute sign square negative relu relu6 leaky_relu nan_to_num floor ceil round rint around trunc fix conj
    conjugate positive invert bitwise_not stop_gradient real
""".split()
_TWO = {
    "add": "add",
    "subtract": "sub",
    "multiply": "mul",
    "divide": "truediv",
    "true_divide": "truediv",
    "floor_divide": "floordiv",
    "mod": "mod",
    "remainder": "mod",
    "floormod": "mod",
    "power": "pow",
    "pow": "pow",
    "maximum": "maximum",
    "minimum": "minimum",
    "fmax": "maximum",
    "fmin": "minimum",
    "float_power": "pow",
    "divide_no_nan": "truediv",
    "arctan2": "arctan2",
    "atan2": "arctan2",
    "hypot": "hypot",
    "squared_difference": "sub",
}
_COMPARING = """
    equal not_equal greater greater_equal less less_equal logical_and logical_or logical_xor isclose isnan isinf
    isfinite logical_not is_nan is_inf
""".split()


def _paths(names: list[str]) -> list[str]:
    found = [f"{library}.{name}" for library in _LIBRARIES for name in names]
    return [*found, *(f"tensorflow.nn.{name}" for name in names)]


@function(*_paths(_FLOATING))
def _floating(call: LibraryCall) -> Value:
    array = _kept_array(call, "x", "a", "input", "logits", "features", "arr")
    name = call.path.rpartition(".")[2]
    dtype = array.dtype if dtypes.is_floating(array.dtype) else "float64" if call.library == "numpy" else None
    if name == "i0":
        return changed(array, array.shape, dtype)
    if name == "reciprocal" and dtypes.is_integer(array.dtype):
        dtype = array.dtype
    if array.dtype is None or (array.dtype not in {"int64", "int32"} and not dtypes.is_floating(array.dtype)):
        dtype = None
    between = (0, 1) if name in {"sigmoid", "softmax"} else (-1, 1) if name in {"sin", "cos", "tanh"} else (None, None)
    return arithmetic.number_or_array(
        changed(array, array.shape, dtype, minimum=between[0], maximum=between[1], library=_library(array, call))
    )


@function(*_paths(_KEEPING))
def _keeping(call: LibraryCall) -> Value:
    array = _kept_array(call, "x", "a", "input", "features", "val")
    name = call.path.rpartition(".")[2]
    low, high = array.minimum, array.maximum
    if name in {"abs", "absolute"}:
        low, high = bounds.absolute((low, high))
    elif name not in {"nan_to_num", "stop_gradient", "conj", "conjugate", "positive", "real"}:
        low, high = None, None
    dtype = array.dtype
    if name in {"round", "around", "floor", "ceil", "rint", "trunc", "fix"} and not dtypes.is_floating(dtype):
        dtype = None
    slope = name == "leaky_relu" and not dtypes.is_floating(dtype)
    if array.dtype == "bool" or slope or (array.library == "numpy" and name.startswith("relu")):
        dtype = None
    known = array.values is not None and array.shape == () and array.library != "tensorflow"
    if known and name in {"ceil", "floor", "round", "abs", "trunc"}:
        return _rounded(name, array, call)
    if name == "real" and array.shape == ():
        return array
    return arithmetic.number_or_array(
        changed(array, array.shape, dtype, minimum=low, maximum=high, library=_library(array, call))
    )


@function(*_paths(list(_TWO)))
def _two(call: LibraryCall) -> Value:
    left, right = (_operand(call, value) for value in (call.value("x", "x1", "a"), call.value("y", "x2", "b")))
    name = call.path.rpartition(".")[2]
    if name == "divide" and call.path.startswith("tensorflow.") and as_array(left).dtype == "bool":
        raise GiveUp("truths that are divided")
    # Functions promote their arguments as operators do.
    result = arithmetic.operation(_TWO[name], left, right)
    if name == "squared_difference":
        result = replace(indexing.stored(result), minimum=0 if dtypes.is_floating(result.dtype) else None)
    if name == "float_power":
        result = replace(result, dtype="float64" if call.library == "numpy" else None)
    if call.path.startswith("keras.") and _TWO[name] == "truediv" and not dtypes.is_floating(as_array(left).dtype):
        result = replace(result, dtype=None)
    return arithmetic.number_or_array(replace(result, library=_library(result, call)))


@function(*_paths(_COMPARING))
def _comparing(call: LibraryCall) -> Value:
    first = call.value("x", "x1", "input", "a")
    second = call.value("x2", "y", "b", default=None)
    values = [first] if second is None else [first, second]
    result = arithmetic.elementwise(*values, dtype="bool")
    return arithmetic.number_or_array(replace(result, library=_library(result, call)))


@function("numpy.clip", "tensorflow.clip_by_value", "keras.ops.clip", "keras.backend.clip")
def _clip(call: LibraryCall) -> Value:
    array = _kept_array(call, "a", "t", "x")
    low = call.value("a_min", "min", "clip_value_min", "x_min", "min_value", default=None)
    high = call.value("a_max", "max", "clip_value_max", "x_max", "max_value", default=None)
    kinds = [type(value).__name__ for value in (low, high) if isinstance(value, (int, float))]
    dtype = reduce(dtypes.promote_plain, kinds, array.dtype) if len(kinds) == 2 else None
    if array.dtype == "bool" and call.library != "numpy":
        dtype = None
    minimum, maximum = plain.number(low), plain.number(high)
    if minimum is None or maximum is None:
        minimum = maximum = None
    elif array.minimum is not None and array.maximum is not None:
        minimum, maximum = max(array.minimum, minimum), min(array.maximum, maximum)
    if minimum is not None and maximum is not None and minimum > maximum:
        minimum = maximum = None
    return arithmetic.number_or_array(changed(array, array.shape, dtype, minimum=minimum, maximum=maximum))


@function("numpy.where", "tensorflow.where", "keras.ops.where", "tensorflow.compat.v1.where", "keras.backend.switch")
def _where(call: LibraryCall) -> Value:
    if not call.has("x", "x1", "then_expression"):
        return _places_of(call)
    condition = call.value("condition")
    first, second = call.value("x", "x1", "then_expression"), call.value("y", "x2", "else_expression")
    result = arithmetic.elementwise(condition, first, second, dtype=_dtype_of_either(first, second))
    arrays = [as_array(first), as_array(second)]
    from keras_shapes.reader.library.arrays import bounds_of_all

    low, high = bounds_of_all(arrays)
    if call.library == "tensorflow" and len({array.dtype for array in arrays}) > 1:
        result = replace(result, dtype=None)
    return replace(result, minimum=low, maximum=high, library=_library(result, call))


def _places_of(call: LibraryCall) -> Value:
    if call.path.startswith("keras."):
        raise GiveUp("the places at which a condition holds")
    if call.library == "numpy":
        return places(call.array("condition"), "nonzero")
    found = places(call.array("condition"), "argwhere")
    return replace(found, library="tensorflow") if isinstance(found, Array) else found


@function("tensorflow.cast", "keras.ops.cast", "keras.backend.cast", "tensorflow.saturate_cast")
def _cast(call: LibraryCall) -> Value:
    array = call.array("x", "value")
    result = replace(cast(array, call.type_argument("dtype") or "float32"), library="tensorflow")
    return indexing.stored(result) if call.path.endswith("saturate_cast") else result


@function("keras.backend.cast_to_floatx")
def _cast_to_floatx(call: LibraryCall) -> Value:
    return cast(call.array("x"), "float32")


@function("tensorflow.to_float", "tensorflow.to_int32", "tensorflow.to_int64")
def _to(call: LibraryCall) -> Value:
    return replace(cast(call.array("x"), call.path.rpartition("_")[2]), library="tensorflow")


@function("scipy.stats.zscore")
def _z_score(call: LibraryCall) -> Value:
    array = call.array("a")
    return changed(array, array.shape, None)


@function("keras.backend.batch_flatten")
def _batch_flatten(call: LibraryCall) -> Value:
    array = call.array("x")
    return changed(array, (rows_of(array), sizes.volume(shape_of(array)[1:])), array.dtype)


@function("numpy.isin", "numpy.in1d")
def _isin(call: LibraryCall) -> Value:
    array = call.array("element", "ar1")
    call.value("ar2", default=None)
    flat = call.path.endswith("in1d")
    return changed(array, (sizes.volume(shape_of(array)),) if flat else array.shape, "bool")


@function("numpy.vectorize", "numpy.diff", "numpy.gradient", "numpy.convolve", "numpy.interp")
def _length_changes(call: LibraryCall) -> Value:
    raise GiveUp(f"the length after {call.path.rpartition('.')[2]} is not read")


@function(
    *(
        f"numpy.{name}"
        for name in (
            "float16",
            "float32",
            "float64",
            "int8",
            "int16",
            "int32",
            "int64",
            "uint8",
            "uint16",
            "uint32",
            "uint64",
            "bool_",
            "float_",
            "int_",
            "double",
            "single",
        )
    )
)
def _as_type(call: LibraryCall) -> Value:
    value = call.value("value", "x")
    name = call.path.rpartition(".")[2]
    dtype = dtypes.dtype_of(name)
    if dtype is None:
        raise GiveUp("a number that is not known here")
    if isinstance(value, Unknown):
        return Unknown(value.reason, value.span, value.name, dtypes.kind_of(dtype), value.key)
    known = plain.number(value) if not isinstance(value, Array) else None
    if known is not None:
        return number(_converted(known, dtype), dtype)
    return cast(as_array(value), dtype)


def _converted(known: float, dtype: str) -> int | float | bool:
    try:
        return bool(known) if dtype == "bool" else int(known) if dtypes.is_integer(dtype) else float(known)
    except (OverflowError, ValueError):
        raise GiveUp("a number that does not fit its type") from None


def _kept_array(call: LibraryCall, *names: str) -> Array:
    """The argument of a function that gives a series for a series."""
    value = call.value(*names)
    array = as_array(value)
    return array if array.library == "pandas" else call.own(value)


def _operand(call: LibraryCall, value: Value) -> Value:
    """An operand as the called library takes it: TensorFlow and Keras make tensors of all but plain numbers."""
    plain_number = isinstance(value, (bool, int, float)) or (isinstance(value, Unknown) and value.kind is not None)
    return value if call.library == "numpy" or plain_number else call.own(value)


def _dtype_of_either(first: Value, second: Value) -> str | None:
    if all(isinstance(value, (bool, int, float)) for value in (first, second)):
        return dtypes.promote(dtypes.dtype_of_item(first), dtypes.dtype_of_item(second))
    return arithmetic.promoted([first, second])


def _rounded(name: str, array: Array, call: LibraryCall) -> Value:
    assert array.values is not None
    (value,) = array.values
    if not isinstance(value, (int, float)) or not abs(value) < 2**53:
        raise GiveUp("a number that is not known here")
    if isinstance(value, int) and name in {"ceil", "floor", "trunc", "round"}:
        raise GiveUp("a number whose type depends on the version of numpy")
    known = float(value)
    result = {
        "ceil": -(-known // 1),
        "floor": known // 1,
        "round": float(round(known, call.number("decimals", default=0))),
        "trunc": float(int(known)),
        "abs": abs(value),
    }[name]
    return number(result, "int64" if name == "abs" and isinstance(value, int) else "float64")


def _library(array: Array, call: LibraryCall) -> str:
    return "tensorflow" if call.library == "tensorflow" else array.library
