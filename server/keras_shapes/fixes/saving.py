"""Edited documents back into their files: whole or not at all, and only where a file is still as it was read."""

from __future__ import annotations

import codecs
import io
import os
import tempfile
import tokenize
from pathlib import Path

from keras_shapes.files import UnreadableFile, read_document
from keras_shapes.fixes.notebook_source import with_sources
from keras_shapes.source import Document


class NotSaved(Exception):
    """A file that was not written; the message says why, for people."""


def save(path: Path, before: Document, after: Document) -> None:
    """Write `after` to the file that holds `before`. Raises NotSaved and leaves the file alone where it cannot."""
    try:
        current = read_document(path)
        if current.text != before.text:
            raise NotSaved("the file has changed meanwhile: nothing was written")
        data = path.read_bytes()
        _replace(Path(os.path.realpath(path)), _encoded(data, after))
    except UnreadableFile as error:
        raise NotSaved(str(error)) from None
    except OSError as error:
        raise NotSaved((error.strerror or str(error)).lower()) from None
    except UnicodeEncodeError as error:
        raise NotSaved(f"its encoding {error.encoding} has no {error.object[error.start]!r}") from None


def _encoded(data: bytes, after: Document) -> bytes:
    """The bytes of the new file: encoding, byte-order mark and line breaks are those of the old one."""
    if after.path.endswith(".ipynb"):
        mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        sources = [after.slice(cell.span) for cell in after.cells]
        return mark + with_sources(data[len(mark) :].decode(), sources).encode()
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    return after.text.encode(encoding)


def _replace(path: Path, data: bytes) -> None:
    mode = path.stat().st_mode
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle, not a path
            file.write(data)
        Path(name).chmod(mode & 0o7777)
        os.replace(name, path)  # noqa: PTH105 - as it is known
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
