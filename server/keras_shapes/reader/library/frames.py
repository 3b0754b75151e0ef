"""Data frames and series of pandas: rows and columns, the columns by name where the source names them.

A series is an array; a frame is a LibraryObject around an array, for programs change frames in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import compress
from typing import Final

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library import indexing, polynomials, sizes
from keras_shapes.reader.library.arrays import (
    as_array,
    changed,
    new,
    of_values,
    part,
    rows_of,
    scalar,
    shape_of,
    table_of,
    why,
)
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import FRAME, LibraryObject
from keras_shapes.reader.library.registry import Handler, LibraryCall, MethodHandler, method_handler
from keras_shapes.reader.values import Value
from keras_shapes.source import Span

_INDEXERS: Final = frozenset({"iloc", "loc", "iat", "at", "ix"})


def frame(array: Array) -> LibraryObject:
    """A data frame."""
    return LibraryObject(FRAME, facts={"array": replace(array, library="pandas")}, span=array.span)


def boxed(array: Array) -> Value:
    """A frame, a series, or one item of one, by the rank."""
    if array.shape is not None and len(array.shape) == 2:
        return frame(array)
    return scalar(replace(array, library="numpy")) if array.shape == () else replace(array, library="pandas")


def array_of(value: Value) -> Array:
    """The array inside a frame, or a series itself."""
    return as_array(value)


def columns_changed(array: Array, columns: Sequence[object] | None, width: Size) -> Array:
    """The same rows with other columns."""
    rows = rows_of(array)
    names = None if columns is None else tuple(columns)
    return changed(array, (rows, width if names is None else len(names)), None, columns=names)


def rows_changed(array: Array, rows: Size, source: object = None) -> Array:
    """Other rows of the same columns."""
    result = part(array, (rows, *shape_of(array)[1:]), source=source, keep={Fact.ONE_HOT})
    return replace(result, columns=array.columns)


def attribute_of(value: Value, name: str, span: Span | None) -> Value | None:
    """An attribute of a frame or series; any other name is a column, unless it is a method."""
    array = array_of(value)
    rank = None if array.shape is None else len(array.shape)
    match name:
        case "values" | "array" | "codes":
            dtype = None if array.dtype in {"str", "string", "category"} else array.dtype
            return replace(array, library="numpy", columns=None, dtype=dtype)
        case "columns" | "index" if rank == 2 or name == "index":
            return _labels(array, 1 if name == "columns" else 0)
        case _ if name in _INDEXERS:
            return LibraryObject(f"pandas.{name}", facts={"of": value})
        case "dtypes":
            return Unknown("types of columns", span)
        case "str" | "dt" | "cat" if rank == 1:
            return LibraryObject(f"pandas.{name}", facts={"of": value})
        case "name" if rank == 1:
            return Unknown("the name of a column", span, kind="str")
        case "empty" | "hasnans" | "is_unique":
            return Unknown("not known here", span, kind="bool")
        case "T" if rank == 2:
            return frame(changed(array, tuple(reversed(shape_of(array))), None, source=object()))
        case "T":
            return value
        case "shape" | "ndim" | "size" | "dtype":
            from keras_shapes.reader.library import attributes

            return attributes.plain_attribute(array, name)
        case _ if rank == 2 and method_of(value, name) is None and (array.columns is None or name in array.columns):
            return column(array, name)
        case _:
            return None


def method_of(value: Value, name: str) -> Handler | None:
    """A method of a frame or series; those that they share with numpy work as there."""
    array = array_of(value)
    rank = None if array.shape is None else len(array.shape)
    kinds = ("DataFrame",) if isinstance(value, LibraryObject) or rank == 2 else ("Series",) if rank == 1 else ()
    for kind in (*kinds, "pandas"):
        path = f"{kind}.{name}"
        handler = method_handler(path)
        if handler is not None:
            return partial(_call, handler, value, path, f"{kinds[0] if kinds else 'DataFrame'}.{name}")
    return None


def _call(handler: MethodHandler, value: Value, path: str, signature: str, call: LibraryCall) -> Value:
    return handler(value, replace(call, path=path, signature=signature))


def column(array: Array, name: object) -> Array:
    """One column as a series."""
    if array.columns is not None and name not in array.columns:
        raise GiveUp(f"there is no column {name!r}")
    if array.columns is not None and array.columns.count(name) > 1:
        raise GiveUp(f"several columns are called {name!r}")
    rows = rows_of(array)
    return changed(array, (rows,), None, origin=array.origin, library="pandas")


def item(value: Value, index: Value) -> Value:
    """`df[index]`."""
    array = array_of(value)
    if array.shape is None or len(array.shape) != 2:
        found = indexing.item(array, index)
        return boxed(found) if isinstance(found, Array) else found
    match index:
        case str():
            return column(array, index)
        case Unknown(kind="str"):
            return column(replace(array, columns=None), None)
        case list():
            return frame(_columns_chosen(array, index))
        case slice():
            return frame(
                rows_changed(array, indexing.sliced(array.shape[0], index), ("rows", array.source, str(index)))
            )
        case Array(dtype="bool", shape=(_,)):
            return frame(rows_chosen(array, index))
        case Array(shape=(count,), values=values):
            return frame(columns_changed(array, values, count))
        case LibraryObject(kind="pandas.DataFrame"):
            return frame(array)
        case int() | tuple():
            return column(array, index)
        case _:
            raise GiveUp(index if isinstance(index, Unknown) else "columns that are not known here")


def stored(value: Value, index: Value, given: Value) -> Array:
    """A frame after `df[index] = given`."""
    array = array_of(value)
    if array.shape is None or len(array.shape) != 2:
        return indexing.stored(array)
    names = [index] if isinstance(index, (str, int, Unknown)) else index
    if isinstance(names, Array) and names.values is not None and names.dtype != "bool":
        names = list(names.values)
    return _with_columns(array, names, given) if isinstance(names, list) else indexing.stored(array)


def stored_by_label(array: Array, index: Value, given: Value) -> Array:
    """A frame or series after `df.loc[index] = given`: labels that are not there make it longer or wider."""
    parts = index if isinstance(index, tuple) else (index,)
    rows_known = _is_part(parts[0]) if parts else False
    result = array
    if len(parts) > 1 and array.shape is not None and len(array.shape) == 2 and parts[1] != slice(None):
        names = [parts[1]] if isinstance(parts[1], (str, int, Unknown)) else parts[1]
        if not isinstance(names, list):
            raise GiveUp("columns that are not known here")
        result = _with_columns(array, names, given)
    result = indexing.stored(result)
    if rows_known or result.shape is None:
        return result
    return replace(rows_changed(result, sizes.unknown_size("a row was set that may be new")), columns=result.columns)


def _is_part(rows: Value) -> bool:
    return isinstance(rows, slice) or (isinstance(rows, Array) and rows.dtype == "bool")


def without(array: Array, name: Value) -> Array:
    """The frame without one column."""
    width = table_of(array)[1]
    if array.columns is not None and isinstance(name, (str, int)):
        left = [one for one in array.columns if one != name]
        if len(left) + 1 != len(array.columns):
            raise GiveUp(f"there is not one column {name!r}")
        return columns_changed(array, left, 0)
    return columns_changed(array, None, sizes.add(width, -1))


def with_attribute(array: Array, name: str, given: Value) -> Array:
    """The frame after `df.name = given`."""
    if name == "index":
        return replace(array, source=object())
    if name != "columns" or array.shape is None:
        return indexing.stored(array)
    names = as_array(given)
    known = names.values if names.values is not None and names.shape is not None and len(names.shape) == 1 else None
    return columns_changed(array, known, table_of(array)[1])


def by_place(array: Array, index: Value) -> Value:
    """`df.iloc[index]`."""
    parts = index if isinstance(index, tuple) else (index,)
    if sum(isinstance(one, (list, Array)) for one in parts) > 1:
        raise GiveUp("rows and columns chosen by lists")
    result = indexing.item(array, index)
    if not isinstance(result, Array):
        return result
    if result.shape is not None and len(result.shape) == 2 and array.columns is not None:
        result = replace(result, columns=_names_at(array.columns, parts[1]) if len(parts) > 1 else array.columns)
    return boxed(result)


def by_label(array: Array, index: Value) -> Value:
    """`df.loc[index]`."""
    parts = index if isinstance(index, tuple) else (index,)
    if not parts:
        raise GiveUp("no rows are asked for")
    rows = _rows_by_label(array, parts[0])
    if len(parts) == 1 or array.shape is None or len(array.shape) == 1:
        return rows
    if not isinstance(rows, LibraryObject):
        return rows if parts[1] == slice(None) else Unknown("an item of a data frame", array.span)
    return _columns_by_label(array_of(rows), parts[1])


def rows_chosen(array: Array, mask: Array) -> Array:
    """The rows at which a condition holds."""
    shape = shape_of(array)
    source = ("rows", array.source, mask.source)
    count: Size = sizes.unknown_size("chosen by a condition", ("mask", mask.source, id(mask.values)))
    if mask.values is not None and shape[0] == len(mask.values):
        count = sum(map(bool, mask.values))
    return rows_changed(array, count, source)


def _rows_by_label(array: Array, one: Value) -> Value:
    match one:
        case slice() if one == slice(None):
            return boxed(array)
        case Array(dtype="bool"):
            return boxed(rows_chosen(array, one))
        case list():
            return boxed(rows_changed(array, len(one)))
        case Array(shape=(count,)):
            return boxed(rows_changed(array, count))
        case str() | int() | Unknown(kind="str" | "int"):
            return boxed(part(array, shape_of(array)[1:], source=("of columns", array.source)))
        case slice():
            return boxed(rows_changed(array, sizes.unknown_size("rows between two labels")))
        case _:
            raise GiveUp("rows that are not known here")


def _columns_by_label(array: Array, one: Value) -> Value:
    match one:
        case slice() if one == slice(None):
            return frame(array)
        case slice(start=start, stop=stop, step=None):
            return frame(_columns_between(array, start, stop))
        case Array(dtype="bool", shape=(_,), values=values):
            if values is None:
                return frame(columns_changed(array, None, sizes.unknown_size("columns chosen by a condition")))
            names = None if array.columns is None else tuple(compress(array.columns, values))
            return frame(columns_changed(array, names, sum(map(bool, values))))
        case _:
            return item(frame(array), one)


def _columns_between(array: Array, start: Value, stop: Value) -> Array:
    names = array.columns
    inside = (
        names is not None
        and len(set(map(str, names))) == len(names)
        and (start is None or start in names)
        and (stop is None or stop in names)
    )
    if not inside or names is None:
        key = ("columns", array.source, table_of(array)[1], str(start), str(stop))
        return columns_changed(array, None, sizes.unknown_size("columns between two names", key))
    first = 0 if start is None else names.index(start)
    last = len(names) - 1 if stop is None else names.index(stop)
    return columns_changed(array, names[first : last + 1], 0)


def _names_at(columns: tuple[object, ...], one: Value) -> tuple[object, ...] | None:
    if isinstance(one, slice) and all(bound is None or isinstance(bound, int) for bound in (one.start, one.stop)):
        return columns[one] if one.step is None or isinstance(one.step, int) else None
    if isinstance(one, list) and all(isinstance(place, int) for place in one):
        return tuple(columns[place] for place in one)
    return None


def _columns_chosen(array: Array, names: list[Value]) -> Array:
    if names and all(isinstance(name, bool) for name in names):
        return rows_chosen(array, as_array(names))
    if any(isinstance(name, Unknown) and name.kind is None for name in names):
        return columns_changed(array, None, len(names))
    if array.columns is not None:
        missing = [name for name in names if isinstance(name, str) and name not in array.columns]
        if missing:
            raise GiveUp(f"there is no column {missing[0]!r}")
        if len(set(map(str, array.columns))) < len(array.columns):
            raise GiveUp("several columns have one name")
    known = all(isinstance(name, (str, int)) for name in names)
    return columns_changed(array, names if known else None, len(names))


def _with_columns(array: Array, names: list[Value], given: Value) -> Array:
    """The frame after columns were assigned: known ones stay, others are added."""
    rows, width = table_of(array)
    known = all(isinstance(name, str) for name in names)
    if array.columns is not None and known:
        columns = (*array.columns, *(name for name in names if name not in array.columns))
        if not array.columns and rows == 0:
            rows = _rows_of(given)
        return changed(array, (rows, len(columns)), None, columns=columns)
    key = ("with columns", polynomials.key_of(width) if isinstance(width, Unknown) else width, str(names))
    size = sizes.unknown_size(why(array), key if known else None)
    return changed(array, (rows, size), None)


def _rows_of(given: Value) -> Size:
    try:
        shape = as_array(given).shape
    except GiveUp:
        shape = None
    if shape:
        return shape[0]
    return sizes.unknown_size("rows that are not known here")


def _labels(array: Array, axis: int) -> Array:
    """The names of the columns, or the index."""
    size = table_of(array)[axis] if axis else rows_of(array)
    names = array.columns if axis == 1 else None
    if names is not None and all(isinstance(name, (str, int)) for name in names):
        found = of_values([name for name in names if isinstance(name, (str, int))], (size,), None)
        return replace(found, library="pandas", provenance=found.provenance | {Fact.NAMES})
    source = ("labels", array.source, axis)
    provenance = {Fact.NAMES} if axis else set()
    return new((size,), None, why(array), library="pandas", source=source, provenance=provenance)
