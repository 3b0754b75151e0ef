"""Answers that are known already: in memory, and on disk for the next time.

The key is everything that decides an answer: the recipe, the source of our worker, the versions of Keras and
TensorFlow, and the user's `keras.json`.
"""

from __future__ import annotations

import functools
import hashlib
import json
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

from keras_shapes.environments import keras_json
from keras_shapes.keras_process.disk import Disk
from keras_shapes.keras_process.launch import MAIN

ENTRIES = 2_000


class AnswerCache:
    """Replies of the worker by recipe, for one Keras. Thread-safe, never raises."""

    def __init__(self, keras: str, tensorflow: str, file: Path | None) -> None:
        self._kept_with = json.dumps([source_version(), keras, tensorflow, keras_json()]).encode()
        self._disk = Disk(file) if file is not None else None
        self._memory: OrderedDict[bytes, dict[str, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, recipe: str) -> dict[str, Any] | None:
        """The reply to a recipe that was asked before."""
        key = self._key(recipe)
        with self._lock:
            if key in self._memory:
                self._memory.move_to_end(key)
                return self._memory[key]
        text = self._disk.get(key) if self._disk is not None else None
        reply = _parse(text) if text is not None else None
        if reply is not None:
            self._remember(key, reply)
        return reply

    def put(self, recipe: str, reply: dict[str, Any], *, on_disk: bool) -> None:
        """Keep a reply. What user code had a say in is not for the disk."""
        key = self._key(recipe)
        self._remember(key, reply)
        if on_disk and self._disk is not None:
            self._disk.put(key, json.dumps(reply, separators=(",", ":")))

    def forget(self) -> None:
        """Keep nothing in memory; what is on disk stays there."""
        with self._lock:
            self._memory.clear()

    def close(self) -> None:
        """Let go of the file."""
        if self._disk is not None:
            self._disk.close()

    def _key(self, recipe: str) -> bytes:
        return hashlib.sha256(self._kept_with + recipe.encode()).digest()

    def _remember(self, key: bytes, reply: dict[str, Any]) -> None:
        with self._lock:
            self._memory[key] = reply
            self._memory.move_to_end(key)
            if len(self._memory) > ENTRIES:
                self._memory.popitem(last=False)


@functools.cache
def source_version() -> str:
    """A digest of the worker's source: a new version of the program asks anew."""
    digest = hashlib.sha256()
    for path in sorted(MAIN.parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _parse(text: str) -> dict[str, Any] | None:
    try:
        reply = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return reply if isinstance(reply, dict) else None
