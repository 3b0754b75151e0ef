"""Functions of pandas: `read_csv`, `DataFrame`, `Series`, `concat`, `get_dummies`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library import arithmetic, sizes
from keras_shapes.reader.library.arrays import as_array, changed, new, rows_of, shape_of, table_of
from keras_shapes.reader.library.creation import cast
from keras_shapes.reader.library.frames import array_of, boxed, columns_changed, frame, rows_changed
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.reducing import different_items
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.library.shaping import concatenate
from keras_shapes.reader.values import Items, Value

_MOST_COLUMNS = 5_000


@function(
    *(
        f"pandas.read_{kind}"
        for kind in ("csv", "table", "excel", "json", "parquet", "pickle", "hdf", "feather", "sql", "fwf", "html")
    )
)
def _read(call: LibraryCall) -> Value:
    """What is in a file is not known; its columns are where the source names them."""
    kind = call.path.rpartition(".")[2]
    path = call.value("filepath_or_buffer", "io", "path", "path_or_buf", default=None)
    origin = f"{kind}({path!r})" if isinstance(path, str) else kind
    source = object()
    rows: Size = sizes.unknown_size(f"it comes from {origin}", ("size", source, 0))
    names = _names(call.value("names", default=None))
    chosen = _names(call.value("usecols", default=None))
    if chosen is not None and names is not None:
        names = tuple(name for name in names if name in chosen) if all(isinstance(n, str) for n in chosen) else None
    width: Size = sizes.unknown_size(f"it comes from {origin}", ("size", source, 1))
    if chosen is not None:
        width = len(chosen)
    if names is not None:
        width = len(names)
    if call.has("index_col") and isinstance(width, int):
        names, width = None, width - 1
    count = call.value("nrows", default=None)
    if isinstance(count, int):
        rows = sizes.unknown_size(f"it comes from {origin}", ("size", source, 0), high=count)
    array = new((rows, width), None, origin, call.span, library="pandas", source=source)
    return frame(replace(array, columns=names))


@function("pandas.DataFrame")
def _data_frame(call: LibraryCall) -> Value:
    data = call.value("data", default=None)
    columns = _names(call.value("columns", default=None))
    call.type_argument("dtype", default=None)
    if data is None:
        if columns is None and call.has("columns"):
            raise GiveUp("columns that are not known here")
        rows = as_array(call.value("index")).shape if call.has("index") else (0,)
        return frame(replace(new(((rows or (None,))[0], len(columns or ())), None, "DataFrame"), columns=columns or ()))
    if isinstance(data, dict):
        return _of_columns(data, columns, call)
    if isinstance(data, Items) or (isinstance(data, list) and data and isinstance(data[0], dict)):
        return _of_records(data, columns, call)
    array = array_of(data)
    shape = shape_of(array)
    if len(shape) == 1:
        shape = (*shape, 1)
    if len(shape) != 2 or (columns is not None and isinstance(shape[1], int) and len(columns) != shape[1]):
        raise GiveUp("columns that do not fit the data")
    names = columns if columns is not None else array.columns
    if columns is None and call.has("columns"):
        raise GiveUp("columns that are not known here")
    if columns is not None:
        shape = (shape[0], len(columns))
    if call.has("index"):
        if array.library == "pandas":
            raise GiveUp("rows are matched by their index")
        array = replace(array, source=object())
    return frame(
        replace(
            cast(array, call.type_argument("dtype", default=None)),
            shape=shape,
            columns=names,
            origin=array.origin or "DataFrame",
        )
    )


@function("pandas.Series")
def _series(call: LibraryCall) -> Value:
    array = call.array("data")
    if len(shape_of(array)) != 1:
        raise GiveUp("a series of more than one axis")
    if call.has("index") and array.library == "pandas":
        raise GiveUp("rows are matched by their index")
    result = cast(array, call.type_argument("dtype", default=None))
    # Texts are objects in older versions.
    return replace(result, library="pandas", dtype=None if result.dtype == "str" else result.dtype)


@function("pandas.concat")
def _concat(call: LibraryCall) -> Value:
    parts = call.value("objs")
    if not isinstance(parts, (list, tuple)):
        raise GiveUp(parts if isinstance(parts, Unknown) else "data frames that are not known here")
    side_by_side = call.value("axis", default=0) in (1, "columns")
    return joined([array_of(one) for one in parts], call, side_by_side=side_by_side)


def joined(arrays: Sequence[Array], call: LibraryCall, *, side_by_side: bool) -> Value:
    """Frames and series put together, below or beside each other."""
    if call.path.endswith("merge") or not arrays:
        raise GiveUp("the rows that data frames have in common")
    ranks = {len(shape_of(array)) for array in arrays}
    if not side_by_side:
        if ranks == {2}:
            return _below(arrays)
        return boxed(concatenate(arrays, 0)) if ranks == {1} else _unknown_frame()
    rows = rows_of(arrays[0])
    if not all(array.source == arrays[0].source and sizes.same(rows_of(array), rows) for array in arrays):
        rows = sizes.unknown_size("rows are matched by their index")
    width = sizes.total([shape_of(array)[1] if len(shape_of(array)) == 2 else 1 for array in arrays])
    columns = [array.columns for array in arrays]
    known = ranks == {2} and None not in columns and sum(len(some or ()) for some in columns) <= _MOST_COLUMNS
    names = tuple(name for some in columns for name in some or ()) if known else None
    return frame(changed(arrays[0], (rows, width), None, columns=names))


@function("pandas.get_dummies")
def _get_dummies(call: LibraryCall) -> Value:
    value = call.value("data")
    array = array_of(value)
    chosen = call.value("columns", default=None)
    drop = call.flag("drop_first")
    if len(shape_of(array)) == 1:
        count = different_items(array)
        width = sizes.add(count, -1) if drop else count
        array = replace(array, columns=None)
        return frame(
            changed(
                array,
                (rows_of(array), width),
                None,
                provenance=frozenset() if drop else frozenset({Fact.ONE_HOT}),
            )
        )
    key = ("dummies", array.source, call.text)
    reason = "the number of different values in the data"
    if isinstance(chosen, list) and len(chosen) == 0:
        return frame(array)
    return frame(columns_changed(array, None, sizes.unknown_size(reason, key)))


@function("pandas.to_datetime", "pandas.to_numeric")
def _converted(call: LibraryCall) -> Value:
    array = call.array("arg")
    result = changed(array, array.shape, None)
    return boxed(result) if array.library == "pandas" or call.path.endswith("datetime") else result


@function("pandas.isnull", "pandas.isna", "pandas.notnull", "pandas.notna")
def _is_null(call: LibraryCall) -> Value:
    array = call.array("obj")
    result = changed(array, array.shape, "bool", columns=array.columns)
    return boxed(result) if array.library == "pandas" else arithmetic.number_or_array(result)


@function("pandas.date_range")
def _date_range(call: LibraryCall) -> Value:
    count = call.value("periods", default=None)
    size = count if isinstance(count, int) else sizes.unknown_size("a range of dates")
    return new((size,), None, "date_range", call.span, library="pandas")


@function("pandas.factorize")
def _factorize(call: LibraryCall) -> Value:
    array = call.array("values")
    count = different_items(array)
    high = count - 1 if isinstance(count, int) else None
    codes = changed(replace(array, library="numpy"), array.shape, "int64")
    found = replace(new((count,), None), library=array.library)
    return (replace(codes, minimum=-1, maximum=high) if high is not None else codes, found)


@function("pandas.set_option")
def _nothing(_call: LibraryCall) -> Value:
    return None


def _of_columns(data: dict[Value, Value], columns: tuple[object, ...] | None, call: LibraryCall) -> Value:
    names = columns if columns is not None else tuple(data)
    lengths = [shape[0] for value in data.values() if (shape := _shape(value))]
    rows = lengths[0] if lengths else sizes.unknown_size("rows that are not known here")
    if call.has("index"):
        index = _shape(call.value("index"))
        lengths = list(index[:1]) if index else []
        rows = lengths[0] if lengths else sizes.unknown_size("rows that are not known here")
    known = [length for length in lengths if isinstance(length, int)]
    array = new((known[0] if known else rows, len(names)), None, "DataFrame", call.span, library="pandas")
    return frame(replace(array, columns=names))


def _of_records(data: Value, columns: tuple[object, ...] | None, call: LibraryCall) -> Value:
    if isinstance(data, Items):
        rows: Size = data.length
        names = tuple(data.item) if isinstance(data.item, dict) else None
    else:
        assert isinstance(data, list)
        rows = len(data)
        plain = all(isinstance(one, dict) for one in data)
        names = tuple(dict.fromkeys(key for one in data for key in one)) if plain else None
    call.value("index", default=None)
    names = columns if columns is not None else names
    if names is None:
        raise GiveUp("columns that are not known here")
    return frame(replace(new((rows, len(names)), None, "DataFrame", call.span, library="pandas"), columns=names))


def _shape(value: Value) -> tuple[Size, ...] | None:
    try:
        return as_array(value).shape
    except GiveUp:
        return None


def _below(arrays: Sequence[Array]) -> Value:
    rows = sizes.total([rows_of(array) for array in arrays])
    columns = [array.columns for array in arrays]
    if None not in columns:
        names = tuple(dict.fromkeys(name for some in columns for name in some or ()))
        return frame(columns_changed(rows_changed(arrays[0], rows), names, 0))
    widths = [table_of(array)[1] for array in arrays]
    if all(sizes.same(width, widths[0]) for width in widths):
        return frame(rows_changed(replace(arrays[0], columns=None), rows))
    return frame(columns_changed(rows_changed(arrays[0], rows), None, sizes.unknown_size("columns of several frames")))


def _unknown_frame() -> Value:
    raise GiveUp("data of different rank put together")


def _names(value: Value) -> tuple[object, ...] | None:
    if isinstance(value, Array) and value.values is not None:
        return value.values
    if isinstance(value, (list, tuple, range)) and not any(isinstance(name, Unknown) for name in value):
        return tuple(value)
    return None
