"""Answers that are known already: in memory, and on disk for the next time.

The key is everything that decides an answer: the recipe, the source of our worker, the versions of Keras and
TensorFlow, and the user's `keras.json`.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keras_shapes.environments import keras_json
from keras_shapes.keras_process.disk import Disk
from keras_shapes.keras_process.launch import MAIN

ENTRIES = 2_000
CHARACTERS = 8 << 20
PASSING_SECONDS = 60
"""So long is an answer good that a slow machine gave: asking anew at every keystroke would make it slower."""


class AnswerCache:
    """Replies of the worker by recipe, for one Keras. Thread-safe, never raises."""

    def __init__(
        self, keras: str, tensorflow: str, file: Path | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._kept_with = json.dumps([source_version(), keras, tensorflow, keras_json()]).encode()
        self._disk = Disk(file) if file is not None else None
        self._memory: OrderedDict[bytes, _Entry] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def get(self, recipe: str) -> dict[str, Any] | None:
        """The reply to a recipe that was asked before."""
        key = self._key(recipe)
        text = self._remembered(key)
        if text is not None:
            return _parse(text)
        text = self._disk.get(key) if self._disk is not None else None
        reply = _parse(text) if text is not None else None
        if text is not None and reply is not None:
            self._remember(key, text)
        return reply

    def put(self, recipe: str, reply: dict[str, Any], *, on_disk: bool, passing: bool = False) -> None:
        """Keep a reply. What user code had a say in is not for the disk; what is `passing` is not for long."""
        key, text = self._key(recipe), json.dumps(reply, separators=(",", ":"))
        self._remember(key, text, self._clock() + PASSING_SECONDS if passing else math.inf)
        if on_disk and not passing and self._disk is not None:
            self._disk.put(key, text)

    def forget(self) -> None:
        """Keep nothing in memory; what is on disk stays there."""
        with self._lock:
            self._memory.clear()
            self._characters = 0

    def close(self) -> None:
        """Let go of the file."""
        if self._disk is not None:
            self._disk.close()

    def _key(self, recipe: str) -> bytes:
        return hashlib.sha256(self._kept_with + recipe.encode()).digest()

    def _remembered(self, key: bytes) -> str | None:
        with self._lock:
            entry = self._memory.get(key)
            if entry is None or entry.until <= self._clock():
                return None
            self._memory.move_to_end(key)
            return entry.text

    def _remember(self, key: bytes, text: str, until: float = math.inf) -> None:
        with self._lock:
            before = self._memory.pop(key, None)
            self._memory[key] = _Entry(text, until)
            self._characters += len(text) - (len(before.text) if before is not None else 0)
            while len(self._memory) > ENTRIES or self._characters > CHARACTERS:
                _, oldest = self._memory.popitem(last=False)
                self._characters -= len(oldest.text)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A reply as text, which takes a tenth of the memory of what it says."""

    text: str
    until: float


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
