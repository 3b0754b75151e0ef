"""Which models made the worker fail, so that one that always does is not tried for ever."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

IN_A_ROW = 3
FIRST_REST_SECONDS = 4
LONGEST_REST_SECONDS = 240
_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class _Record:
    count: int
    reason: str
    last: float


class Failures:
    """Failures in a row by model. After three, a model rests, and after each further one twice as long.

    What failed may have been the machine.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._records: OrderedDict[str, _Record] = OrderedDict()

    def reason(self, key: str) -> str | None:
        """Why a model is not to be tried now; None when it may be."""
        with self._lock:
            record = self._records.get(key)
            if record is None or record.count < IN_A_ROW:
                return None
            if self._clock() - record.last > rest_seconds(record.count - IN_A_ROW):
                return None
            return f"{record.reason} ({record.count} times in a row)"

    def add(self, key: str, reason: str) -> None:
        """A model failed once more."""
        with self._lock:
            record = self._records.pop(key, None)
            self._records[key] = _Record((record.count if record else 0) + 1, reason, self._clock())
            if len(self._records) > _REMEMBERED:
                self._records.popitem(last=False)

    def forget(self, key: str) -> None:
        """A model succeeded."""
        with self._lock:
            self._records.pop(key, None)


def rest_seconds(times: int) -> float:
    """How long to wait before something is tried again that failed so many times already."""
    return float(min(FIRST_REST_SECONDS << min(times, 16), LONGEST_REST_SECONDS))
