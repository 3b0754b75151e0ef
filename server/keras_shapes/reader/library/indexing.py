"""Subscripts of arrays: numbers, slices, new axes, ellipsis, masks and index arrays; and assigning to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import NumberKind, NumpyNumber, PublicName, Unknown
from keras_shapes.reader.library import dtypes, marks, polynomials, sizes
from keras_shapes.reader.library.arrays import MOST_VALUES, as_array, number, opaque, part, scalar, why
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.sizes import Shape
from keras_shapes.reader.values import Items, Value

_MOST_ITEMS = 1_000
_OF_ITEMS = marks.OF_VALUES | {Fact.GREATEST, Fact.ONE_HOT, Fact.ARGMAX}


@dataclass(frozen=True, slots=True)
class _Picked:
    """Where an advanced index (an index array or a mask) stands, and the shape it gives."""

    place: int
    shape: Shape


def item(array: Array, index: Value) -> Value:
    """`array[index]`."""
    parts = list(index) if isinstance(index, tuple) else [index]
    if array.shape is None:
        array = _ranked(array, parts)
    if array.shape is None:
        return _of_unknown_rank(array, parts)
    shape, sources = _shape_and_axes(array, parts)
    if shape == () and Fact.RAGGED in array.provenance:
        return _one_sequence(array)
    if shape == ():
        return part(array, ()) if any(one is Ellipsis for one in parts) else _one(array, parts)
    return _kept(array, shape, parts, rows_kept=sources)


def _one_sequence(array: Array) -> Value:
    """One of many sequences of numbers, each of a length of its own."""
    low, high = (None if bound is None else int(bound) for bound in (array.minimum, array.maximum))
    kind: NumberKind = "int" if low is not None and low == array.minimum else "float"
    number = Unknown("a number of a sequence", kind=kind, low=low, high=high)
    return Items(number, sizes.unknown_size("the length of a sequence"))


def stored(array: Array) -> Array:
    """The array after `array[...] = something`: the same shape, with other values."""
    known = array.minimum is not None or array.maximum is not None or array.values is not None
    if not known and not array.provenance & _OF_ITEMS:
        return array
    return replace(
        array,
        minimum=None,
        maximum=None,
        values=None,
        provenance=array.provenance - _OF_ITEMS,
    )


def items(array: Array) -> list[Value]:
    """The items along the first axis, as a loop or an unpacking meets them; gives up on more than a few."""
    if not array.shape:
        raise GiveUp("not known how many there are")
    count = array.shape[0]
    if not isinstance(count, int):
        raise GiveUp(count if isinstance(count, Unknown) else "not known how many there are")
    if count > _MOST_ITEMS:
        raise GiveUp(Unknown(f"{count} items are not read one by one", kind="int", low=count, high=count))
    return [item(array, position) for position in range(count)]


def _ranked(array: Array, parts: Sequence[Value]) -> Array:
    """A table of at most two axes has two of them when it is indexed twice."""
    real = [part for part in parts if not _is_new_axis(part) and part is not Ellipsis]
    if Fact.TABLE not in array.provenance or len(real) != 2:
        return array
    keys = [("size", array.source, axis) for axis in (0, 1)]
    return replace(array, shape=tuple(sizes.unknown_size(why(array), key) for key in keys))


def _of_unknown_rank(array: Array, parts: Sequence[Value]) -> Value:
    if Fact.TABLE in array.provenance and len(parts) == 1 and isinstance(parts[0], slice):
        return opaque(array, dtype=array.dtype, keep=marks.PARTS | {Fact.TABLE})
    return opaque(array, dtype=array.dtype, minimum=array.minimum, maximum=array.maximum)


def _shape_and_axes(array: Array, parts: Sequence[Value]) -> tuple[Shape, bool]:
    """The shape of the result, and whether all rows are kept in their order."""
    assert array.shape is not None
    parts = _expanded(parts, len(array.shape))
    result: list[Size] = []
    picked: list[_Picked] = []
    axis = 0
    for one in parts:
        if _is_new_axis(one):
            result.append(1)
        elif isinstance(one, slice):
            result.append(_sliced(array.shape[axis], one, wide=axis > 0 or Fact.NAMES in array.provenance))
            axis += 1
        elif _is_number(one):
            _check(array.shape[axis], one)
            if picked or any(_is_advanced(other) for other in parts):
                picked.append(_Picked(len(result), ()))
            axis += 1
        else:
            shape, used = _advanced(one, array.shape[axis:])
            picked.append(_Picked(len(result), shape))
            axis += used
    result += array.shape[axis:]
    rows = bool(parts) and parts[0] == slice(None, None, None)
    return _with_picked(tuple(result), picked), rows or not parts


def _expanded(parts: Sequence[Value], rank: int) -> list[Value]:
    """The parts with the ellipsis written out."""
    used = sum(_axes_used(part) for part in parts)
    if used > rank:
        raise GiveUp(f"{used} indices for an array of {rank} axes")
    result: list[Value] = []
    for one in parts:
        result += [slice(None)] * (rank - used) if one is Ellipsis else [one]
    return result


def _axes_used(one: Value) -> int:
    if one is Ellipsis or _is_new_axis(one):
        return 0
    if _is_mask(one):
        shape = as_array(one).shape
        if shape is None:
            raise GiveUp("a mask of unknown shape")
        return len(shape)
    return 1


def _is_new_axis(one: Value) -> bool:
    return one is None or (isinstance(one, PublicName) and one.last == "newaxis")


def _is_number(one: Value) -> bool:
    if isinstance(one, Unknown) and one.kind is None:
        raise GiveUp(one)
    if isinstance(one, Array):
        return one.shape == () and one.dtype != "bool"
    return (isinstance(one, (int, NumpyNumber)) and not isinstance(one, bool)) or (
        isinstance(one, Unknown) and one.kind in {"int", "numpy int"}
    )


def _is_mask(one: Value) -> bool:
    if isinstance(one, list):
        return bool(one) and all(isinstance(item, bool) for item in one)
    return isinstance(one, Array) and one.dtype == "bool"


def _is_advanced(one: Value) -> bool:
    return isinstance(one, (list, Items)) or (isinstance(one, Array) and one.shape != ())


def _advanced(one: Value, shape: Shape) -> tuple[Shape, int]:
    """The shape that an index array gives, and how many axes it takes."""
    if not _is_advanced(one):
        raise GiveUp(one if isinstance(one, Unknown) else "an index that is not known here")
    array = as_array(one)
    if array.shape is None:
        raise GiveUp("an index of unknown shape")
    if _is_mask(one):
        if array.values is not None and len(array.shape) == 1:
            return (sum(map(bool, array.values)),), 1
        high = sizes.volume(shape[: len(array.shape)])
        key = ("mask", array.source)
        return (sizes.unknown_size("chosen by a condition", key, high=high if isinstance(high, int) else None),), len(
            array.shape
        )
    if array.dtype is not None and not dtypes.is_integer(array.dtype) and array.shape != (0,):
        raise GiveUp("an index that is not a whole number")
    return array.shape, 1


def _with_picked(shape: Shape, picked: Sequence[_Picked]) -> Shape:
    """Where the axes of index arrays go: to the first one's place, or to the front when they are apart."""
    real = [one for one in picked if one.shape]
    if not real:
        return shape
    common = sizes.broadcast(*(one.shape for one in real))
    place = picked[0].place if all(one.place == picked[0].place for one in picked) else 0
    return (*shape[:place], *common, *shape[place:])


