"""What changes arrays, data frames and other objects in place: stores, `del`, attributes, `+=`, methods."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from keras_shapes.data import Array, Fact
from keras_shapes.model import Unknown
from keras_shapes.reader.library import arithmetic, bounds, dtypes, frames, indexing, objects, shaping, sizes
from keras_shapes.reader.library.arrays import as_array, moved, opaque, shape_argument
from keras_shapes.reader.library.creation import sizes_of
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import FORGOTTEN, LibraryObject
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.values import Value

_WRITERS: Final = frozenset("fill put itemset setfield".split())
_SORTERS: Final = frozenset({"sort", "partition"})
CHANGING: Final = _WRITERS | _SORTERS | {"resize", "byteswap", "setflags"}
"""The methods that change a numpy array in place."""
_HARMLESS_OF_FRAMES: Final = frozenset(
    """
    agg aggregate align all any asfreq asof at_time between_time bool boxplot cat combine combine_first compare corrwith
    cummax cummin cumprod dot dt eq equals eval ewm explode first first_valid_index floordiv from_dict from_records
    ge get groupby gt hist idxmax idxmin iloc infer_objects info isetitem items iterrows itertuples join keys kurtosis
    last_valid_index le loc lt mad melt memory_usage mod mode ne nlargest nsmallest pipe pivot plot pop pow product
    radd rdiv reindex reindex_like reorder_levels repeat rmul rpow rsub searchsorted sem slice_shift stack str sub
    swapaxes swaplevel take to_clipboard to_csv to_dict to_excel to_feather to_frame to_hdf to_html to_json to_latex
    to_list to_markdown to_numpy to_parquet to_period to_pickle to_records to_sql to_string to_timestamp transform
    transpose truncate tz_convert tz_localize unstack value_counts view xs argmax argmin array autocorr cumsum
    factorize item map ravel searchsorted tolist unique nunique head tail describe copy
    """.split()
)
_HARMLESS_OF_IMAGES: Final = frozenset(
    """
    entropy getbands getbbox getchannel getcolors getdata getexif getextrema getpalette getpixel getprojection histogram
    tobitmap tobytes toqimage toqpixmap tell verify load fileno
    """.split()
)


def store(value: Value, index: Value, given: Value, call: LibraryCall) -> None:
    """`value[index] = given`."""
    match value:
        case Array(library="pandas"):
            call.become(value, _series_after(value, index))
        case LibraryObject(kind=objects.FRAME):
            _change_frame(value, frames.stored(value, index, given), call)
        case Array():
            after = _with_number(value, index, given)
            call.write(value) if after is None else call.become(value, after)
        case LibraryObject(kind="pandas.iloc" | "pandas.iat", facts={"of": of}):
            _change(of, indexing.stored(as_array(of)), call)
        case LibraryObject(kind="pandas.loc" | "pandas.at" | "pandas.ix", facts={"of": of}):
            _change(of, frames.stored_by_label(as_array(of), index, given), call)
        case LibraryObject():
            forget(value, "an item of it was set", call)


def _with_number(array: Array, index: Value, given: Value) -> Array | None:
    """The array after one of its items became a whole number; None where that is not what happens."""
    places, low, high = index if isinstance(index, tuple) else (index,), array.minimum, array.maximum
    if type(given) is not int or low is None or high is None or not _is_item(array, places):
        return None
    if not dtypes.is_integer(array.dtype) or not bounds.within((given, given), dtypes.limits(array.dtype or "")):
        return None
    occurs = {Fact.GREATEST} if given >= high else set()
    stored = indexing.stored(array)
    return replace(stored, minimum=min(low, given), maximum=max(high, given), provenance=stored.provenance | occurs)


def _is_item(array: Array, places: tuple[Value, ...]) -> bool:
    shape = array.shape
    if shape is None or len(shape) != len(places):
        return False
    return all(
        type(place) is int and isinstance(size, int) and -size <= place < size
        for place, size in zip(places, shape, strict=True)
    )


def delete(value: Value, index: Value, call: LibraryCall) -> None:
    """`del value[index]`."""
    match value:
        case LibraryObject(kind=objects.FRAME):
            _change_frame(value, frames.without(as_array(value), index), call)
        case Array(library="pandas"):
            call.become(value, frames.rows_changed(value, sizes.unknown_size("an item was deleted")))
        case LibraryObject():
            forget(value, "an item of it was deleted", call)


def set_attribute(value: Value, name: str, given: Value, call: LibraryCall) -> None:
    """`value.name = given`."""
    match value:
        case LibraryObject(kind=objects.FRAME):
            _change_frame(value, frames.with_attribute(as_array(value), name, given), call)
        case Array(library="pandas"):
            if name == "index":
                call.become(value, replace(value, source=object()))
        case Array():
            call.become(value, _array_with(value, name, given))
        case LibraryObject():
            forget(value, f"{name} of it was set", call)
            call.change(value.facts, name, given)


def augmented(operator: str, value: Value, given: Value, call: LibraryCall) -> Value | None:
    """What `value` is after `value <operator>= given`, under every name; None where it is not changed in place."""
    match value:
        case Array(library="numpy" | "pandas", shape=shape) if shape != () and operator != "matmul":
            after = _after_operation(operator, value, given)
            call.become(value, after)
            return after
        case LibraryObject(kind=objects.FRAME):
            _change_frame(value, _after_operation(operator, as_array(value), given), call)
            return value
        case _:
            return None


def unread_method(value: Value, name: str, call: LibraryCall) -> None:
    """A method that is not known was called: it may have changed its object."""
    in_place = any(key == "inplace" and one is not False for key, one in call.named())
    match value:
        case LibraryObject(kind=objects.FRAME) if in_place or name not in _HARMLESS_OF_FRAMES:
            forget(value, f"{name}() is not read", call)
        case LibraryObject(kind=objects.IMAGE) if name not in _HARMLESS_OF_IMAGES:
            forget(value, f"{name}() is not read", call)
        case LibraryObject(kind=kind) if kind not in objects.ARRAY_LIKE:
            forget(value, f"{name}() is not read", call)
        case Array(library="pandas") if in_place or name not in _HARMLESS_OF_FRAMES:
            call.become(value, opaque(value, dtype=None))


def forget(value: LibraryObject, reason: str, call: LibraryCall) -> None:
    """Nothing is known of an object any more."""
    unknown = Unknown(reason, call.span)
    fact = "array" if value.kind in objects.ARRAY_LIKE else FORGOTTEN
    call.change(value.facts, fact, unknown)


def method_of_array(array: Array, name: str, call: LibraryCall) -> Value:
    """A method of a numpy array that changes it in place."""
    if name in _SORTERS:
        call.become(array, replace(moved(array, array.shape), source=object()))
    elif name == "resize":
        shape = sizes_of(call.rest() or [call.value("new_shape")])
        call.value("refcheck", default=True)
        call.become(array, opaque(array, shape=shape, dtype=array.dtype))
    elif name == "byteswap":
        if call.value("inplace", default=False) is not False:
            call.write(array)
        return opaque(array, shape=array.shape, dtype=array.dtype)
    elif name != "setflags":
        call.write(array)
    return None


@function("numpy.put", "numpy.place", "numpy.copyto", "numpy.fill_diagonal", "numpy.putmask", "numpy.put_along_axis")
def _write(call: LibraryCall) -> Value:
    target = call.value("a", "arr", "dst")
    if isinstance(target, Array):
        call.write(target)
    return None


@function("numpy.random.shuffle", "random.shuffle")
def _shuffle(call: LibraryCall) -> Value:
    target = call.value("x")
    if isinstance(target, Array):
        call.become(target, replace(moved(target, target.shape, keep={Fact.ONE_HOT}), source=object()))
    elif isinstance(target, LibraryObject):
        forget(target, "it was shuffled", call)
    return None


def written_by(owner: Value, call: LibraryCall) -> None:
    """What a call wrote into its argument `out`, or into the one that it may use for its work."""
    named = call.named()
    options = [(one.name, one.value) for one in owner.arguments] if isinstance(owner, LibraryObject) else named
    if ("copy", False) in options and named and isinstance(named[0][1], Array):
        call.write(named[0][1])
    for name, value in named:
        if name == "out" and isinstance(value, Array):
            call.write(value)
        first = named[0][1]
        if name == "overwrite_input" and value is not False and isinstance(first, Array):
            call.write(first)


def _change(owner: Value, array: Array, call: LibraryCall) -> None:
    if isinstance(owner, LibraryObject):
        _change_frame(owner, array, call)
    elif isinstance(owner, Array):
        call.become(owner, array)


def _change_frame(owner: LibraryObject, array: Array, call: LibraryCall) -> None:
    call.change(owner.facts, "array", replace(array, library="pandas"))


def _series_after(series: Array, index: Value) -> Array:
    """A series after a store: a label that it does not have makes it longer."""
    rows = series.shape[0] if series.shape else None
    inside = isinstance(index, int) and isinstance(rows, int) and 0 <= index < rows
    if inside or isinstance(index, slice) or (isinstance(index, Array) and index.dtype == "bool"):
        return indexing.stored(series)
    if series.shape is None:
        return indexing.stored(series)
    return frames.rows_changed(indexing.stored(series), sizes.unknown_size("an item was set that may be new"))


def _array_with(array: Array, name: str, given: Value) -> Array:
    match name:
        case "shape":
            return shaping.reshape(array, shape_argument(given))
        case "dtype":
            return opaque(array, dtype=None)
        case _:
            return indexing.stored(array)


def _after_operation(operator: str, array: Array, given: Value) -> Array:
    try:
        result = arithmetic.operation(operator, array, given)
    except GiveUp:
        return indexing.stored(array)
    if array.library == "pandas":
        return replace(result, columns=array.columns)
    return replace(result, shape=array.shape, dtype=array.dtype, memory=array.memory, library="numpy")
