"""The members of a `.npz` file: a zip archive of `.npy` files, of which only the headers are unpacked."""

from __future__ import annotations

import os
import zipfile
import zlib
from typing import BinaryIO

from keras_shapes.data_files import npy
from keras_shapes.data_files.found import FoundShape, UnreadableData

_END = b"PK\x05\x06"
_MOST_DIRECTORY = 1_000_000
"""The list of members is read whole; one of this length has more members than anybody gives names."""
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error, IndexError)


def read(file: BinaryIO, member: str | None = None) -> FoundShape:
    """The shape of a member, of the only one where none is named. Raises UnreadableData."""
    _check_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            info = _member([each for each in archive.infolist() if each.filename.endswith(".npy")], member)
            with archive.open(info) as opened:
                return npy.checked(opened, info.file_size)  # type: ignore[arg-type]
    except _BROKEN:
        raise UnreadableData("it is no .npz file, or a broken one") from None
    except (MemoryError, OverflowError):
        raise UnreadableData("it is too large") from None


def _member(members: list[zipfile.ZipInfo], name: str | None) -> zipfile.ZipInfo:
    if name is None and len(members) == 1:
        return members[0]
    found = [each for each in members if each.filename == f"{name}.npy"]
    if found:
        return found[-1]
    names = ", ".join(each.filename.removesuffix(".npy")[:40] for each in members[:10])
    raise UnreadableData(f"it holds {names or 'no arrays'}" + (f", and no {name}" if name else ": name one"))


def _check_directory(file: BinaryIO) -> None:
    """Refuse an archive whose list of members is too long to be read."""
    size = os.fstat(file.fileno()).st_size
    file.seek(max(size - 65_557, 0))
    end = file.read(65_557)
    at = end.rfind(_END)
    if at < 0 or len(end) - at < 22:
        raise UnreadableData("it is no .npz file, or a broken one")
    if int.from_bytes(end[at + 12 : at + 16], "little") > _MOST_DIRECTORY:
        raise UnreadableData("it has too many members")
    file.seek(0)
