"""What computes for too long is given up: an exception is raised in its thread, wherever that is.

Readings count their steps and end by themselves. This is for what nobody has thought of.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")

MOST_SECONDS = 8.0
"""Processor time. A document takes milliseconds, a very long one a second or two."""
LOOK_SECONDS = 1.0


class TookTooLong(BaseException):
    """Raised in a thread that computes for too long. No `except Exception` stops it on its way."""


class Watched(Generic[Value]):
    """A function that runs in some thread, and may be given up."""

    def __init__(self, function: Callable[[], Value]) -> None:
        self._function = function
        self._lock = threading.Lock()
        self._thread: int | None = None
        self._start = 0.0
        self._given_up = False

    def __call__(self) -> Value:
        """Run it; raises TookTooLong."""
        with self._lock:
            self._thread = threading.get_ident()
            self._start = _clock_of(self._thread)
        try:
            return self._function()
        finally:
            self._leave()

    def watch(self, loop: asyncio.AbstractEventLoop, future: asyncio.Future[Any]) -> None:
        """Look after it until its future is done."""
        if not future.done():
            self.give_up_if_late()
            loop.call_later(LOOK_SECONDS, self.watch, loop, future)

    def give_up_if_late(self) -> None:
        """Raise TookTooLong in the thread that runs it, if it has run for too long."""
        with self._lock:
            if self._thread is not None and _clock_of(self._thread) - self._start > MOST_SECONDS:
                self._given_up = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), ctypes.py_object(TookTooLong))

    def _leave(self) -> None:
        """From here on nothing is raised in this thread; what was on its way arrives here."""
        with contextlib.suppress(TookTooLong):
            with self._lock:
                self._thread = None
            for _ in range(1_000 if self._given_up else 0):
                pass


def run_watched(function: Callable[[], Value]) -> Value:
    """Run a function in this thread, with another one that looks after it; raises TookTooLong."""
    watched, done = Watched(function), threading.Event()

    def look() -> None:
        while not done.wait(LOOK_SECONDS):
            watched.give_up_if_late()

    threading.Thread(target=look, name="keras-shapes watchdog", daemon=True).start()
    try:
        return watched()
    finally:
        done.set()


def _clock_of(thread: int) -> float:
    """The processor time of a thread, where the system tells it; else the time."""
    if hasattr(time, "pthread_getcpuclockid"):
        return time.clock_gettime(time.pthread_getcpuclockid(thread))
    return time.monotonic()
