"""Making arrays: from literals and numbers, from other arrays, and out of nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TypeAlias

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.library import dtypes, marks, polynomials, sizes
from keras_shapes.reader.library.giving_up import GiveUp, Uneven
from keras_shapes.reader.library.objects import ARRAY_LIKE, LibraryObject
from keras_shapes.reader.library.sizes import Shape
from keras_shapes.reader.values import Choice, Guarded, Items, Rest, Value
from keras_shapes.source import Span

MOST_VALUES = 1_000
"""Items of a literal that are remembered one by one."""
_MOST_VISITED = 50_000
_MOST_DEPTH = 64

Plain: TypeAlias = "int | float | str | bool"


def new(
    shape: Shape | None,
    dtype: str | None,
    origin: str = "",
    span: Span | None = None,
    *,
    library: str = "numpy",
    provenance: Iterable[Fact] = (),
    low: float | None = None,
    high: float | None = None,
    source: object = None,
) -> Array:
    """An array like no other, with samples of its own."""
    return Array(
        shape,
        dtype,
        minimum=low,
        maximum=high,
        origin=origin,
        span=span,
        library=library,
        provenance=frozenset(provenance),
        source=object() if source is None else source,
    )


def opaque(array: Array, *, keep: Iterable[str] = marks.PARTS, **changes: object) -> Array:
    """What a function makes of an array when nothing is known of the result's shape and values."""
    values: dict[str, object] = {
        "shape": None,
        "minimum": None,
        "maximum": None,
        "values": None,
        "columns": None,
        "source": object(),
        "provenance": array.provenance & frozenset(keep),
        "memory": object(),
    }
    return replace(array, **{**values, **changes})  # type: ignore[arg-type]


def reshaped(array: Array, shape: Shape | None, *, keep: Iterable[str] = ()) -> Array:
    """The same items, in the same order, in another shape."""
    kept = marks.PARTS | marks.OF_VALUES | frozenset(keep)
    if shape is None:
        return opaque(array, keep=kept, minimum=array.minimum, maximum=array.maximum, values=array.values)
    return replace(array, shape=shape, provenance=array.provenance & kept, columns=None)


def moved(array: Array, shape: Shape | None, *, keep: Iterable[str] = ()) -> Array:
    """All of the items, in another order and shape."""
    return replace(reshaped(array, shape, keep=keep), values=None)


def part(array: Array, shape: Shape | None, *, source: object = None, keep: Iterable[str] = ()) -> Array:
    """Some of the items, in another shape: the bounds hold, but need not be reached."""
    return replace(
        moved(array, shape, keep=keep),
        provenance=array.provenance & (marks.PARTS | frozenset(keep)),
        source=object() if source is None else source,
    )


def changed(array: Array, shape: Shape | None, dtype: str | None, **changes: object) -> Array:
    """Other items for the same samples."""
    values: dict[str, object] = {
        "shape": shape,
        "dtype": dtype,
        "minimum": None,
        "maximum": None,
        "values": None,
        "columns": None,
        "provenance": array.provenance & marks.PARTS,
        "memory": object(),
    }
    return replace(array, **{**values, **changes})  # type: ignore[arg-type]


def as_list(array: Array, dtype: str | None) -> Array:
    """The array as a Python list. Items of an unknown type may be arrays: the rank of what is made of them is unknown.

    Raises:
        GiveUp: they may be.
    """
    if array.dtype in {None, "object"} and array.values is None:
        raise GiveUp("items that may be arrays themselves")
    return replace(array, dtype=dtype, provenance=array.provenance | {Fact.PYTHON_LIST})


def scalar(array: Array) -> Value:
    """One item of a numpy array: a numpy number, known or not. TensorFlow and Keras keep it an array."""
    if array.library in {"tensorflow", "keras"}:
        return array
    if array.values is not None and len(array.values) == 1:
        return number(array.values[0], array.dtype)
    kind = dtypes.kind_of(array.dtype)
    low, high = (_whole(array.minimum), _whole(array.maximum)) if kind == "numpy int" else (None, None)
    return Unknown(why(array), array.span, kind=kind, key=object(), low=low, high=high)


