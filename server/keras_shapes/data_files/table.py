"""A table with a header: as many columns as the header has names, and a row for each record below it."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from typing import BinaryIO

from keras_shapes.data_files.found import FoundShape, UnreadableData

_MOST_BYTES = 50_000_000
"""The rows of a longer file are not counted."""
_MOST_HEADER = 1_000_000
_MOST_COLUMNS = 100_000


def read(file: BinaryIO, member: str | None = None, separator: str = ",") -> FoundShape:
    """Rows and columns. Raises UnreadableData."""
    if member is not None:
        raise UnreadableData("a table has no members")
    size = os.fstat(file.fileno()).st_size
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    rows = csv.reader(_bounded(text), delimiter=separator)
    try:
        header = next(rows, [])
        if len(header) < 1 or len(header) > _MOST_COLUMNS or any("\0" in name for name in header):
            raise UnreadableData("it does not begin with the names of columns")
        if all(_is_number(name) for name in header):
            raise UnreadableData("its first line holds numbers, and no names of columns")
        count = sum(bool(row) for row in rows) if size <= _MOST_BYTES else None
    except csv.Error:
        raise UnreadableData("it is no table of comma-separated values") from None
    return FoundShape((count, len(header)))


def read_tabs(file: BinaryIO, member: str | None = None) -> FoundShape:
    """The same for values that tabs separate."""
    return read(file, member, "\t")


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a text, none of which may be endless."""
    while line := text.readline(_MOST_HEADER):
        if len(line) == _MOST_HEADER:
            raise UnreadableData("a line of it is too long")
        yield line


def _is_number(name: str) -> bool:
    try:
        float(name)
    except ValueError:
        return False
    return True