def _check(size: Size, index: Value) -> None:
    value = index.value if isinstance(index, NumpyNumber) else index
    if isinstance(size, int) and isinstance(value, int) and not -size <= value < size:
        raise GiveUp(f"index {value} of {size} items")


def sliced(size: Size, one: slice) -> Size:
    """How many items of an axis a slice takes."""
    return _sliced(size, one, wide=False)


def _sliced(size: Size, one: slice, *, wide: bool) -> Size:
    """How many items of an axis a slice takes. `wide`: data is taken to be as wide as a written slice of it."""
    start, stop, step = (_bound(bound) for bound in (one.start, one.stop, one.step))
    if (start, stop, step) == (None, None, None) or (start == 0 and stop is None and step is None):
        return size
    if isinstance(size, int) and not any(isinstance(bound, Unknown) for bound in (start, stop, step)):
        return len(range(*slice(start, stop, step).indices(size)))
    if (start, stop, step) == (None, None, -1) or size is None:
        return size
    length = _distance(size, start, stop, wide=wide) if step in (None, 1) else None
    if length is not None:
        return length
    key = ("slice", *map(_key, (size, start, stop, step)))
    return sizes.unknown_size("a slice of unknown length", key, high=_at_most(start, stop))


def _distance(size: int | Unknown, start: object, stop: object, *, wide: bool) -> Size:
    """How many items lie between two bounds; None where that is not known."""
    if isinstance(start, Unknown) and isinstance(stop, Unknown):
        window = polynomials.subtract(stop, start)
        return window if isinstance(window, int) and window > 0 else None
    if isinstance(start, Unknown) or isinstance(stop, Unknown):
        return None
    begin, end = start or 0, stop or 0
    assert isinstance(begin, int)
    assert isinstance(end, int)
    from_end = begin < 0, stop is None or end < 0
    if from_end == (False, True):
        return polynomials.subtract(polynomials.add(size, end), begin)
    return max(0, end - begin) if wide and from_end[0] == from_end[1] else None


