"""Images in a folder and in the folders in it: how many there are, and the size that their headers tell."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path

from keras_shapes.data_files.found import FoundShape, UnreadableData

_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
_MOST_FILES = 100_000
_MOST_HEADERS = 200
"""So many images are looked at; the others are believed to be like them, or their sizes are not told."""
_HEAD = 65_536
_CHANNELS = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}
"""Of a PNG, by its colour type; colours of a palette are read as three channels."""


def read(folder: Path) -> FoundShape:
    """`(images, height, width, channels)`; a size in which they differ is None. Raises UnreadableData."""
    paths: list[Path] = []
    for path in _files(folder):
        paths.append(path)
        if len(paths) > _MOST_FILES:
            raise UnreadableData(f"it holds more than {_MOST_FILES} images")
    if not paths:
        raise UnreadableData("it holds no images")
    every = max(len(paths) // _MOST_HEADERS, 1)
    sizes = {size for path in paths[::every][:_MOST_HEADERS] if (size := _size(path)) is not None}
    if not sizes:
        raise UnreadableData("none of its images has a header that is read")
    same = [axis.pop() if len(axis) == 1 else None for axis in map(set, zip(*sizes, strict=True))]
    return FoundShape((len(paths), *same), "uint8")


def _files(folder: Path) -> Iterator[Path]:
    """The images in a folder; links to other folders are not followed."""
    left, seen = [folder], 0
    while left:
        with os.scandir(left.pop()) as entries:
            for entry in entries:
                seen += 1
                if seen > 10 * _MOST_FILES:
                    raise UnreadableData("it holds too many files")
                if entry.is_dir(follow_symlinks=False):
                    left.append(Path(entry.path))
                elif entry.name.lower().endswith(_SUFFIXES) and entry.is_file():
                    yield Path(entry.path)


def _size(path: Path) -> tuple[int, int, int] | None:
    """Height, width and channels; None where the header does not tell them."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        return _parsed(head)
    except (OSError, struct.error):
        return None


def _parsed(head: bytes) -> tuple[int, int, int] | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        width, height = struct.unpack(">II", head[16:24])
        return (height, width, _CHANNELS[head[25]]) if len(head) > 25 and head[25] in _CHANNELS else None
    if head[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack("<HH", head[6:10])
        return height, width, 3
    if head.startswith(b"BM"):
        width, height = struct.unpack("<ii", head[18:26])
        return abs(height), abs(width), 3
    return _jpeg(head) if head.startswith(b"\xff\xd8") else None


def _jpeg(head: bytes) -> tuple[int, int, int] | None:
    """From the first frame header; segments before it are stepped over."""
    at = 2
    while at + 10 <= len(head) and head[at] == 0xFF:
        marker, length = head[at + 1], struct.unpack(">H", head[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width, channels = struct.unpack(">HHB", head[at + 5 : at + 10])
            return height, width, channels
        at += 2 + max(length, 2)
    return None
