"""Files that change: looked at again and again, on every system and every file system, with nothing to install."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from keras_shapes.python_files import Problem

Look: TypeAlias = dict[Path, tuple[int, int]]
"""For each file, when it was changed, and its length."""

_SHORTEST_PAUSE = 0.3
_PAUSE_FOR_A_LOOK = 10
"""Looking takes at most a tenth of the time, however many files there are."""


class Watched:
    """The files that `find` gives, and some others, as they are now."""

    def __init__(self, find: Callable[[], Iterable[Path | Problem]], others: Sequence[Path]) -> None:
        self._find, self._others = find, others
        self._seen = self._look()

    def next_change(self) -> Path:
        """Wait until one of them has changed, come or gone, and all are at rest."""
        changed: Path | None = None
        while True:
            begun = time.monotonic()
            now, before = self._look(), self._seen
            different = [path for path in {*now, *before} if now.get(path) != before.get(path)]
            if changed is not None and not different:
                return changed
            self._seen, changed = now, min(different, default=changed)
            time.sleep(max(_SHORTEST_PAUSE, _PAUSE_FOR_A_LOOK * (time.monotonic() - begun)))

    def _look(self) -> Look:
        seen: Look = {}
        for path in (*self._others, *(each for each in self._find() if isinstance(each, Path))):
            with suppress(OSError):
                status = path.stat()
                seen[path] = (status.st_mtime_ns, status.st_size)
        return seen
