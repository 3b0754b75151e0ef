"""Ctrl-C: what is known is shown as whole, and nothing more is looked for."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

INTERRUPTED = 130
"""Exit code of what was ended with Ctrl-C: 128 and the number of the signal."""


class Interruption:
    """Whether somebody pressed Ctrl-C. The second time ends the program wherever it is."""

    def __init__(self) -> None:
        self.came = False
        self._using = False

    def until(self, items: Iterable[T]) -> Iterator[T]:
        """The items, up to a Ctrl-C: it stops what makes them, and never what uses them."""
        before = signal.signal(signal.SIGINT, self._stop)
        try:
            for item in items:
                self._using = True
                yield item
                self._using = False
                if self.came:
                    return
        except KeyboardInterrupt:
            self.came = True
        finally:
            signal.signal(signal.SIGINT, before)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.came:
            signal.default_int_handler(number, frame)
        self.came = True
        if not self._using:
            raise KeyboardInterrupt
