"""Time that a search may take. It counts the processor's time of this process: a busy machine spends none of it."""

from __future__ import annotations

import time


class Budget:
    """So many seconds of work from now on."""

    def __init__(self, seconds: float) -> None:
        self._end = time.process_time() + seconds

    @property
    def is_spent(self) -> bool:
        """Whether it is time to come to an end with what is known."""
        return time.process_time() > self._end
