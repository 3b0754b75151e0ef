"""A log that nobody can flood: of one kind of line, a few in a while."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

MOST = 10
SECONDS = 60.0
KINDS = 500


class FewOfAKind(logging.Filter):
    """Lets the first lines of a kind pass; the last one of them says that there may be more. A kind is a template."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._begun = clock()
        self._counts: dict[tuple[str, str], int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is written."""
        now = self._clock()
        if now - self._begun > SECONDS or len(self._counts) > KINDS:
            self._begun, self._counts = now, {}
        kind = record.name, str(record.msg)[:100]
        count = self._counts[kind] = self._counts.get(kind, 0) + 1
        if count == MOST:
            record.msg = f"{record.msg} (more of this kind are left out)"
        return count <= MOST
