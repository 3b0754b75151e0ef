"""Arithmetic on plain values, bounded before it happens: nothing here can take long or grow large."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from keras_shapes.data import Array
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.symbolic import is_asked
from keras_shapes.reader.values import Guarded, Items, Rest, Value

if TYPE_CHECKING:
    from keras_shapes.reader.limits import Limits

Number = (bool, int, float)
_BINARY: dict[type[ast.operator], Callable[[Any, Any], object]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
}
OPERATOR_NAMES: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.MatMult: "matmul",
    ast.BitAnd: "and_",
    ast.BitOr: "or_",
    ast.BitXor: "xor",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
}
COMPARISON_NAMES: dict[type[ast.cmpop], str] = {
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
    ast.Is: "is_",
    ast.IsNot: "is_not",
}
COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], object]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


FAILS = Unknown("this arithmetic raises an error")


def plain_binary(kind: type[ast.operator], left: Value, right: Value, limits: Limits) -> Value | None:
    """The result of an operation on plain values; None when they are not plain, or too large."""
    function = _BINARY.get(kind)
    if function is None or not _operable(kind, left, right) or not _small(kind, left, right, limits):
        return None
    try:
        result = function(left, right)
    except (TypeError, ValueError, ArithmeticError):
        return FAILS
    if isinstance(result, int) and result.bit_length() > limits.integer_bits:
        return Unknown("a very large number", kind="int")
    return result


def numpy_binary(kind: type[ast.operator], left: Value, right: Value, limits: Limits) -> Value | None:
    """Arithmetic with a numpy number: the result is a numpy number, an integer one only from integers."""
    plain = [value.value if isinstance(value, NumpyNumber) else value for value in (left, right)]
    if not all(isinstance(value, Number) for value in plain):
        return None
    result = plain_binary(kind, plain[0], plain[1], limits)
    if isinstance(result, bool) or not isinstance(result, (int, float)):
        return result
    dtypes = {value.dtype for value in (left, right) if isinstance(value, NumpyNumber)}
    dtype = dtypes.pop() if len(dtypes) == 1 else "float64" if isinstance(result, float) else "int64"
    if isinstance(result, float) and not dtype.startswith("float"):
        dtype = "float64"
    return NumpyNumber(dtype, result)


def result_kind(kind: type[ast.operator], left: Value, right: Value) -> str | None:
    """The type of number that an operation gives when a value is unknown but its type is not."""
    kinds = [number_kind(left), number_kind(right)]
    if None in kinds or not set(kinds) <= {"int", "float", "numpy int", "numpy float", "bool"}:
        return None
    if kinds[0] == "bool" or kinds[1] == "bool":
        kinds = ["int" if item == "bool" else item for item in kinds]
    numpy = any(item is not None and item.startswith("numpy") for item in kinds)
    floating = kind is ast.Div or any(item is not None and item.endswith("float") for item in kinds)
    if kind is ast.Pow and not floating and not (isinstance(right, int) and right >= 0):
        return None
    return ("numpy " if numpy else "") + ("float" if floating else "int")


def number_kind(value: Value) -> str | None:
    """The type of a number, known or not: "int", "float", "numpy int", …; None for anything else."""
    match value:
        case bool():
            return "bool"
        case int():
            return "int"
        case float():
            return "float"
        case NumpyNumber(dtype=dtype):
            return "numpy float" if dtype.startswith("float") else "numpy int"
        case Unknown(kind=kind):
            return kind
        case _:
            return None


def truth(value: Value) -> bool | None:
    """Whether a value counts as true; None when that is not known."""
    match value:
        case list() | tuple() | dict() | set():
            return _has_items(value)
        case None | bool() | int() | float() | str() | bytes() | range():
            return bool(value)
        case NumpyNumber(value=number):
            return bool(number)
        case Unknown() | Array() | Items():
            return None
        case _:
            return None if is_asked(value) else True


def _has_items(items: Collection[Value]) -> bool | None:
    """Whether a container holds anything, where some of its items may not be there."""
    if not items:
        return False
    if any(not isinstance(item, (Guarded, Rest)) for item in items):
        return True
    sure = any(isinstance(item, Rest) and (item.length.low or 0) > 0 for item in items)
    return True if sure else None


def _operable(kind: type[ast.operator], left: Value, right: Value) -> bool:
    if isinstance(left, Number) and isinstance(right, Number):
        return True
    if isinstance(left, str) and isinstance(right, str):
        return kind is ast.Add
    if isinstance(left, str) and kind is ast.Mod:
        return _formattable(right)
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return kind is ast.Add and type(left) is type(right)
    if isinstance(left, set) and isinstance(right, set):
        return kind is ast.BitOr or (
            kind in {ast.BitAnd, ast.Sub, ast.BitXor} and all(map(_is_constant, (*left, *right)))
        )
    if isinstance(left, dict) and type(left) is type(right):
        return kind is ast.BitOr and not any(isinstance(key, Rest) for key in right)
    sequence, times = (left, right) if isinstance(left, (str, bytes, list, tuple)) else (right, left)
    return isinstance(sequence, (str, bytes, list, tuple)) and isinstance(times, int) and kind is ast.Mult


def _is_constant(value: Value) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_constant, value))
    return value is None or isinstance(value, (bool, int, float, str, bytes))


def _formattable(value: Value) -> bool:
    plain = (bool, int, float, str)
    if isinstance(value, tuple):
        return all(isinstance(item, plain) for item in value)
    return isinstance(value, plain)


def _small(kind: type[ast.operator], left: Value, right: Value, limits: Limits) -> bool:
    if kind is ast.Pow:
        if isinstance(left, int) and isinstance(right, int) and right > 0:
            return left.bit_length() * right <= limits.integer_bits
        return abs(float(right)) <= limits.integer_bits if isinstance(right, Number) else False
    if kind is ast.LShift:
        return isinstance(left, int) and isinstance(right, int) and 0 <= right <= limits.integer_bits
    if isinstance(left, str) and kind is ast.Mod:
        return len(left) <= limits.text and not any(character in left for character in "*") and _narrow(left)
    sizes = [len(value) for value in (left, right) if isinstance(value, (str, bytes, list, tuple, dict, set))]
    if kind is ast.Mult and sizes:
        times = right if isinstance(right, int) else left
        return isinstance(times, int) and sizes[0] * max(times, 0) <= _cap(left, right, limits)
    return sum(sizes) <= _cap(left, right, limits) if sizes else True


def _narrow(template: str) -> bool:
    digits = "".join(character if character.isdigit() else " " for character in template).split()
    return all(len(number) <= 3 for number in digits)


def _cap(left: Value, right: Value, limits: Limits) -> int:
    return limits.text if isinstance(left, (str, bytes)) or isinstance(right, (str, bytes)) else limits.items
