"""Methods of arrays: each is the library's function with the array as its first argument, or close to one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from keras_shapes.data import Array, Dataset, Fact
from keras_shapes.model import Argument, NumpyNumber, Unknown
from keras_shapes.reader.library import accounting, dtypes, frames, in_place, objects, randomness, shaping, sizes
from keras_shapes.reader.library.arrays import as_list, changed, number, numpy_array, shape_of, why
from keras_shapes.reader.library.creation import cast, sizes_of
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.library.registry import Handler, LibraryCall, forgiving, handler_of, method_handler
from keras_shapes.reader.values import Items, Value
from keras_shapes.source import Span

_MOST_LISTED: Final = 1_000
_AS_FUNCTION: Final = frozenset(
    """
    sum max min mean std var prod argmax argmin any all cumsum cumprod dot squeeze swapaxes repeat ravel argsort
    clip round nonzero ptp take
    """.split()
)


def method_of(value: Value, name: str) -> Handler | None:
    """What calling `value.name` does; None when that is not known."""
    found = _find(value, name)
    return forgiving(found) if found is not None else None


def _find(value: Value, name: str) -> Handler | None:
    match value:
        case Array(library="pandas") | LibraryObject(kind=objects.FRAME):
            return frames.method_of(value, name)
        case Array():
            return _as_function_of_array(value, name) or _accounted(_of_array(value, name), f"ndarray.{name}")
        case Dataset():
            return _bound(f"Dataset.{name}", value)
        case LibraryObject(kind=randomness.GENERATOR):
            return _as_function(f"numpy.random.{name}", None, f"{randomness.GENERATOR}.{name}")
        case LibraryObject(kind=randomness.STATE):
            return _as_function(f"numpy.random.{name}", None)
        case LibraryObject(kind="pandas.str" | "pandas.dt" | "pandas.cat", facts={"of": Array() as series}):
            return None if name in {"get_dummies", "split", "extract", "cat"} else lambda _call: _same_rows(series)
        case LibraryObject(kind=kind):
            return _bound(f"{kind}.{name}", value)
        case NumpyNumber():
            return _accounted(_of_number(value, name), f"ndarray.{name}")
        case tuple() if name in {"as_list", "num_elements"}:
            return lambda _call: list(value) if name == "as_list" else sizes.volume(value)
        case _:
            return None


def _bound(path: str, value: Value) -> Handler | None:
    handler = method_handler(path)
    return None if handler is None else lambda call: handler(value, replace(call, path=path))


def _same_rows(series: Array) -> Value:
    return changed(series, series.shape, None, library="pandas")


def _of_array(array: Array, name: str) -> Handler | None:
    match name:
        case "reshape":
            return lambda call: shaping.reshape(shaping.in_order(array, call), sizes_of(_shape_arguments(call)))
        case "transpose":
            return lambda call: shaping.transpose(array, _axes(call))
        case "astype":
            return lambda call: cast(array, _or_float(call.type_argument("dtype")))
        case "flatten":
            return lambda call: replace(shaping.reshape(shaping.in_order(array, call), (-1,)), memory=object())
        case "copy" | "clone" | "asnumpy":
            return lambda _call: replace(array, memory=object())
        case "view" | "__array__":
            return lambda _call: array
        case "numpy" | "toarray" | "todense":
            plain = replace(numpy_array(array), library="numpy", provenance=array.provenance - {Fact.SPARSE})
            return lambda _call: plain
        case "tolist":
            return lambda _call: tolist(array)
        case "item":
            return lambda call: _item(array, call.span)
        case "get_shape":
            return lambda _call: _shape(array)
        case _ if name in in_place.CHANGING:
            return lambda call: in_place.method_of_array(array, name, call)
        case "eval":
            return lambda _call: replace(array, library="numpy")
        case _:
            return None


def _accounted(handler: Handler | None, signature: str) -> Handler | None:
    """A handler that reads its arguments by the signature of a method."""
    if handler is None:
        return None
    accounted = accounting.of_function(handler)
    return lambda call: accounted(replace(call, signature=signature))


def _as_function_of_array(array: Array, name: str) -> Handler | None:
    if name not in _AS_FUNCTION:
        return None
    library = {"tensorflow": "tensorflow", "keras": "keras.ops"}.get(array.library, "numpy")
    return _as_function(f"{library}.{name}", array) or _as_function(f"numpy.{name}", array)


def _or_float(dtype: Value) -> Value:
    return "float64" if dtype is None else dtype


def _as_function(path: str, array: Array | None, signature: str = "") -> Handler | None:
    handler = handler_of(path)
    if handler is None:
        return None

    def call_function(call: LibraryCall) -> Value:
        span = call.span or Span(0, 0)
        first = () if array is None else (Argument(None, array, span, span),)
        return handler(replace(call, path=path, signature=signature, arguments=(*first, *call.arguments)))

    return call_function


def tolist(array: Array) -> Value:
    """The array as nested Python lists: its items where they are known."""
    shape = shape_of(array)
    if array.values is not None and len(shape) == 1:
        return list(array.values)
    if array.values is not None and all(isinstance(size, int) for size in shape):
        return _nested(list(array.values), [size for size in shape if isinstance(size, int)])
    if not shape:
        return Unknown(why(array), array.span)
    dtype = {"numpy int": "int64", "numpy float": "float64"}.get(dtypes.kind_of(array.dtype) or "", array.dtype)
    if 0 in shape:  # an empty list has no lists in it, and nobody knows of what it was
        array, dtype = replace(array, shape=shape[: shape.index(0) + 1]), "float64"
    return replace(as_list(array, dtype), library="numpy")


def _nested(values: list[Value], shape: list[int]) -> Value:
    if not shape:
        return values[0]
    if len(shape) == 1:
        return values
    step = len(values) // shape[0] if shape[0] else 0
    return [_nested(values[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


def _shape_arguments(call: LibraryCall) -> list[Value]:
    return call.rest() or [call.value("newshape", "shape")]


def _axes(call: LibraryCall) -> Value:
    positional = call.rest()
    if not positional:
        return call.value("axes", default=None)
    return positional[0] if len(positional) == 1 and not isinstance(positional[0], int) else tuple(positional)


def _item(array: Array, span: Span | None) -> Value:
    if array.values is not None and len(array.values) == 1:
        return array.values[0]
    return Unknown(why(array), span)


def _shape(array: Array) -> Value:
    from keras_shapes.reader.library.attributes import shape_value

    return shape_value(array)


def _of_number(value: NumpyNumber, name: str) -> Handler | None:
    match name:
        case "item" | "tolist":
            return lambda _call: value.value
        case "astype":
            return lambda call: _number_as(value, call)
        case "numpy" | "copy":
            return lambda _call: value
        case _:
            return None


def _number_as(value: NumpyNumber, call: LibraryCall) -> Value:
    dtype = dtypes.dtype_of(call.type_argument("dtype"))
    if dtype is None:
        raise GiveUp("a type that is not known here")
    return number(int(value.value) if dtypes.is_integer(dtype) else float(value.value), dtype)


def list_of(value: Value) -> list[Value]:
    """The items of a value that is iterated over; gives up where their number is not known."""
    from keras_shapes.reader.library.indexing import items

    match value:
        case Array():
            return items(value)
        case list() | tuple():
            return list(value)
        case range() if len(value) <= _MOST_LISTED:
            return list(value)
        case Items(length=length):
            raise GiveUp(length)
        case Unknown():
            raise GiveUp(value)
        case _:
            raise GiveUp("not known how many there are")
