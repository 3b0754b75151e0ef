"""Operators on arrays: broadcasting, the type of the result, and bounds of its values."""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from typing import Any, Final

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.library import bounds, dtypes, linear, marks, sizes
from keras_shapes.reader.library.arrays import as_array, changed, opaque, scalar
from keras_shapes.reader.library.bounds import Bounds
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import ARRAY_LIKE, LibraryObject
from keras_shapes.reader.values import Items, Value
from keras_shapes.source import Span

ARITHMETIC: Final = frozenset({"add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "maximum", "minimum"})
_LOGICAL: Final = frozenset({"and_", "or_", "xor"})
_SHIFTS: Final = frozenset({"lshift", "rshift"})
_COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "Eq": python.eq,
    "NotEq": python.ne,
    "Lt": python.lt,
    "LtE": python.le,
    "Gt": python.gt,
    "GtE": python.ge,
}


def binary(operator: str, left: Value, right: Value, span: Span | None = None) -> Value | None:
    """`left <operator> right`, by the operator's name in the module `operator`; None where no array takes part."""
    if not (is_data(left) or is_data(right)):
        return None
    try:
        if operator == "matmul":
            return linear.matmul(as_array(left), as_array(right))
        return number_or_array(operation(operator, left, right))
    except GiveUp as reason:
        return reason.unknown(span)


def unary(operator: str, value: Value, span: Span | None = None) -> Value | None:
    """`-value`, `+value`, `~value` by name ("neg", "pos", "invert"); None where it is no array."""
    if not is_data(value):
        return None
    try:
        array = as_array(value)
    except GiveUp as reason:
        return reason.unknown(span)
    if operator == "pos":
        return array
    if operator == "invert" and array.dtype == "bool":
        return number_or_array(changed(array, array.shape, "bool"))
    low, high = bounds.negated((array.minimum, array.maximum)) if operator == "neg" else bounds.NO_BOUNDS
    return number_or_array(
        _held(changed(array, array.shape, array.dtype, provenance=_linear_marks(array)), (low, high))
    )


def compare(operator: str, left: Value, right: Value, span: Span | None = None) -> Value | None:
    """A comparison by the name of its syntax node ("Eq", "Lt"); None where no array takes part."""
    if not (is_data(left) or is_data(right)) or operator not in _COMPARISONS:
        return None
    try:
        arrays = [_operand(left), _operand(right)]
        result = changed(_leading(arrays), _shape(arrays), "bool", library=_library(arrays))
        return number_or_array(replace(result, values=_compared(operator, *arrays)))
    except GiveUp as reason:
        return reason.unknown(span)


def number_or_array(array: Array) -> Value:
    """What numpy's functions return: a number instead of an array without axes."""
    return scalar(array) if array.shape == () else array


def is_data(value: Value) -> bool:
    """Whether a value is an array, or an object that is one."""
    return isinstance(value, Array) or (isinstance(value, LibraryObject) and value.kind in ARRAY_LIKE)


def operation(operator: str, left: Value, right: Value) -> Array:
    """An operation item by item on arrays and numbers."""
    arrays = [_operand(left), _operand(right)]
    _refuse_unmatched(arrays)
    shape, leading = _shape(arrays), _leading(arrays)
    library = _library(arrays)
    dtype = _dtype(operator, [left, right], arrays, library)
    if shape is None:
        return opaque(leading, dtype=dtype, library=library)
    provenance = leading.provenance & marks.PARTS
    one, other = (left, right) if is_data(left) else (right, left)
    if leading.shape == () or _plain(other):
        provenance |= _marks_after(operator, as_array(one), other, one is left)
    result = changed(leading, shape, dtype, library=library, provenance=provenance)
    values = bounds.of_binary(operator, *((array.minimum, array.maximum) for array in arrays))
    if operator == "mod" and not dtypes.is_integer(dtype):
        values = bounds.NO_BOUNDS
    if operator == "mod" and values[1] is not None:
        values = (0, values[1] - 1)
    return _held(result, values)


def _refuse_unmatched(arrays: list[Array]) -> None:
    """Frames and series are matched by their labels: give up where these are not known to be the same."""
    if any(array.library != "pandas" or not array.shape for array in arrays):
        return
    first, second = sorted(arrays, key=lambda array: len(array.shape or ()))
    if len(first.shape or ()) < len(second.shape or ()):
        if first.source != ("of columns", second.source):
            raise GiveUp("rows or columns are matched by their labels")
    elif first.source != second.source:
        raise GiveUp("rows are matched by their index")


def elementwise(*values: Value, dtype: str | None = None) -> Array:
    """The result of any function item by item: its shape, and nothing about its values."""
    arrays = [_operand(value) for value in values]
    return changed(_leading(arrays), _shape(arrays), dtype, library=_library(arrays))


def promoted(values: list[Value]) -> str | None:
    """The type of the items of an operation that keeps the type of its operands."""
    arrays = [_operand(value) for value in values]
    return _promoted(values, arrays, _library(arrays))


def _compared(operator: str, left: Array, right: Array) -> tuple[bool, ...] | None:
    """The truths themselves, where the items are known."""
    if left.values is None or right.values is None or len(left.shape or ()) > 1 or len(right.shape or ()) > 1:
        return None
    count = max(len(left.values), len(right.values))
    pairs = zip(_stretched(left.values, count), _stretched(right.values, count), strict=False)
    try:
        return tuple(bool(_COMPARISONS[operator](one, other)) for one, other in pairs)
    except TypeError:
        return None


def _stretched(values: tuple[object, ...], count: int) -> tuple[object, ...]:
    return values * count if len(values) == 1 else values


def _operand(value: Value) -> Array:
    if isinstance(value, Items):
        raise GiveUp(value.length)
    return as_array(value)


def _shape(arrays: list[Array]) -> tuple[Size, ...] | None:
    shapes = [array.shape for array in arrays if array.shape is not None]
    if len(shapes) == len(arrays):
        return sizes.broadcast(*shapes)
    return None


def _leading(arrays: list[Array]) -> Array:
    """The operand whose samples the result has: the one with the most axes."""
    return max(arrays, key=lambda array: 99 if array.shape is None else len(array.shape))


def _library(arrays: list[Array]) -> str:
    libraries = {array.library for array in arrays}
    order = ("keras", "tensorflow", "pandas", "scipy")
    return next((library for library in order if library in libraries), "numpy")


def _dtype(operator: str, values: list[Value], arrays: list[Array], library: str) -> str | None:
    if operator in _LOGICAL or operator in _SHIFTS or operator in {"maximum", "minimum"}:
        return _promoted(values, arrays, library)
    if operator not in ARITHMETIC:
        return None
    if library == "tensorflow" and all(array.dtype == "bool" for array in arrays if array.library == "tensorflow"):
        return "bool" if operator == "mul" else None  # TensorFlow 2.21 refuses the others, and casts what is no tensor
    dtype = _promoted(values, arrays, library)
    if operator == "truediv" and dtype is not None and not dtypes.is_floating(dtype):
        if library != "tensorflow":
            return "float64" if dtypes.is_integer(dtype) or dtype == "bool" else None
        return {"int32": "float64", "int64": "float64", "int8": "float32", "uint8": "float32"}.get(dtype)
    if dtype == "bool":
        return "bool" if operator in {"add", "mul"} else "int8" if operator in {"floordiv", "mod", "pow"} else None
    return dtype if dtypes.is_number(dtype) else None


def _promoted(values: list[Value], arrays: list[Array], library: str) -> str | None:
    """The common type. Plain Python numbers only count with their kind, in numpy and in TensorFlow alike."""
    weak = [value for value in values if _plain(value)]
    strong = [array.dtype for value, array in zip(values, arrays, strict=True) if not _plain(value)]
    if not strong or None in strong:
        return None
    shaped = {array.dtype for array in arrays if array.shape != ()}
    if library == "numpy" and shaped and len(set(strong)) > 1 and len(shaped) < len(set(strong)):
        return None  # single numbers of numpy count with their value in version 1, with their type in version 2
    if library == "tensorflow" and len(set(strong)) > 1:
        return None
    dtype = reduce(dtypes.promote, strong)
    for value in weak:
        kind = value.kind if isinstance(value, Unknown) else type(value).__name__
        dtype = None if library == "tensorflow" and _refused(dtype, kind) else dtypes.promote_plain(dtype, kind or "")
    return dtype


def _refused(dtype: str | None, kind: str | None) -> bool:
    """TensorFlow makes a plain number a tensor of the other's type, which refuses a fraction among whole numbers."""
    return kind == "float" and not dtypes.is_floating(dtype)


def _plain(value: Value) -> bool:
    return isinstance(value, (bool, int, float)) or (
        isinstance(value, Unknown) and value.kind in {"bool", "int", "float"}
    )


def _marks_after(operator: str, array: Array, number: Value, array_first: bool) -> frozenset[Fact]:
    """Whether an exact range stays one: a strictly monotonous operation with one known number."""
    known = number.value if isinstance(number, NumpyNumber) else number
    if not isinstance(known, (bool, int, float)):
        return frozenset()
    if operator in {"add", "sub"}:
        return _linear_marks(array) if isinstance(known, int) else array.provenance & {Fact.EXACT}
    if (operator == "mul" or (operator == "truediv" and array_first)) and known != 0:
        return array.provenance & {Fact.EXACT}
    if operator == "mod" and array_first and _wraps(array, known):
        return marks.OF_VALUES
    return frozenset()


def _wraps(array: Array, divisor: float) -> bool:
    """Whether so many consecutive integers occur that every remainder does."""
    if not isinstance(divisor, int) or divisor <= 0 or not array.provenance >= marks.OF_VALUES:
        return False
    return array.minimum is not None and array.maximum is not None and array.maximum - array.minimum + 1 >= divisor


def _linear_marks(array: Array) -> frozenset[Fact]:
    return array.provenance & (marks.PARTS | marks.OF_VALUES)


def _held(array: Array, values: Bounds) -> Array:
    """An array with bounds, unless its type cannot hold them (then they wrap around)."""
    low, high = bounds.finite(values)
    fits = dtypes.is_floating(array.dtype) or (
        dtypes.is_integer(array.dtype) and bounds.within((low, high), dtypes.limits(array.dtype or ""))
    )
    if not fits or low is None or high is None:
        return replace(array, provenance=array.provenance - marks.OF_VALUES)
    return replace(array, minimum=low, maximum=high)
