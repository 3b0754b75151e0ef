"""Files on disk -> documents. Only regular files are opened, and nothing in them is run."""

from __future__ import annotations

import io
import os
import re
import stat
import tokenize
from pathlib import Path

from keras_shapes.notebook import UnreadableFile, notebook_document, parsable
from keras_shapes.source import Document

__all__ = ["MAX_BYTES", "UnreadableFile", "python_document", "read_document", "read_text"]

MAX_BYTES = {".py": 2_000_000, ".ipynb": 50_000_000}
"""Largest file that is read. Most of a large notebook is its outputs."""

MAX_SETTINGS_BYTES = 1_000_000
"""Largest file of settings or patterns that is read."""

_ENCODING = re.compile(r"utf-?8|ascii|latin|iso|cp\d|windows|koi8|mac|gb|big5|euc|shift|johab|hz|tis|ptcp|kz")
"""Encodings of people's text. Python knows others (`punycode`, `unicode_escape`), which are slow or no text."""


def python_document(path: str, text: str) -> Document:
    """The document of a Python file, or of a buffer that an editor holds."""
    return Document(path, text, parsable(text))


def read_document(path: Path) -> Document:
    """The document of a `.py` or `.ipynb` file; raises UnreadableFile."""
    return document_of(str(path), _read(path, most_bytes(path)))


def most_bytes(path: Path) -> int:
    """How long a file may be, by its name."""
    return MAX_BYTES[".ipynb" if path.suffix == ".ipynb" else ".py"]


def document_of(path: str, data: bytes) -> Document:
    """The document of what is in a file, which its name says; raises UnreadableFile."""
    if path.endswith(".ipynb"):
        return notebook_document(path, _decode(data, "utf-8-sig"))
    if b"\0" in data:
        raise UnreadableFile("a binary file")
    return python_document(path, _decode(data, encoding_of(data)))


def read_text(path: Path, *, errors: str = "strict") -> str:
    """The text of a small file in UTF-8: settings, patterns. Raises UnreadableFile."""
    try:
        return _read(path, MAX_SETTINGS_BYTES).decode("utf-8", errors)
    except UnicodeDecodeError:
        raise UnreadableFile("not UTF-8 text") from None


def _read(path: Path, most: int) -> bytes:
    # A pipe must not block and a device must not be read: both are refused once they are open.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - Path.open takes no flags
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableFile("not a regular file")
            if status.st_size > most:
                raise UnreadableFile(f"larger than {most // 1_000_000} MB")
            return file.read(most)
    except OSError as error:
        raise UnreadableFile((error.strerror or str(error)).lower()) from None
    except ValueError as error:
        raise UnreadableFile(str(error)) from None


def encoding_of(data: bytes) -> str:
    """The encoding that a byte-order mark or a `coding` line declares (PEP 263); UTF-8 otherwise.

    Where the declaration is nonsense and the file is UTF-8, it is read as an editor shows it.
    """
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        reason = f"its encoding is not known: {error.msg}"
    else:
        if _ENCODING.match(encoding):
            return encoding
        reason = f"its encoding is {encoding}"
    try:
        data.decode()
    except UnicodeDecodeError:
        raise UnreadableFile(reason) from None
    return "utf-8-sig"


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        raise UnreadableFile(f"not {encoding.removesuffix('-sig').upper()} text") from None