def _at_most(start: object, stop: object) -> int | None:
    if isinstance(stop, int) and stop >= 0:
        return stop
    return -start if isinstance(start, int) and start < 0 and stop is None else None


def _bound(value: Value) -> object:
    match value:
        case None | int():
            return value
        case NumpyNumber() | Array(values=(_,)):
            return sizes.whole(value.values[0] if isinstance(value, Array) and value.values else value)
        case Unknown():
            return value
        case _:
            raise GiveUp("a slice that is not known here")


def _key(value: object) -> object:
    return polynomials.key_of(value) if isinstance(value, Unknown) else value


def _one(array: Array, parts: Sequence[Value]) -> Value:
    """A single item, with its value where it is known."""
    value = _known_item(array, parts)
    if value is not None and array.library not in {"tensorflow", "keras"}:
        return number(value, array.dtype)
    return scalar(part(array, ()))


def _known_item(array: Array, parts: Sequence[Value]) -> int | float | str | bool | None:
    if array.values is None or array.shape is None or len(parts) != len(array.shape):
        return None
    position = 0
    for index, size in zip(parts, array.shape, strict=True):
        plain = index.value if isinstance(index, NumpyNumber) else index
        if not isinstance(plain, int) or not isinstance(size, int):
            return None
        position = position * size + plain % size
    return array.values[position]


def _kept(array: Array, shape: Shape, parts: Sequence[Value], *, rows_kept: bool) -> Array:
    """Part of an array; a slice of rows keeps what is true of each row."""
    assert array.shape is not None
    rows_only = shape[1:] == array.shape[1:] and len(shape) == len(array.shape) and len(parts) == 1
    keep = {Fact.ONE_HOT, Fact.RAGGED} if rows_only or _only_new_axes(parts) else set()
    source = array.source if rows_kept else _part_source(array, parts[0] if parts else None)
    result = part(array, shape, source=source, keep=keep)
    if Fact.ONE_HOT in array.provenance and len(parts) == 1 and isinstance(parts[0], Array):
        # `np.eye(10)[y]`: the rows are those of the labels.
        labels = parts[0]
        return replace(result, source=labels.source, provenance=result.provenance | (labels.provenance & marks.PARTS))
    if _only_new_axes(parts):
        return replace(result, values=array.values, provenance=result.provenance | (array.provenance & marks.OF_VALUES))
    return _with_values(array, result, parts)


def _with_values(array: Array, result: Array, parts: Sequence[Value]) -> Array:
    """A slice of a short one-dimensional literal stays known item by item."""
    if array.values is None or array.shape is None or len(array.shape) != 1 or len(array.values) > MOST_VALUES:
        return result
    one = parts[0] if len(parts) == 1 else None
    if not isinstance(one, slice):
        return result
    from keras_shapes.reader.library.arrays import of_values

    bounds = [_bound(bound) for bound in (one.start, one.stop, one.step)]
    start, stop, step = (bound if isinstance(bound, int) else None for bound in bounds)
    if any(isinstance(bound, Unknown) for bound in bounds):
        return result
    known = of_values(array.values[start:stop:step], result.shape or (), array.dtype, array.library)
    return replace(known, origin=array.origin, span=array.span, source=result.source, memory=array.memory)


def _only_new_axes(parts: Sequence[Value]) -> bool:
    return all(_is_new_axis(part) or part is Ellipsis or part == slice(None, None, None) for part in parts)


def _part_source(array: Array, rows: Value) -> object:
    """Rows `a:b` of the same samples are the same samples."""
    if isinstance(rows, slice) and all(isinstance(bound, int) or bound is None for bound in (rows.start, rows.stop)):
        return ("rows", array.source, rows.start, rows.stop, rows.step if isinstance(rows.step, int) else None)
    if isinstance(rows, Array):
        return ("rows", array.source, rows.source)
    return object()
