"""Edited documents back into their files: whole or not at all, and only where a file is still as it was read.

What people protect stays: a file that may not be written, other names of the same file, its mode and attributes, and
every byte that no fix is about.
"""

from __future__ import annotations

import codecs
import os
import shutil
import stat
import tempfile
from pathlib import Path

from keras_shapes.files import UnreadableFile, encoding_of, read_document
from keras_shapes.fixes.differences import differences
from keras_shapes.fixes.notebook_source import with_sources
from keras_shapes.notebook import code_cells
from keras_shapes.source import Document


class NotSaved(Exception):
    """A file that was not written; the message says why, for people."""


def save(path: Path, before: Document, after: Document) -> None:
    """Write `after` to the file that holds `before`. Raises NotSaved and leaves the file alone where it cannot."""
    try:
        current = read_document(path)
        if current.text != before.text:
            raise NotSaved("the file has changed meanwhile: nothing was written")
        place = Path(os.path.realpath(path))
        if not _may_be_written(place):
            raise NotSaved("the file is read-only: nothing was written")
        data = place.read_bytes()
        _write(place, data, _encoded(data, before, after))
    except UnreadableFile as error:
        raise NotSaved(str(error)) from None
    except OSError as error:
        raise NotSaved((error.strerror or str(error)).lower()) from None
    except UnicodeEncodeError as error:
        raise NotSaved(f"its encoding {error.encoding} has no {error.object[error.start]!r}") from None
    except (ValueError, RecursionError):
        raise NotSaved("the fix cannot be written without changing more: nothing was written") from None


def _may_be_written(path: Path) -> bool:
    """Whether somebody may write it, and this user too: an administrator is asked for the same respect."""
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o222) and os.access(path, os.W_OK)


def _encoded(data: bytes, before: Document, after: Document) -> bytes:
    """The bytes of the new file: encoding, byte-order mark and all that has not changed are those of the old one.

    Raises:
        ValueError: it cannot be done, or would not be read as it was meant.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    if after.path.endswith(".ipynb"):
        sources = [after.slice(cell.span) for cell in after.cells]
        text = with_sources(data[len(mark) :].decode(), sources)
        if code_cells(text) != sources:
            raise ValueError("it would be read differently")
        return mark + text.encode()
    encoding = encoding_of(data).removesuffix("-sig")
    return mark + _spliced(data[len(mark) :], before.text, after.text, encoding)


def _spliced(data: bytes, before: str, after: str, encoding: str) -> bytes:
    """The bytes of `after`: those of `before`, but for what has changed."""
    pieces: list[bytes] = []
    position = start = 0
    for edit in differences(before, after):
        unchanged = len(before[start : edit.span.start].encode(encoding))
        removed = len(before[edit.span.start : edit.span.end].encode(encoding))
        pieces += (data[position : position + unchanged], edit.content.encode(encoding))
        position, start = position + unchanged + removed, edit.span.end
    new = b"".join([*pieces, data[position:]])
    if new.decode(encoding) != after:
        raise ValueError("it would be read differently")
    return new


def _write(path: Path, old: bytes, new: bytes) -> None:
    status = path.stat()
    if status.st_nlink > 1 or (hasattr(os, "geteuid") and status.st_uid != os.geteuid()):
        _overwrite(path, old, new)
    else:
        _replace(path, new)


def _overwrite(path: Path, old: bytes, new: bytes) -> None:
    """Write into the file itself, which has other names or another owner; if that fails, it is as it was."""
    with path.open("r+b") as file:
        try:
            file.write(new)
            file.truncate()
            file.flush()
        except OSError:
            file.seek(0)
            file.write(old)
            file.truncate()
            raise


def _replace(path: Path, data: bytes) -> None:
    """Put another file in its place, at one blow, with the same mode and attributes."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle, not a path
            file.write(data)
        shutil.copystat(path, name)
        os.utime(name)
        os.replace(name, path)  # noqa: PTH105 - as it is known
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