def number(value: Plain, dtype: str | None) -> Value:
    """A known item of a numpy array."""
    if isinstance(value, (bool, str)) or dtype is None:
        return value
    return NumpyNumber(dtype, value)


@dataclass(slots=True)
class Made:
    """The arrays of a list's parts, by identity: a part that is there often is walked over once."""

    arrays: dict[int, Array] = field(default_factory=dict)
    depth: int = 0


def as_array(value: Value, library: str = "numpy", made: Made | None = None) -> Array:
    """The array that numpy makes of a value; gives up where it would be an array of objects."""
    made = made or Made()
    if made.depth > _MOST_DEPTH:
        raise GiveUp("lists that are nested too deeply")
    if id(value) not in made.arrays:
        made.depth += 1
        made.arrays[id(value)] = _as_array(value, library, made)
        made.depth -= 1
    return made.arrays[id(value)]


def _as_array(value: Value, library: str, made: Made) -> Array:
    match value:
        case Array():
            return value
        case LibraryObject(kind=kind, facts=facts) if kind in ARRAY_LIKE:
            return either(_possible(facts.get("array")))
        case Unknown(kind=None):
            return Array(None, origin=value.reason, span=value.span, source=polynomials.key_of(value), library=library)
        case Unknown(low=low, high=high):
            return Array((), _item_dtype(value, library), low, high, origin=value.reason, library=library)
        case NumpyNumber(dtype=dtype, value=known):
            return _literal((), dtype, (known,), library)
        case bool() | int() | float() | str():
            return _literal((), _item_dtype(value, library), (value,), library)
        case [Rest(item=item, length=length)]:
            return as_array(Items(item, length), library)
        case list() | tuple():
            return _of_sequence(value, library, made)
        case range():
            return _of_range(value, library)
        case Items(item=item, length=length):
            array = as_array(item, library)
            shape = None if array.shape is None else (counted(length), *array.shape)
            return part(array, shape, keep={Fact.ONE_HOT})
        case _:
            raise GiveUp("this is not known to be an array")


def counted(length: Unknown) -> int | Unknown:
    """The length of a list whose items are not read one by one: known where its bounds meet."""
    return length.low if length.low is not None and length.low == length.high else length


def tensor(value: Value) -> Array:
    """The tensor that TensorFlow makes of a value."""
    array = as_array(value, "tensorflow")
    dtype = {"str": "string", "object": None, "category": None}.get(array.dtype or "", array.dtype)
    dtype = "string" if dtype is None and _holds_texts(array) else dtype
    values = None if dtype in {"string", None} else array.values
    return replace(array, library="tensorflow", dtype=dtype, columns=None, values=values)


def _holds_texts(array: Array) -> bool:
    """Whether the items of objects, or of an unknown type, are texts."""
    known = bool(array.values) and all(isinstance(item, str) for item in array.values or ())
    return known or Fact.TEXTS in array.provenance


def numpy_array(array: Array) -> Array:
    """The numpy array that a tensor, a data frame or a series becomes."""
    if array.library not in {"tensorflow", "keras", "pandas"}:
        return array
    dtype = {"string": "object", "category": "object"}.get(array.dtype or "", array.dtype)
    return replace(array, library="numpy", dtype=dtype, columns=None)


def of_values(values: Sequence[Plain], shape: Shape, dtype: str | None, library: str = "numpy") -> Array:
    """An array whose items are known."""
    return _literal(shape, dtype, tuple(values), library)


def _of_sequence(items: Sequence[Value], library: str, made: Made) -> Array:
    if any(isinstance(item, (Guarded, Rest)) for item in items):
        raise GiveUp("a list of unknown length")
    if not items:
        return new((0,), "float32" if library == "tensorflow" else "float64", library=library)
    if len(items) > _MOST_VISITED:
        raise GiveUp("a very long list")
    return _together([as_array(item, library, made) for item in items], library)


