"""Types of array items, by their numpy names ("str" for any fixed-length text, "string" for TensorFlow's)."""

from __future__ import annotations

from keras_shapes.model import NumberKind, NumpyNumber, PublicName, Unknown
from keras_shapes.reader.values import Builtin

_UNSIGNED = {"uint8": 8, "uint16": 16, "uint32": 32, "uint64": 64}
_SIGNED = {"int8": 8, "int16": 16, "int32": 32, "int64": 64}
_FLOATING = {"bfloat16": 15, "float16": 16, "float32": 32, "float64": 64}
_OTHER = {
    "bool",
    "str",
    "object",
    "string",
    "bytes",
    "complex64",
    "complex128",
    "datetime64",
    "timedelta64",
    "category",
}
_SPELLINGS = {
    "bool_": "bool",
    "bool8": "bool",
    "float": "float64",
    "double": "float64",
    "float_": "float64",
    "single": "float32",
    "half": "float16",
    "int": "int64",
    "int_": "int64",
    "long": "int64",
    "intp": "int64",
    "uint": "uint64",
    "byte": "int8",
    "ubyte": "uint8",
    "short": "int16",
    "f": "float32",
    "d": "float64",
    "f4": "float32",
    "f8": "float64",
    "f2": "float16",
    "i": "int32",
    "i1": "int8",
    "i2": "int16",
    "i4": "int32",
    "i8": "int64",
    "u1": "uint8",
    "u2": "uint16",
    "u4": "uint32",
    "u8": "uint64",
    "B": "uint8",
    "b": "int8",
    "?": "bool",
    "O": "object",
    "str_": "str",
    "unicode_": "str",
    "complex": "complex128",
}


def dtype_of(value: object) -> str | None:
    """The numpy name of a dtype argument; None when it is not known."""
    match value:
        case str():
            name = value.lstrip("<>=|") or value
        case PublicName():
            name = value.last
        case Builtin(name=name):
            pass
        case _:
            return None
    name = _SPELLINGS.get(name, name)
    if name.startswith("U") and (name == "U" or name[1:].isdigit()):
        return "str"
    if name.startswith("datetime64"):
        return "datetime64"
    return name if name in _UNSIGNED or name in _SIGNED or name in _FLOATING or name in _OTHER else None


def is_integer(dtype: str | None) -> bool:
    """Whether items are whole numbers (bool is not)."""
    return dtype in _UNSIGNED or dtype in _SIGNED


def is_floating(dtype: str | None) -> bool:
    """Whether items are floating-point numbers."""
    return dtype in _FLOATING


def is_number(dtype: str | None) -> bool:
    """Whether items are whole or floating-point numbers, or bool."""
    return is_integer(dtype) or is_floating(dtype) or dtype == "bool"


def bits(dtype: str) -> int:
    """Width of a number in bits."""
    return 8 if dtype == "bool" else {**_UNSIGNED, **_SIGNED, **_FLOATING, "bfloat16": 16}[dtype]


def limits(dtype: str) -> tuple[int, int]:
    """The smallest and the largest value of an integer type."""
    if dtype in _UNSIGNED:
        return 0, 2 ** _UNSIGNED[dtype] - 1
    width = _SIGNED[dtype]
    return -(2 ** (width - 1)), 2 ** (width - 1) - 1


def promote(left: str | None, right: str | None) -> str | None:
    """The type that holds both, as numpy chooses it for two arrays."""
    if left == right:
        return left
    if left is None or right is None or not (is_number(left) and is_number(right)) or "bfloat16" in (left, right):
        return None
    if left == "bool":
        return right
    if right == "bool":
        return left
    if is_floating(left) and is_floating(right):
        return left if bits(left) > bits(right) else right
    if is_floating(left) or is_floating(right):
        floating, whole = (left, right) if is_floating(left) else (right, left)
        needed = {8: 16, 16: 32}.get(bits(whole), 64)
        return floating if bits(floating) >= needed else f"float{needed}"
    if (left in _SIGNED) == (right in _SIGNED):
        return left if bits(left) > bits(right) else right
    signed, unsigned = (left, right) if left in _SIGNED else (right, left)
    if bits(signed) > bits(unsigned):
        return signed
    return "float64" if unsigned == "uint64" else f"int{bits(unsigned) * 2}"


def promote_plain(array: str | None, number: str) -> str | None:
    """The type of an array's items with a plain Python number ("bool", "int", "float"): only its kind counts."""
    if array is None or not is_number(array):
        return None
    if number == "float" and not is_floating(array):
        return "float64"
    if number == "int" and array == "bool":
        return "int64"
    return array


def kind_of(dtype: str | None) -> NumberKind | None:
    """The type of number that one item of an array is."""
    if dtype == "bool":
        return "bool"
    if dtype in {"str", "string"}:
        return "str"
    if is_integer(dtype):
        return "numpy int"
    return "numpy float" if is_floating(dtype) else None


def dtype_of_item(value: object) -> str | None:
    """The type that numpy gives an array of such items."""
    match value:
        case bool() | Unknown(kind="bool"):
            return "bool"
        case int() | Unknown(kind="int"):
            return "int64"
        case float() | Unknown(kind="float"):
            return "float64"
        case str() | Unknown(kind="str"):
            return "str"
        case bytes():
            return "bytes"
        case complex():
            return "complex128"
        case NumpyNumber(dtype=dtype):
            return dtype
        case None:
            return "object"
        case _:
            return None
