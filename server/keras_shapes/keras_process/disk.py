"""Texts by key in one SQLite file that several processes share, and that may be broken at any time."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

ROWS = 20_000
LARGEST = 256 * 1024
"""Characters of one text."""

_WAIT_SECONDS = 0.2
_TABLE = "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, text TEXT NOT NULL, written REAL NOT NULL)"
_BOUND = "DELETE FROM answers WHERE key IN (SELECT key FROM answers ORDER BY written DESC LIMIT -1 OFFSET ?)"

Result = TypeVar("Result")


def cache_file(variables: Mapping[str, str] = os.environ) -> Path | None:
    """The file in the user's cache folder. None where there is no such folder: none is made in an untouched home."""
    if sys.platform == "win32":
        base = variables.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = variables.get("XDG_CACHE_HOME") or "~/.cache"
    folder = Path(base).expanduser()
    if not folder.is_absolute() or not folder.is_dir():
        return None
    return folder / "keras-shapes" / "answers-1.sqlite"


class Disk:
    """Never raises: what cannot be read is not there, what cannot be written is not kept. Thread-safe."""

    def __init__(self, path: Path, rows: int = ROWS) -> None:
        self._path = path
        self._rows = rows
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def get(self, key: bytes) -> str | None:
        """The text under a key."""
        row = self._try(lambda connection: _read(connection, key))
        return row if isinstance(row, str) else None

    def put(self, key: bytes, text: str) -> None:
        """Keep a text; the oldest go when there are too many."""
        if len(text) <= LARGEST:
            self._try(lambda connection: _write(connection, key, text, self._rows))

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
                except sqlite3.OperationalError:  # locked for too long, disk full, folder not writable
                    return None
                except (sqlite3.DatabaseError, OSError):
                    self._disconnect()
                    with contextlib.suppress(OSError):
                        self._path.unlink(missing_ok=True)
            return None

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            self._connection = sqlite3.connect(
                self._path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            # A crash may cost the file, and that is cheap: no waiting for the disk.
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.execute(_TABLE)
        return self._connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()


def _read(connection: sqlite3.Connection, key: bytes) -> object:
    row = connection.execute("SELECT text FROM answers WHERE key = ?", (key,)).fetchone()
    return row[0] if row is not None else None


def _write(connection: sqlite3.Connection, key: bytes, text: str, rows: int) -> None:
    connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (key, text, time.time()))
    if _count(connection) > rows:
        connection.execute(_BOUND, (rows * 9 // 10,))


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT COUNT(*) FROM answers").fetchone()[0])