def _together(arrays: list[Array], library: str) -> Array:
    shapes = [array.shape for array in arrays]
    dtype = reduce(dtypes.promote, (array.dtype for array in arrays))
    known = [shape for shape in shapes if shape is not None]
    if any(len(shape) != len(known[0]) for shape in known):
        raise GiveUp("a list of arrays of different rank")
    if len(known) != len(arrays):
        return new(None, dtype, origin=_first_origin(arrays), library=library)
    inner = tuple(_one_size(column) for column in zip(*known, strict=True))
    if any(size is _RAGGED for size in inner) and len(inner) > 1:
        raise Uneven(len(arrays))
    if any(size is _RAGGED for size in inner):
        return new((len(arrays),), "object", library=library, provenance={Fact.RAGGED})
    shape = (len(arrays), *inner)
    values = [array.values for array in arrays]
    if all(value is not None for value in values) and sum(map(len, values)) <= MOST_VALUES:  # type: ignore[arg-type]
        return _literal(shape, dtype, tuple(item for value in values for item in value or ()), library)
    low, high = bounds_of_all(arrays)
    one_hot = frozenset({Fact.ONE_HOT}) if all(Fact.ONE_HOT in array.provenance for array in arrays) else ()
    return new(shape, dtype, _first_origin(arrays), library=library, low=low, high=high, provenance=one_hot)


_RAGGED = object()


def _one_size(column: Sequence[Size]) -> Size:
    """The size that all items have in common; `_RAGGED` where some surely differ."""
    known = {size for size in column if isinstance(size, int)}
    if len(known) > 1:
        return _RAGGED  # type: ignore[return-value]
    return known.pop() if known else column[0]


def bounds_of_all(arrays: Sequence[Array]) -> tuple[float | None, float | None]:
    """Bounds that hold for the items of all arrays."""
    lows = [array.minimum for array in arrays]
    highs = [array.maximum for array in arrays]
    low = None if None in lows or not lows else min(low for low in lows if low is not None)
    high = None if None in highs or not highs else max(high for high in highs if high is not None)
    return low, high


def _literal(shape: Shape, dtype: str | None, values: tuple[Plain, ...], library: str) -> Array:
    numbers = [value for value in values if isinstance(value, (bool, int, float)) and value == value]  # noqa: PLR0124
    whole = len(numbers) == len(values) and bool(values)
    low, high = (min(numbers), max(numbers)) if whole else (None, None)
    provenance = {Fact.EXACT} if whole else set()
    if whole and all(value == int(value) for value in numbers if abs(value) < 2**53):
        provenance |= {Fact.EVERY} if len(set(numbers)) == high - low + 1 else set()  # type: ignore[operator]
    return Array(
        shape,
        dtype,
        minimum=low,
        maximum=high,
        library=library,
        values=values if len(values) <= MOST_VALUES else None,
        provenance=frozenset(provenance),
        source=object(),
    )


def _of_range(values: range, library: str) -> Array:
    if len(values) <= MOST_VALUES:
        return _literal((len(values),), _item_dtype(0, library), tuple(values), library)
    every = {Fact.EVERY} if abs(values.step) == 1 else set()
    low, high = min(values[0], values[-1]), max(values[0], values[-1])
    return new(
        (len(values),),
        _item_dtype(0, library),
        library=library,
        low=low,
        high=high,
        provenance={Fact.EXACT, *every},
    )


def _item_dtype(value: Value, library: str) -> str | None:
    dtype = dtypes.dtype_of_item(value)
    if library == "tensorflow":
        return {"int64": "int32", "float64": "float32", "str": "string"}.get(dtype or "", dtype)
    return dtype


def _first_origin(arrays: Sequence[Array]) -> str:
    return next((array.origin for array in arrays if array.origin), "")


def _whole(value: float | None) -> int | None:
    return int(value) if value is not None and value == int(value) else None


