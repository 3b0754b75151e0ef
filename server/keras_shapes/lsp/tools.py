"""Threads, and what they work with: reading and judging in some, waiting for Keras in others."""

from __future__ import annotations

import asyncio
import functools
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal, ParamSpec, TypeAlias, TypeVar

from keras_shapes.watchdog import TookTooLong, Watched

Parameters = ParamSpec("Parameters")
Purpose: TypeAlias = Literal["layers", "training", "fixes"]
Value = TypeVar("Value")

SLOW_SECONDS = 0.3
"""A document that takes more of the processor is read in the thread for such ones the next time."""

WAIT_SECONDS = 60.0
"""A thread that waits for a disk that never answers cannot be given up; who waits for it is told so."""

STACK_BYTES = 64 << 20
"""The reader is recursive, as deep as the text that it reads. Only what is used of a stack costs memory."""


def _threads(name: str, most: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(most, f"keras-shapes {name}")


@dataclass(eq=False, slots=True)
class Threads:
    """Work that would block the event loop."""

    readers: ThreadPoolExecutor = field(default_factory=lambda: _threads("reading", 4))
    slow_readers: ThreadPoolExecutor = field(default_factory=lambda: _threads("long reading", 1))
    slow: set[str] = field(default_factory=set)
    reading: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    askers: ThreadPoolExecutor = field(default_factory=lambda: _threads("asking", 16))
    asking: dict[tuple[str, Purpose], asyncio.Future[Any]] = field(default_factory=dict)

    async def read(
        self, uri: str, function: Callable[Parameters, Value], *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Value:
        """Run what computes about a document: it is short, or can be cancelled, or is given up after a while.

        For each document one thing runs at a time, and documents that took long share one thread: they may wait for
        each other, and no other one waits for them. Raises TookTooLong.
        """
        while (running := self.reading.get(uri)) is not None:
            await asyncio.wait([running])
        loop = asyncio.get_running_loop()
        watched = Watched(lambda: self._timed(uri, lambda: function(*args, **kwargs)))
        future = loop.run_in_executor(self.slow_readers if uri in self.slow else self.readers, watched)
        self.reading[uri] = future
        future.add_done_callback(functools.partial(self._read, uri))
        watched.watch(loop, future)
        await asyncio.wait([future], timeout=WAIT_SECONDS)
        if not future.done():
            raise TookTooLong
        return future.result()

    def _read(self, uri: str, future: asyncio.Future[Any]) -> None:
        """A document is free for the next thing; perhaps nobody waits for this one any more."""
        del self.reading[uri]
        if not future.cancelled():
            future.exception()

    def _timed(self, uri: str, function: Callable[[], Value]) -> Value:
        """Run a function, and note whether it took long."""
        start = time.thread_time()
        try:
            return function()
        finally:
            if time.thread_time() - start > SLOW_SECONDS:
                self.slow.add(uri)
            else:
                self.slow.discard(uri)

    async def ask(self, uri: str, purpose: Purpose, question: Callable[[], Value]) -> Value:
        """Ask Keras. For each document and purpose one question runs and one waits; who is cancelled gives way.

        What was asked about an older text, and takes long, does not delay what is shown first of the newer one.
        """
        place = uri, purpose
        while (running := self.asking.get(place)) is not None:
            await asyncio.wait([running])
        future = asyncio.get_running_loop().run_in_executor(self.askers, question)
        self.asking[place] = future
        future.add_done_callback(lambda _: self.asking.pop(place))
        return await asyncio.shield(future)

    async def wait_for(self, function: Callable[[], Value]) -> Value:
        """Run what waits for a process or a disk."""
        return await asyncio.get_running_loop().run_in_executor(self.askers, function)

    def close(self) -> None:
        """Begin nothing new."""
        for executor in (self.readers, self.slow_readers, self.askers):
            executor.shutdown(wait=False, cancel_futures=True)


def make_room_for_recursion() -> None:
    """Give the threads that are started from now on a large stack."""
    threading.stack_size(STACK_BYTES)
