"""Methods of data frames and series: what they do to rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library import arithmetic, indexing, marks, polynomials, sizes
from keras_shapes.reader.library.arrays import (
    changed,
    moved,
    of_values,
    opaque,
    part,
    rows_of,
    scalar,
    shape_of,
    size_argument,
    table_of,
)
from keras_shapes.reader.library.creation import cast
from keras_shapes.reader.library.frames import (
    array_of,
    boxed,
    column,
    columns_changed,
    frame,
    rows_changed,
)
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.library.reducing import different_items
from keras_shapes.reader.library.registry import LibraryCall, method
from keras_shapes.reader.values import Value

_UNCHANGED: Final = """
    fillna ffill bfill interpolate replace copy sort_index clip abs round diff pct_change infer_objects
    convert_dtypes applymap cumsum rank where mask set_axis rename_axis
""".split()
_NUMBERS: Final = "sum mean median std var max min count prod skew kurt quantile nunique".split()


@method(*(f"pandas.{name}" for name in _UNCHANGED), "DataFrame.shift", "DataFrame.rename", "DataFrame.map")
def _unchanged(value: Value, call: LibraryCall) -> Value:
    array = array_of(value)
    renamed = call.path.endswith(("rename", "set_axis"))
    columns = None if renamed and call.has("columns", "mapper", "labels") else array.columns
    if isinstance(call.value("periods", default=None), (list, tuple, Array)):
        raise GiveUp("several periods")
    result = _result(value, changed(array, array.shape, None, columns=columns), call)
    # Newer versions give the frame itself where older ones give nothing.
    return Unknown("what a change in place gives", call.span) if result is None else result


@method("pandas.squeeze")
def _squeeze(value: Value, call: LibraryCall) -> Value:
    """Axes of one item go: a frame of one column is a series."""
    array, axis = array_of(value), call.value("axis", default=None)
    shape = shape_of(array)
    asked = [place for place in range(len(shape)) if axis is None or axis in (place, ("index", "columns")[place])]
    if any(not isinstance(shape[place], int) for place in asked) or not asked:
        raise GiveUp("not known which axes have one item")
    left = tuple(size for place, size in enumerate(shape) if place not in asked or size != 1)
    if len(left) == len(shape):
        return value if isinstance(value, Array) else frame(array)
    return boxed(changed(array, left, None))


@method("pandas.astype")
def _astype(value: Value, call: LibraryCall) -> Value:
    dtype = call.type_argument("dtype")
    array = array_of(value)
    several = dtype is None or isinstance(dtype, dict)
    return boxed(changed(array, array.shape, None, columns=array.columns) if several else cast(array, dtype))


@method("pandas.to_numpy", "pandas.as_matrix")
def _to_numpy(value: Value, call: LibraryCall) -> Value:
    return cast(_plain(array_of(value)), call.type_argument("dtype", default=None))


def _plain(array: Array) -> Array:
    """The numpy array of a frame or series; texts are objects there, in some versions."""
    dtype = None if array.dtype in {"str", "string", "category"} else array.dtype
    return replace(array, library="numpy", columns=None, dtype=dtype)


@method("pandas.ravel", "pandas.tolist", "pandas.to_list", "pandas.reshape", "pandas.flatten")
def _as_numpy(value: Value, call: LibraryCall) -> Value:
    from keras_shapes.reader.library.methods import method_of, tolist

    array = _plain(array_of(value))
    name = call.path.rpartition(".")[2]
    if name.startswith("to"):
        return tolist(array)
    handler = method_of(array, name)
    if handler is None:
        raise GiveUp("not known here")
    return handler(call)


@method("pandas.head", "pandas.tail")
def _head(value: Value, call: LibraryCall) -> Value:
    array = array_of(value)
    rows, count = rows_of(array), size_argument(call.value("n", default=5))
    ends = call.path.endswith("tail")
    return boxed(rows_changed(array, indexing.sliced(rows, slice(-count, None) if ends else slice(count)), None))  # type: ignore[operator]


@method("pandas.sample")
def _sample(value: Value, call: LibraryCall) -> Value:
    array = array_of(value)
    rows = rows_of(array)
    share = call.value("frac", default=None)
    if share is None:
        return boxed(rows_changed(array, size_argument(call.value("n", default=1))))
    if share == 1:
        return boxed(rows_changed(array, rows))
    if isinstance(rows, int) and isinstance(share, (int, float)):
        return boxed(rows_changed(array, round(rows * share)))
    return boxed(rows_changed(array, sizes.unknown_size("a random share of the rows")))


@method("pandas.dropna", "pandas.drop_duplicates", "pandas.query")
def _rows_dropped(value: Value, call: LibraryCall) -> Value:
    array = array_of(value)
    rows = rows_of(array)
    name = call.path.rpartition(".")[2]
    is_series = array.shape is not None and len(array.shape) == 1
    if name == "dropna" and not is_series and call.value("axis", default=0) not in (0, "index", "rows"):
        width = sizes.unknown_size("columns with gaps are dropped")
        return _result(value, columns_changed(array, None, width), call)
    key = (name, array.source, polynomials.key_of(rows) if isinstance(rows, Unknown) else rows, call.text)
    size = sizes.unknown_size("rows are dropped", key, high=rows if isinstance(rows, int) else None)
    return _result(value, rows_changed(array, size, key), call)


@method("pandas.sort_values", "pandas.reset_index")
def _reordered(value: Value, call: LibraryCall) -> Value:
    array = array_of(value)
    rank = len(shape_of(array))
    if call.path.endswith("reset_index") and not call.flag("drop"):
        if rank == 1:
            return frame(changed(array, (rows_of(array), 2), None))
        # The new column is called as the index is, of which nothing is known.
        return _result(value, columns_changed(array, None, sizes.add(table_of(array)[1], 1)), call)
    result = replace(moved(array, array.shape), columns=array.columns)
    if call.path.endswith("sort_values"):
        result = replace(result, source=object())
    return _result(value, result, call)


@method("DataFrame.drop")
def _drop(value: Value, call: LibraryCall) -> Value:
    array = array_of(value)
    columns = call.value("columns", default=None)
    labels = call.value("labels", default=None)
    if columns is None and call.value("axis", default=0) in (1, "columns"):
        columns, labels = labels, None
    if columns is not None:
        return _result(value, _without(array, columns), call)
    rows = call.value("index", default=labels)
    return _result(value, _without_rows(array, rows), call)


@method("Series.drop")
def _drop_from_series(value: Value, call: LibraryCall) -> Value:
    """A series without some rows, or the names of columns without some names."""
    array, labels = array_of(value), call.value("labels", "index")
    names = _names(labels)
    if array.values is None or names is None or Fact.NAMES not in array.provenance:
        return _result(value, _without_rows(array, labels), call)
    kept = [item for item in array.values if item not in names]
    return _names_of(kept, array)


def _names_of(kept: list[Any], array: Array) -> Array:
    """Names of columns, some of those of `array`."""
    found = of_values(kept, (len(kept),), array.dtype)
    return replace(found, library="pandas", provenance=found.provenance | {Fact.NAMES})


@method("DataFrame.pop")
def _pop(value: Value, call: LibraryCall) -> Value:
    array = array_of(value)
    name = call.value("item")
    found = column(array, name) if isinstance(name, str) else column(replace(array, columns=None), None)
    if isinstance(value, LibraryObject):
        call.change(value.facts, "array", _without(array, name))
    return found


@method("DataFrame.set_index")
def _set_index(value: Value, call: LibraryCall) -> Value:
    array = replace(array_of(value), source=object())
    keys = call.value("keys")
    if isinstance(keys, Array) or not call.flag("drop", default=True):
        return _result(value, array, call)
    return _result(value, _without(array, keys), call)


@method("DataFrame.insert")
def _insert(value: Value, call: LibraryCall) -> Value:
    array, place, name = array_of(value), call.value("loc"), call.value("column")
    names: tuple[object, ...] | None = None
    if array.columns is not None and isinstance(name, str) and isinstance(place, int):
        names = (*array.columns[:place], name, *array.columns[place:])
    if isinstance(value, LibraryObject):
        width = sizes.add(table_of(array)[1], 1)
        call.change(value.facts, "array", columns_changed(array, names, width))
    return None


@method("DataFrame.assign")
def _assign(value: Value, call: LibraryCall) -> Value:
    array = array_of(value)
    names = [argument.name for argument in call.arguments if argument.name not in (None, "*", "**")]
    if array.columns is None:
        return frame(columns_changed(array, None, sizes.unknown_size("columns are added")))
    return frame(columns_changed(array, [*array.columns, *(name for name in names if name not in array.columns)], 0))


@method("DataFrame.select_dtypes", "DataFrame.filter")
def _some_columns(value: Value, call: LibraryCall) -> Value:
    array = array_of(value)
    items = call.value("items", default=None) if call.path.endswith("filter") else None
    if isinstance(items, list):
        return frame(columns_changed(array, None, len(items)))
    key = ("some columns", array.source, _key(table_of(array)[1]), call.text)
    return frame(columns_changed(array, None, sizes.unknown_size("columns chosen by their type", key)))


@method("DataFrame.corr", "DataFrame.cov")
def _correlation(value: Value, _call: LibraryCall) -> Value:
    array = array_of(value)
    width = table_of(array)[1]
    return frame(changed(array, (width, width), "float64", columns=array.columns, source=object()))


@method("DataFrame.describe", "pandas.groupby", "pandas.value_counts", "pandas.pivot_table", "pandas.resample")
def _of_other_rows(value: Value, call: LibraryCall) -> Value:
    array, name = array_of(value), call.path.rpartition(".")[2]
    if name in {"groupby", "resample"}:
        raise GiveUp(f"it comes from {name}()")
    return opaque(array, dtype=None, library="pandas", origin=name)


@method("DataFrame.append", "DataFrame.join", "DataFrame.merge")
def _joined(value: Value, call: LibraryCall) -> Value:
    from keras_shapes.reader.library.frame_functions import joined

    return joined([array_of(value), call.array("other", "right")], call, side_by_side=not call.path.endswith("append"))


@method("pandas.apply", "Series.map")
def _apply(value: Value, call: LibraryCall) -> Value:
    array = array_of(value)
    if len(shape_of(array)) == 1:
        return changed(array, array.shape, None, library="pandas")
    raise GiveUp("a function applied to a data frame")


@method("Series.shift")
def _shift(value: Value, _call: LibraryCall) -> Value:
    array = array_of(value)
    return changed(array, array.shape, None, library="pandas")


@method("Series.unique")
def _unique(value: Value, _call: LibraryCall) -> Value:
    array = array_of(value)
    result = part(replace(array, library="numpy"), (different_items(array),))
    return replace(result, provenance=result.provenance | (array.provenance & marks.OF_VALUES))


@method("Series.nunique")
def _number_of_different(value: Value, call: LibraryCall) -> Value:
    count = different_items(array_of(value))
    return (
        count
        if isinstance(count, int)
        else Unknown("the number of different values", call.span, kind="int", key=_key(count))
    )


@method(*(f"DataFrame.{name}" for name in _NUMBERS))
def _statistic(value: Value, call: LibraryCall) -> Value:
    array = array_of(value)
    axis = call.value("axis", default=0)
    if call.path.endswith("quantile"):
        axis = call.value("axis", default=0)
    rows, width = table_of(array)
    if axis is None:
        raise GiveUp("a statistic over rows and columns")
    if axis in (1, "columns"):
        return changed(array, (rows,), None, library="pandas")
    return changed(array, (width,), None, library="pandas", source=("of columns", array.source))


@method(*(f"Series.{name}" for name in _NUMBERS if name != "nunique"))
def _number(value: Value, call: LibraryCall) -> Value:
    from keras_shapes.reader.library.registry import handler_of

    array = replace(array_of(value), library="numpy")
    name = call.path.rpartition(".")[2]
    handler = handler_of(f"numpy.{name}")
    if name in {"max", "min"} and handler is not None:
        from keras_shapes.model import Argument
        from keras_shapes.source import Span

        span = call.span or Span(0, 0)
        return handler(
            replace(call, arguments=(Argument(None, array, span, span),), path=f"numpy.{name}", signature="")
        )
    return scalar(changed(array, (), "float64" if name in {"mean", "std", "var", "median"} else None))


@method(
    "pandas.isnull",
    "pandas.isna",
    "pandas.notnull",
    "pandas.notna",
    "pandas.isin",
    "pandas.duplicated",
    "Series.between",
)
def _questions(value: Value, call: LibraryCall) -> Value:
    array = array_of(value)
    shape = shape_of(array)[:1] if call.path.endswith("duplicated") else array.shape
    return boxed(changed(array, shape, "bool", columns=array.columns))


@method(*(f"pandas.{name}" for name in ("add", "sub", "subtract", "mul", "multiply", "div", "divide", "truediv")))
def _arithmetic(value: Value, call: LibraryCall) -> Value:
    names = {"subtract": "sub", "multiply": "mul", "div": "truediv", "divide": "truediv"}
    name = call.path.rpartition(".")[2]
    return boxed(arithmetic.operation(names.get(name, name), value, call.value("other")))


@method("Series.difference")
def _difference(value: Value, call: LibraryCall) -> Value:
    array, names = array_of(value), _names(call.value("other"))
    if array.values is None or names is None:
        raise GiveUp("columns that are not known here")
    return _names_of(sorted({str(item) for item in array.values if item not in names}), array)


@method("pandas.rolling", "pandas.expanding", "pandas.ewm")
def _window(value: Value, call: LibraryCall) -> Value:
    return LibraryObject("pandas.window", facts={"of": value}, span=call.span)


@method(*(f"pandas.window.{name}" for name in (*_NUMBERS, "corr", "cov")))
def _over_window(value: LibraryObject, _call: LibraryCall) -> Value:
    array = array_of(value.facts["of"])
    return boxed(changed(array, array.shape, None, columns=array.columns))


@method("pandas.argsort", "Series.sort", "Series.cat.codes")
def _argsort(value: Value, _call: LibraryCall) -> Value:
    array = array_of(value)
    return changed(array, array.shape, "int64", library="pandas")


@method("pandas.to_csv")
def _written(_value: Value, call: LibraryCall) -> Value:
    return None if call.has("path_or_buf") else Unknown("the text of a table", call.span, kind="str")


@method("pandas.info", "pandas.plot", "pandas.hist", "pandas.boxplot", "pandas.to_pickle")
def _nothing(_value: Value, _call: LibraryCall) -> Value:
    return None


@method("Series.to_frame")
def _to_frame(value: Value, _call: LibraryCall) -> Value:
    array = array_of(value)
    return frame(changed(array, (*shape_of(array), 1), array.dtype))


@method("DataFrame.keys")
def _keys(value: Value, call: LibraryCall) -> Value:
    from keras_shapes.reader.library.frames import attribute_of

    return attribute_of(value, "columns", call.span)


@method("Series.get_dummies")
def _dummies(value: Value, call: LibraryCall) -> Value:
    raise GiveUp("the number of different values")


def _result(value: Value, array: Array, call: LibraryCall) -> Value:
    """The new frame, or None and the frame changed where `inplace=True`."""
    if not call.flag("inplace"):
        return boxed(array)
    if isinstance(value, LibraryObject):
        call.change(value.facts, "array", array)
    else:
        call.become(value, replace(array, library="pandas"))
    return None


def _without(array: Array, names: Value) -> Array:
    """The frame without some columns."""
    gone = _names(names)
    width = table_of(array)[1]
    if gone is None:
        return columns_changed(array, None, sizes.unknown_size("columns are dropped"))
    if array.columns is not None:
        return columns_changed(array, [name for name in array.columns if name not in gone], 0)
    if width is None:
        raise GiveUp("columns that are not known here")
    return columns_changed(array, None, polynomials.subtract(width, len(gone)))


def _without_rows(array: Array, labels: Value) -> Array:
    rows = rows_of(array)
    # A label may stand in the index more than once.
    return rows_changed(array, sizes.unknown_size("rows are dropped", high=rows if isinstance(rows, int) else None))


def _names(names: Value) -> Sequence[Value] | None:
    if isinstance(names, (str, int)):
        return [names]
    if isinstance(names, Array) and names.values is not None:
        return list(names.values)
    if isinstance(names, (list, tuple)) and all(isinstance(name, (str, int)) for name in names):
        return list(dict.fromkeys(names))
    return None


def _key(size: Size) -> object:
    return polynomials.key_of(size) if isinstance(size, Unknown) else size
