"""One file of our own in a folder of our own: a plain file or nothing. What else lies there is put out of the way."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

COMPANIONS = ("-journal", "-wal", "-shm")
"""Files that SQLite lays beside its own: those of an old one would be played back into a new one."""


def is_plain(path: Path) -> bool:
    """Whether there is a regular file, or nothing at all, in each place: no link, no folder, no pipe."""
    return all(_is_plain(place) for place in _places(path))


def may_be_written(path: Path) -> bool:
    """Whether this user may write the file, if there is one, and make others beside it."""
    return all(os.access(place, os.W_OK) for place in (path, path.parent) if place.exists()) and path.parent.is_dir()


def clear(path: Path) -> None:
    """Leave nothing in the places. A folder may be somebody's: it gets another name. Never raises."""
    for place in _places(path):
        with contextlib.suppress(OSError):
            if place.is_dir() and not place.is_symlink():
                place.rename(tempfile.mkdtemp(prefix=f"{place.name}.aside-", dir=place.parent))
            else:
                place.unlink(missing_ok=True)


def _places(path: Path) -> list[Path]:
    return [path, *(path.with_name(path.name + companion) for companion in COMPANIONS)]


def _is_plain(path: Path) -> bool:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return True
    return stat.S_ISREG(mode)
