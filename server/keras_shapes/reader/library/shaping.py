"""Functions that rearrange items: `reshape`, `expand_dims`, `transpose`, `concatenate`, `split`, `pad`, `tile`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.library import dtypes, marks, polynomials, sizes
from keras_shapes.reader.library.arrays import (
    as_array,
    bounds_of_all,
    moved,
    new,
    numpy_array,
    opaque,
    part,
    reshaped,
    shape_argument,
    shape_of,
    size_argument,
    why,
)
from keras_shapes.reader.library.creation import cast, filled_in
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.library.sizes import Shape
from keras_shapes.reader.values import Items, Value

_MOST_PARTS = 1_000


@function("numpy.reshape", "tensorflow.reshape", "keras.ops.reshape", "keras.backend.reshape")
def _reshape(call: LibraryCall) -> Value:
    array = call.array("a", "tensor", "x")
    return reshape(in_order(array, call), shape_argument(call.value("shape", "newshape")))


def in_order(array: Array, call: LibraryCall) -> Array:
    """The array without its items, where they are taken in another order than that of C."""
    return array if call.value("order", default="C") in {"C", None} else replace(array, values=None)


def reshape(array: Array, shape: Shape) -> Array:
    """The same items in another shape, in which one size may be -1."""
    full = filled_in(shape, array)
    if array.shape is not None:
        before, after = sizes.volume(array.shape), sizes.volume(full)
        if isinstance(before, int) and isinstance(after, int) and before != after:
            raise GiveUp(f"{before} items cannot be reshaped to {sizes.text(shape)}")
    keep = {Fact.ONE_HOT} if array.shape is not None and full[-1:] == array.shape[-1:] else set()
    rows = array.shape is not None and bool(full) and sizes.same(full[0], array.shape[0] if array.shape else None)
    result = reshaped(replace(array, values=array.values), full, keep=keep)
    if array.shape is not None and len(array.shape) == 1 and rows and full[1:] == (1, 1):
        result = replace(result, provenance=result.provenance | {Fact.SERIES})
    return result if rows or array.shape is None else replace(result, source=("reshape", array.source, full[:1]))


@function("numpy.ravel", "keras.ops.ravel", "keras.backend.flatten")
def _ravel(call: LibraryCall) -> Value:
    return reshape(in_order(call.array("a", "x"), call), (-1,))


@function("numpy.expand_dims", "tensorflow.expand_dims", "keras.ops.expand_dims", "keras.backend.expand_dims")
def _expand_dims(call: LibraryCall) -> Value:
    array = call.array("a", "input", "x")
    shape = shape_of(array)
    axis = call.value("axis", "dim", default=-1)
    axes = sizes.axes_of(axis, len(shape) + (len(axis) if isinstance(axis, (tuple, list)) else 1))
    sizes_left = iter(shape)
    full = tuple(1 if place in axes else next(sizes_left) for place in range(len(shape) + len(axes)))
    result = reshaped(array, full)
    return replace(result, source=object()) if 0 in axes else result


@function("numpy.squeeze", "tensorflow.squeeze", "keras.ops.squeeze", "keras.backend.squeeze")
def _squeeze(call: LibraryCall) -> Value:
    array = call.array("a", "input", "x")
    shape = shape_of(array)
    axis = call.value("axis", default=None)
    if axis is None:
        if any(not isinstance(size, int) for size in shape[1:]):
            raise GiveUp("not known which axes have one item")
        # An unknown number of samples is taken to be more than one.
        return reshaped(array, tuple(size for size in shape if size != 1))
    axes = sizes.axes_of(axis, len(shape))
    if any(isinstance(shape[place], int) and shape[place] != 1 for place in axes):
        raise GiveUp("an axis of more than one item cannot be squeezed")
    return reshaped(array, tuple(size for place, size in enumerate(shape) if place not in axes))


@function(
    "numpy.transpose",
    "numpy.permute_dims",
    "tensorflow.transpose",
    "keras.ops.transpose",
    "keras.backend.permute_dimensions",
    "keras.backend.transpose",
)
def _transpose(call: LibraryCall) -> Value:
    array = call.array("a", "x")
    return transpose(array, call.value("axes", "perm", "pattern", default=None))


def transpose(array: Array, axes: Value = None) -> Array:
    """The axes in another order, reversed for None."""
    shape = shape_of(array)
    if axes is None:
        return _turned(array, tuple(reversed(range(len(shape)))))
    order = tuple(sizes.axis_of(axis, len(shape)) for axis in shape_argument(axes))
    if sorted(order) != list(range(len(shape))):
        raise GiveUp("axes that do not fit the array")
    return _turned(array, order)


@function("numpy.swapaxes", "keras.ops.swapaxes")
def _swapaxes(call: LibraryCall) -> Value:
    array = call.array("a", "x")
    rank = len(shape_of(array))
    first, second = (sizes.axis_of(call.value(f"axis{place}"), rank) for place in (1, 2))
    order = list(range(rank))
    order[first], order[second] = second, first
    return _turned(array, tuple(order))


@function("numpy.moveaxis", "keras.ops.moveaxis")
def _moveaxis(call: LibraryCall) -> Value:
    array = call.array("a", "x")
    rank = len(shape_of(array))
    sources = sizes.axes_of(call.value("source"), rank)
    targets = sizes.axes_of(call.value("destination"), rank)
    order = [axis for axis in range(rank) if axis not in sources]
    for target, source in sorted(zip(targets, sources, strict=True)):
        order.insert(target, source)
    return _turned(array, tuple(order))


@function("numpy.rollaxis")
def _rollaxis(call: LibraryCall) -> Value:
    array = call.array("a")
    rank = len(shape_of(array))
    axis = sizes.axis_of(call.value("axis"), rank)
    start = call.number("start", default=0) % (rank + 1)
    order = [place for place in range(rank) if place != axis]
    order.insert(start - (axis < start), axis)
    return _turned(array, tuple(order))


@function(
    "numpy.concatenate",
    "numpy.concat",
    "tensorflow.concat",
    "keras.ops.concatenate",
    "keras.backend.concatenate",
)
def _concatenate(call: LibraryCall) -> Value:
    axis = call.value("axis", default=-1 if call.path == "keras.backend.concatenate" else 0)
    return _asked(concatenate(_arrays(call, call.value("arrays", "values", "xs", "tensors")), axis), call)


def concatenate(arrays: Sequence[Array], axis: Value) -> Array:
    """Arrays put together along an axis; along None, their items one after the other."""
    if not arrays:
        raise GiveUp("nothing to put together")
    if axis is None:
        arrays = [reshape(array, (-1,)) for array in arrays]
        axis = 0
    known = [array.shape for array in arrays if array.shape is not None]
    if not known:
        return opaque(arrays[0], dtype=_common_dtype(arrays))
    place = sizes.axis_of(axis, len(known[0]))
    if len(known) != len(arrays):
        raise GiveUp(next(Unknown(why(array), array.span) for array in arrays if array.shape is None))
    if any(len(shape) != len(known[0]) for shape in known):
        raise GiveUp("arrays of different rank cannot be put together")
    shape = tuple(
        sizes.total([one[i] for one in known]) if i == place else _common(tuple(one[i] for one in known))
        for i in range(len(known[0]))
    )
    return _joined(arrays, shape, keep_source=place > 0)


@function("numpy.stack", "tensorflow.stack", "keras.ops.stack", "keras.backend.stack")
def _stack(call: LibraryCall) -> Value:
    arrays = _arrays(call, call.value("arrays", "values", "x"))
    if not arrays or any(array.shape is None for array in arrays):
        raise GiveUp(arrays[0].origin if arrays else "nothing to put together")
    inner = tuple(_common(column) for column in zip(*map(shape_of, arrays), strict=True))
    axis = sizes.axis_of(call.value("axis", default=0), len(inner) + 1)
    return _asked(_joined(arrays, (*inner[:axis], len(arrays), *inner[axis:]), keep_source=axis > 0), call)


def _asked(array: Array, call: LibraryCall) -> Array:
    """The array in the type that the call asks for."""
    return cast(array, call.type_argument("dtype", default=None)) if call.library == "numpy" else array


@function("numpy.vstack", "numpy.row_stack", "keras.ops.vstack")
def _vstack(call: LibraryCall) -> Value:
    arrays = _arrays(call, call.value("tup", "xs"))
    if call.path.startswith("keras.") and any(len(shape_of(array)) < 2 for array in arrays):
        raise GiveUp("vstack of vectors")
    return _asked(concatenate([_at_least(array, 2) for array in arrays], 0), call)


@function("numpy.hstack", "keras.ops.hstack")
def _hstack(call: LibraryCall) -> Value:
    arrays = [_at_least(array, 1) for array in _arrays(call, call.value("tup", "xs"))]
    first = arrays[0].shape if arrays else None
    return _asked(concatenate(arrays, 0 if first is not None and len(first) == 1 else 1), call)


@function("numpy.dstack", "keras.ops.dstack")
def _dstack(call: LibraryCall) -> Value:
    return concatenate([_at_least(array, 3) for array in _arrays(call, call.value("tup", "xs"))], 2)


@function("numpy.column_stack")
def _column_stack(call: LibraryCall) -> Value:
    arrays = [
        reshaped(array, (*shape_of(array), 1)) if array.shape is not None and len(array.shape) == 1 else array
        for array in _arrays(call, call.value("tup"))
    ]
    return concatenate(arrays, 1)


@function("numpy.append", "keras.ops.append")
def _append(call: LibraryCall) -> Value:
    return concatenate([call.array("arr", "x1"), call.array("values", "x2")], call.value("axis", default=None))


@function("numpy.insert", "numpy.delete")
def _inserted(call: LibraryCall) -> Value:
    array = call.array("arr")
    place = call.value("obj")
    axis = call.value("axis", default=None)
    one = isinstance(place, int) or (isinstance(place, Unknown) and place.kind == "int")
    if not one or axis is None or array.shape is None:
        call.value("values", default=None)
        return opaque(array, dtype=array.dtype)
    where = sizes.axis_of(axis, len(array.shape))
    step: Size = _inserted_rows(call, array, where) if call.path.endswith("insert") else -1
    shape = tuple(sizes.add(size, step) if i == where else size for i, size in enumerate(array.shape))
    return opaque(array, shape=shape, dtype=array.dtype)


def _inserted_rows(call: LibraryCall, array: Array, axis: int) -> Size:
    """How many rows one call puts in: one for a number or a row, several for a table of rows."""
    given = shape_of(call.array("values"))
    # `values` is turned so that its first axis becomes `axis`, and is then stretched to the array's rank.
    if len(given) < len(shape_of(array)):
        return 1 if axis == 0 or not given else sizes.unknown_size("rows that are put in")
    if len(given) > len(shape_of(array)):
        raise GiveUp("rows of more axes than the array has")
    return given[0]


@function("numpy.split", "numpy.array_split", "keras.ops.split", "keras.ops.array_split")
def _split(call: LibraryCall) -> Value:
    array, axis = call.array("ary", "x"), call.value("axis", default=0)
    if isinstance(call.value("ary", "x"), (list, tuple)) and axis != 0:
        raise GiveUp("a list that is split along another axis")
    return split(array, call.value("indices_or_sections"), axis)


@function("numpy.hsplit", "numpy.vsplit", "numpy.dsplit")
def _split_along(call: LibraryCall) -> Value:
    axis = {"hsplit": 1, "vsplit": 0, "dsplit": 2}[call.path.rpartition(".")[2]]
    array = call.array("ary")
    return split(array, call.value("indices_or_sections"), min(axis, len(shape_of(array)) - 1))


@function("tensorflow.split")
def _tensor_split(call: LibraryCall) -> Value:
    array = call.array("value")
    how = call.value("num_or_size_splits")
    if not isinstance(how, (tuple, list)):
        return split(array, how, call.value("axis", default=0))
    axis = sizes.axis_of(call.value("axis", default=0), len(shape_of(array)))
    return [_with_size(array, axis, size) for size in _with_rest(shape_argument(how), shape_of(array)[axis])]


def _with_rest(parts: Shape, whole: Size) -> Shape:
    """Sizes in which -1 stands for what the others leave."""
    if -1 not in parts:
        return parts
    others = sizes.total([part for part in parts if part != -1])
    left = None if others is None or whole is None else polynomials.subtract(whole, others)
    return tuple(left if part == -1 else part for part in parts)


def split(array: Array, how: Value, axis: Value) -> Value:
    """An array in equal parts (a number; the first ones longer by one where they cannot be), or cut at places."""
    place = sizes.axis_of(axis, len(shape_of(array)))
    size = shape_of(array)[place]
    if isinstance(how, (tuple, list)) or (isinstance(how, Array) and how.values is not None):
        from keras_shapes.reader.library.indexing import sliced

        cuts = [None, *shape_argument(how), None]
        return [_with_size(array, place, sliced(size, slice(*pair))) for pair in pairwise(cuts)]
    count = sizes.whole(how)
    if not 0 < count <= _MOST_PARTS:
        raise GiveUp("too many parts")
    if isinstance(size, int):
        return [_with_size(array, place, size // count + (i < size % count)) for i in range(count)]
    if size is None:
        raise GiveUp("an axis of unknown size")
    return [_with_size(array, place, polynomials.floor_divide(size, count)) for _ in range(count)]


@function("numpy.repeat", "tensorflow.repeat", "keras.ops.repeat")
def _repeat(call: LibraryCall) -> Value:
    array = call.array("a", "input", "x")
    times = call.value("repeats")
    axis = call.value("axis", default=None)
    if axis is None:
        array, axis = reshape(array, (-1,)), 0
    place = sizes.axis_of(axis, len(shape_of(array)))
    counts = shape_argument(times)
    if len(counts) == 1:
        repeated = _with_size(array, place, sizes.volume((shape_of(array)[place], counts[0])))
        if not isinstance(counts[0], int) or counts[0] < 1:
            return repeated
        return replace(repeated, provenance=repeated.provenance | array.provenance & marks.OF_VALUES)
    return _with_size(array, place, sizes.total(counts))


@function("numpy.tile", "tensorflow.tile", "keras.ops.tile", "keras.backend.tile")
def _tile(call: LibraryCall) -> Value:
    array = call.array("A", "a", "input", "x")
    times = shape_argument(call.value("reps", "multiples", "repeats", "n"))
    rank = max(len(times), len(shape_of(array)))
    full = (1,) * (rank - len(shape_of(array))) + shape_of(array)
    times = (1,) * (rank - len(times)) + times
    keep = {Fact.ONE_HOT} if times[-1:] == (1,) else set()
    return part(array, tuple(sizes.volume(pair) for pair in zip(full, times, strict=True)), keep=keep)


@function("numpy.pad", "tensorflow.pad", "keras.ops.pad")
def _pad(call: LibraryCall) -> Value:
    array = call.array("array", "tensor", "x")
    widths = call.value("pad_width", "paddings")
    if isinstance(widths, Array):
        raise GiveUp("a padding that is not known here")
    shape = shape_of(array)
    pairs = [widths] * len(shape) if not isinstance(widths, (tuple, list)) else list(widths)
    if not any(isinstance(pair, (tuple, list)) for pair in pairs) and isinstance(widths, (tuple, list)):
        pairs = [widths] * len(shape)
    if len(pairs) == 1:
        pairs = pairs * len(shape)
    if len(pairs) != len(shape):
        raise GiveUp("a padding that does not fit the array")
    full = tuple(_padded(size, pair) for size, pair in zip(shape, pairs, strict=True))
    for name in ("mode", "constant_values", "stat_length", "end_values", "reflect_type"):
        call.value(name, default=None)  # they decide about values, of which nothing is said
    return opaque(array, shape=full, dtype=array.dtype)


@function(
    "numpy.flip",
    "numpy.fliplr",
    "numpy.flipud",
    "numpy.roll",
    "tensorflow.reverse",
    "tensorflow.roll",
    "keras.ops.flip",
    "keras.ops.roll",
    "numpy.random.permutation",
    "tensorflow.random.shuffle",
    "keras.random.shuffle",
)
def _same_shape(call: LibraryCall) -> Value:
    value = call.value("m", "a", "x", "tensor", "input", "value")
    value = value.value if isinstance(value, NumpyNumber) else value
    if isinstance(value, int) or (isinstance(value, Unknown) and value.kind in {"int", "numpy int"}):
        size = size_argument(value)
        every = {Fact.EXACT, Fact.EVERY} if isinstance(value, int) else set()
        high = value - 1 if isinstance(value, int) else None
        return new((size,), "int64", low=0, high=high, provenance=every)
    array = call.own(value)
    return replace(moved(array, array.shape, keep={Fact.ONE_HOT}), source=object())


@function("numpy.rot90")
def _rot90(call: LibraryCall) -> Value:
    array = call.array("m")
    shape = shape_of(array)
    if len(shape) < 2:
        raise GiveUp("an array of one axis cannot be turned")
    turns = call.number("k", default=1)
    if call.value("axes", default=(0, 1)) not in ((0, 1), [0, 1], (1, 0), [1, 0]):
        raise GiveUp("other axes than the first two are turned")
    return moved(array, (shape[1], shape[0], *shape[2:]) if turns % 2 else shape)


@function("numpy.broadcast_to", "tensorflow.broadcast_to", "keras.ops.broadcast_to")
def _broadcast_to(call: LibraryCall) -> Value:
    return part(call.array("array", "input", "x"), shape_argument(call.value("shape")))


@function("numpy.atleast_1d", "numpy.atleast_2d", "numpy.atleast_3d")
def _at_least_rank(call: LibraryCall) -> Value:
    values = call.rest()
    if len(values) != 1:
        raise GiveUp("several arrays")
    return _at_least(call.own(values[0]), int(call.path[-2]))


@function("tensorflow.unstack", "keras.ops.unstack")
def _unstack(call: LibraryCall) -> Value:
    array = call.array("value", "x")
    shape = shape_of(array)
    axis = sizes.axis_of(call.value("axis", default=0), len(shape))
    count = sizes.whole(shape[axis])
    if count > _MOST_PARTS:
        raise GiveUp("too many parts")
    return [part(array, tuple(size for i, size in enumerate(shape) if i != axis)) for _ in range(count)]


@function("numpy.resize")
def _resized(call: LibraryCall) -> Value:
    return opaque(call.array("a"), shape=shape_argument(call.value("new_shape")))


@function("numpy.lib.stride_tricks.sliding_window_view")
def _windows(call: LibraryCall) -> Value:
    array = call.array("x")
    shape = shape_of(array)
    window = shape_argument(call.value("window_shape"))
    axes = sizes.axes_of(call.value("axis", default=None), len(shape))
    if len(window) != len(axes):
        raise GiveUp("windows that do not fit the array")
    left = list(shape)
    for axis, size in zip(axes, window, strict=True):
        before = left[axis]
        left[axis] = None if before is None or size is None else polynomials.add(polynomials.subtract(before, size), 1)
    return part(array, (*left, *window))


def joined_by_index(name: str, index: Value) -> Value:
    """`np.c_[a, b]`: columns side by side; `np.r_[a, b]`: one below the other."""
    parts = index if isinstance(index, tuple) else (index,)
    if any(isinstance(part, (slice, str)) for part in parts):
        raise GiveUp("ranges in np.c_ or np.r_")
    arrays = [_at_least(numpy_array(as_array(part)), 1) for part in parts]
    if name == "r_":
        return concatenate(arrays, 0)
    return concatenate([reshaped(one, (*shape_of(one), 1)) if len(shape_of(one)) == 1 else one for one in arrays], -1)


def _arrays(call: LibraryCall, value: Value) -> list[Array]:
    """The arrays of a sequence; one array stands for its items."""
    if isinstance(value, (list, tuple)):
        return [call.own(item) for item in value]
    if isinstance(value, Array):
        from keras_shapes.reader.library.indexing import items

        return [call.own(item) for item in items(value)]
    if isinstance(value, Items):
        raise GiveUp(value.length)
    raise GiveUp(value if isinstance(value, Unknown) else "arrays that are not known here")


def _turned(array: Array, order: tuple[int, ...]) -> Array:
    shape = shape_of(array)
    rows = bool(order) and order[0] == 0
    result = moved(array, tuple(shape[axis] for axis in order))
    return result if rows else replace(result, source=object())


def _with_size(array: Array, axis: int, size: Size) -> Array:
    shape = tuple(size if i == axis else old for i, old in enumerate(shape_of(array)))
    return part(array, shape, keep={Fact.ONE_HOT} if axis == 0 else ())


def _common(column: tuple[Size, ...]) -> Size:
    known = {size for size in column if isinstance(size, int)}
    if len(known) > 1:
        raise GiveUp(f"sizes that do not fit: {', '.join(map(str, sorted(known)))}")
    return known.pop() if known else column[0]


def _joined(arrays: Sequence[Array], shape: Shape, *, keep_source: bool) -> Array:
    low, high = bounds_of_all(arrays)
    same = all(Fact.ONE_HOT in array.provenance for array in arrays) and not keep_source
    provenance = frozenset.intersection(*(array.provenance & marks.PARTS for array in arrays))
    return new(
        shape,
        _common_dtype(arrays),
        next((array.origin for array in arrays if array.origin), ""),
        arrays[0].span,
        library=arrays[0].library,
        low=low,
        high=high,
        provenance=provenance | ({Fact.ONE_HOT} if same else set()),
        source=arrays[0].source if keep_source else None,
    )


def _common_dtype(arrays: Sequence[Array]) -> str | None:
    if len({array.dtype for array in arrays}) > 1 and any(array.library == "tensorflow" for array in arrays):
        return None
    return reduce(dtypes.promote, (array.dtype for array in arrays))


def _at_least(array: Array, rank: int) -> Array:
    shape = shape_of(array)
    if len(shape) >= rank:
        return array
    if rank == 3:
        return reshaped(array, {0: (1, 1, 1), 1: (1, *shape, 1), 2: (*shape, 1)}[len(shape)])
    return reshaped(array, (1,) * (rank - len(shape)) + shape)


def _padded(size: Size, pair: Value) -> Size:
    widths = shape_argument(pair)
    before, after = (widths[0], widths[0]) if len(widths) == 1 else widths
    return sizes.total((size, before, after))
