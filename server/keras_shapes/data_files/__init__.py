"""The shape of data in a file, from its header: nothing is run, unpickled or read to its end.

Each format is one file. What a file holds is of an unknown author: all reading is bounded, and what is not as it has
to be gives one line.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from keras_shapes.data_files import images, npy, npz, table
from keras_shapes.data_files.found import FoundShape, UnreadableData

__all__ = ["SUFFIXES", "FoundShape", "UnreadableData", "shape_in"]

_READERS: dict[str, Callable[[BinaryIO, str | None], FoundShape]] = {
    ".npy": npy.read,
    ".npz": npz.read,
    ".csv": table.read,
    ".tsv": table.read_tabs,
}
SUFFIXES = tuple(_READERS)


def shape_in(path: Path, member: str | None = None) -> FoundShape:
    """The shape of the array in a file, of one `member` where it has several, or of the images in a folder.

    Raises:
        UnreadableData: with the reason in one line.
    """
    if str(path).startswith(("\\\\", "//")):
        raise UnreadableData("it is on another computer")
    try:
        if path.is_dir():
            return images.read(path)
        reader = _READERS.get(path.suffix.lower())
        if reader is None:
            raise UnreadableData(f"only {', '.join(SUFFIXES)} and folders of images are read")
        with _opened(path) as file:
            return reader(file, member)
    except OSError as error:
        raise UnreadableData((error.strerror or str(error)).lower()) from None


def _opened(path: Path) -> BinaryIO:
    """A regular file; anything else could make us wait, or never end."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnreadableData("it is no regular file")
    return os.fdopen(handle, "rb")