def either(arrays: Sequence[Array]) -> Array:
    """What is true of all of some arrays: the array is one of them."""
    first = arrays[0]
    if len(arrays) == 1:
        return first
    shapes = [array.shape for array in arrays if array.shape is not None]
    same_rank = len(shapes) == len(arrays) and len(set(map(len, shapes))) == 1
    low, high = bounds_of_all(arrays)
    return replace(
        first,
        shape=tuple(_either_size(column) for column in zip(*shapes, strict=True)) if same_rank else None,
        dtype=first.dtype if len({array.dtype for array in arrays}) == 1 else None,
        minimum=low,
        maximum=high,
        values=None,
        columns=first.columns if all(array.columns == first.columns for array in arrays) else None,
        provenance=frozenset.intersection(*(array.provenance for array in arrays)) - marks.OF_VALUES,
        source=("either", *(array.source for array in arrays)),
    )


def _either_size(column: Sequence[Size]) -> Size:
    if all(sizes.same(size, column[0]) for size in column[1:]):
        return column[0]
    keys = tuple(polynomials.key_of(size) if isinstance(size, Unknown) else size for size in column)
    return sizes.unknown_size("it depends on a condition", ("either", keys))


def _possible(value: Value) -> list[Array]:
    """The arrays that a fact may be."""
    match value:
        case Choice(options=options):
            return [array for option in options for array in _possible(option)]
        case Guarded(value=inner):
            return _possible(inner)
        case Array():
            return [value]
        case _:
            raise GiveUp(value if isinstance(value, Unknown) else "this is not known to be an array")


def why(array: Array) -> str:
    """Why something of an array is not known, for people."""
    origin = array.origin
    is_sentence = origin.startswith("it ") or (" " in origin and "(" not in origin)
    return origin if is_sentence else f"it comes from {origin}" if origin else "it is not known here"


def shape_of(array: Array) -> Shape:
    """The shape; gives up where the rank is unknown."""
    if array.shape is None:
        raise GiveUp(Unknown(why(array), array.span))
    return array.shape


def rows_of(array: Array) -> Size:
    """The size of the first axis: the number of samples."""
    shape = shape_of(array)
    if not shape:
        raise GiveUp("a single number has no rows")
    return shape[0]


def table_of(array: Array) -> tuple[Size, Size]:
    """Rows and columns of an array that has just these."""
    shape = shape_of(array)
    if len(shape) != 2:
        raise GiveUp(f"rows and columns are needed, not {sizes.text(shape)}")
    return shape[0], shape[1]


def size_argument(value: Value) -> Size:
    """A size that is given as an argument."""
    if value is None or isinstance(value, (tuple, list)):
        raise GiveUp("a size that is not known here")
    return _item_of_shape(value)


def pair_argument(value: Value) -> tuple[Size, Size]:
    """Two sizes that are given as one argument."""
    shape = shape_argument(value)
    if len(shape) != 2:
        raise GiveUp("two sizes are needed")
    return shape[0], shape[1]


def shape_argument(value: Value) -> Shape:
    """A shape that is given as an argument: a number or a sequence of numbers."""
    match value:
        case bool():
            raise GiveUp("a shape that is not known here")
        case int() | NumpyNumber():
            return (sizes.whole(value),)
        case Unknown(kind="int" | "numpy int"):
            return (_item_of_shape(value),)
        case tuple() | list():
            return tuple(_item_of_shape(item) for item in value)
        case Array(values=values, shape=shape) if values is not None and shape is not None and len(shape) <= 1:
            return tuple(sizes.whole(item) for item in values)
        case Unknown():
            raise GiveUp(value)
        case _:
            raise GiveUp("a shape that is not known here")


def _item_of_shape(value: Value) -> Size:
    match value:
        case None:
            return None
        case bool() | int() | NumpyNumber():
            return sizes.whole(value)
        case Unknown(kind="int"):
            return value
        case Unknown():
            return replace(value, kind="int", key=polynomials.key_of(value))
        case Array(values=(one,)):
            return sizes.whole(one)
        case _:
            raise GiveUp("a size that is not known here")
