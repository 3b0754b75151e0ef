"""The header of a `.npy` file: a magic number, and the text of a dictionary.

The format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
"""

from __future__ import annotations

import math
import os
import re
from typing import BinaryIO

from keras_shapes.data_files.found import FoundShape, UnreadableData

MAGIC = b"\x93NUMPY"
_MOST_HEADER = 4096
_HEADER = re.compile(
    r"\{'descr': '(?P<descr>[^']{1,20})', 'fortran_order': (True|False), 'shape': \((?P<shape>[\d, ]*)\),? *\}\s*"
)
_DESCR = re.compile(r"[<>|=]?(?P<kind>[biufcSUMm?])(?P<size>\d{0,4})(\[\w+\])?")
_NAMES = {"b": "int", "i": "int", "u": "uint", "f": "float", "c": "complex"}


def read(file: BinaryIO, member: str | None = None) -> FoundShape:
    """The shape in the header. Raises UnreadableData."""
    if member is not None:
        raise UnreadableData("a .npy file holds one array")
    return checked(file, os.fstat(file.fileno()).st_size)


def checked(file: BinaryIO, size: int) -> FoundShape:
    """The shape of an array that takes `size` bytes with its header. Raises UnreadableData."""
    start = file.read(8)
    if len(start) < 8 or not start.startswith(MAGIC):
        raise UnreadableData("it is no .npy file")
    count = 2 if start[6] == 1 else 4
    length = int.from_bytes(file.read(count), "little")
    if length > _MOST_HEADER:
        raise UnreadableData("its header is too long")
    found = _HEADER.fullmatch(file.read(length).decode("latin-1"))
    kind = _DESCR.fullmatch(found["descr"]) if found is not None else None
    if found is None or kind is None:
        raise UnreadableData("it holds Python objects or records, which are not read")
    sizes = _sizes(found["shape"])
    width = int(kind["size"] or 1) * (4 if kind["kind"] == "U" else 1)
    if math.prod(sizes) * width > size:
        raise UnreadableData("it is shorter than its header says")
    return FoundShape(sizes, _dtype(kind["kind"], int(kind["size"] or 1)))


def _sizes(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 32 or any(len(part) > 18 or not part.isdecimal() for part in parts):
        raise UnreadableData("its header is no shape")
    return tuple(map(int, parts))


def _dtype(kind: str, size: int) -> str | None:
    if kind in "b?":
        return "bool" if kind == "?" or size == 1 else None
    return f"{_NAMES[kind]}{8 * size}" if kind in _NAMES else None
