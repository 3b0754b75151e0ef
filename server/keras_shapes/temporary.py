"""Temporary folders: all of them in one of this process, which goes with it, or at the next start of another one.

A living process holds the lock of its folder, and the system lets go of it however the process ends.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import secrets
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "keras-shapes-"
_LOCK = "lock"
_YOUNG_SECONDS = 60
"""A folder that is being made has no lock yet."""
_held: list[int] = []
_made: list[Path] = []


def new_folder(name: str) -> Path:
    """A new, empty folder of one's own."""
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_own()))


@contextlib.contextmanager
def folder_for(name: str) -> Iterator[Path]:
    """A new, empty folder of one's own for as long as something lasts."""
    folder = new_folder(name)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clean_up() -> None:
    """Remove all folders of this process; new ones may be made afterwards."""
    _own.cache_clear()
    while _made:
        shutil.rmtree(_made.pop(), ignore_errors=True)
    while _held:
        os.close(_held.pop())


@functools.cache
def _own() -> Path:
    _remove_stale(Path(tempfile.gettempdir()))
    folder = Path(tempfile.gettempdir()) / f"{_PREFIX}{secrets.token_hex(8)}"
    _made.append(folder)  # before it is there: a signal may come in between
    folder.mkdir(mode=0o700)
    _held.append(os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600))
    _take(_held[-1])
    atexit.register(clean_up)
    return folder


def _remove_stale(place: Path) -> None:
    """Remove the folders of processes that have ended without it."""
    if sys.platform == "win32":  # there, what is open in a folder cannot be removed, and nothing tells it before
        return
    with contextlib.suppress(OSError):
        for folder in place.glob(f"{_PREFIX}*"):
            if _is_stale(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_stale(folder: Path) -> bool:
    """Whether a folder is of ours, and nobody holds its lock."""
    try:
        status = folder.lstat()
        old = time.time() - status.st_mtime > _YOUNG_SECONDS
        if not (old and stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid()):
            return False
        number = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        return stat.S_ISREG(os.fstat(number).st_mode) and _take(number)
    finally:
        os.close(number)


def _take(number: int) -> bool:
    """Whether a lock is ours now."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
