"""Texts by key in one SQLite file that several processes share, and that may be broken at any time.

Every row carries a digest of its key and its text: a flipped bit is a miss, never another answer.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from keras_shapes.keras_process import whole_files

ROWS = 20_000
LARGEST = 256 * 1024
"""Characters of one text."""

FORM = 2
"""Counts the forms that the file has had: a program of another version has a file of its own."""

_WAIT_SECONDS = 0.2
_MOST_STEPS = 20_000_000
"""Of SQLite's machine in one statement: a file that was made to keep it busy is given up."""

_TABLE = "CREATE TABLE answers (key BLOB PRIMARY KEY, text BLOB NOT NULL, digest BLOB NOT NULL, written REAL NOT NULL)"
_SCHEMA = [("table", "answers", _TABLE), ("index", "sqlite_autoindex_answers_1", None)]
_BOUND = "DELETE FROM answers WHERE key IN (SELECT key FROM answers ORDER BY written DESC LIMIT -1 OFFSET ?)"

Result = TypeVar("Result")


class DamagedError(Exception):
    """What was read is not what was written."""


def cache_file(variables: Mapping[str, str] = os.environ) -> Path | None:
    """The file in the user's cache folder. None where there is no such folder: none is made in an untouched home."""
    if variables.get("XDG_CACHE_HOME"):
        base = variables["XDG_CACHE_HOME"]
    elif sys.platform == "win32":
        base = variables.get("LOCALAPPDATA", "")
    else:
        base = "~/Library/Caches" if sys.platform == "darwin" else "~/.cache"
    folder = Path(base).expanduser()
    if not folder.is_absolute() or not folder.is_dir():
        return None
    return folder / "keras-shapes" / f"answers-{FORM}.sqlite"


def byte_code_folder() -> Path | None:
    """Where the byte code is kept of libraries that were installed without it: to make it takes most of a start."""
    file = cache_file()
    return file.parent / "byte-code" if file is not None else None


class Disk:
    """Never raises: what cannot be read is not there, what cannot be written is not kept. Thread-safe."""

    def __init__(self, path: Path, rows: int = ROWS) -> None:
        self._path = path
        self._rows = rows
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def get(self, key: bytes) -> str | None:
        """The text under a key."""
        return self._try(lambda connection: _read(connection, key))

    def put(self, key: bytes, text: str) -> None:
        """Keep a text; the oldest go when there are too many."""
        if len(text) <= LARGEST:
            self._try(lambda connection: _write(connection, key, text.encode(), self._rows))

    def count(self) -> int:
        """How many texts there are."""
        return self._try(_count) or 0

    def close(self) -> None:
        """Let go of the file; it is opened again when it is needed."""
        with self._lock:
            self._disconnect()

    def _try(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Do the work; if the file turns out to be broken, throw it away and do the work with a new one."""
        with self._lock:
            for _ in range(2):
                try:
                    return work(self._connected())
                except Exception as error:  # noqa: BLE001 - a broken file makes sqlite3 raise almost anything
                    self._disconnect()
                    if _is_no_damage(error, self._path):
                        return None
                    whole_files.clear(self._path)
            return None

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            if not whole_files.is_plain(self._path):
                raise DamagedError("something else lies in its place")
            self._connection = sqlite3.connect(
                self._path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            _prepare(self._connection)
        return self._connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the table if the file is new. Raises DamagedError where there is anything else in it."""
    connection.set_progress_handler(lambda: 1, _MOST_STEPS)
    # A crash of the machine may cost the file, and that is cheap: what is torn does not match its digest.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS", 1))
    schema = connection.execute("SELECT type, name, sql FROM sqlite_master LIMIT 3").fetchall()
    if schema != _SCHEMA or connection.execute("PRAGMA journal_mode").fetchone() != ("delete",):
        raise DamagedError("it has another form")


def _read(connection: sqlite3.Connection, key: bytes) -> str | None:
    row = connection.execute("SELECT text, digest FROM answers WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    text, digest = row
    if not isinstance(text, bytes) or digest != _digest(key, text):
        raise DamagedError("a text that was not written")
    return text.decode()


def _write(connection: sqlite3.Connection, key: bytes, text: bytes, rows: int) -> None:
    row = (key, text, _digest(key, text), time.time())
    connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)
    if _count(connection) > rows:
        connection.execute(_BOUND, (rows * 9 // 10,))


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT COUNT(*) FROM answers").fetchone()[0])


def _digest(key: bytes, text: bytes) -> bytes:
    return hashlib.sha256(b"%d %d " % (FORM, len(key)) + key + text).digest()


def _is_no_damage(error: Exception, path: Path) -> bool:
    """Whether the file is in order as far as one knows: it is locked, the disk is full, it may not be written."""
    if isinstance(error, sqlite3.OperationalError):
        said = str(error)
        if "locked" in said or "disk is full" in said:
            return True
        return not whole_files.may_be_written(path)
    return False
