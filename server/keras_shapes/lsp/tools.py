"""Threads, and what they work with: reading and judging in some, waiting for Keras in others."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal, ParamSpec, TypeAlias, TypeVar

Parameters = ParamSpec("Parameters")
Purpose: TypeAlias = Literal["layers", "training", "fixes"]
Value = TypeVar("Value")

STACK_BYTES = 64 << 20
"""The reader is recursive, as deep as the text that it reads. Only what is used of a stack costs memory."""


def _threads(name: str, most: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(most, f"keras-shapes {name}")


@dataclass(eq=False, slots=True)
class Threads:
    """Work that would block the event loop."""

    readers: ThreadPoolExecutor = field(default_factory=lambda: _threads("reading", 4))
    askers: ThreadPoolExecutor = field(default_factory=lambda: _threads("asking", 16))
    asking: dict[tuple[str, Purpose], asyncio.Future[Any]] = field(default_factory=dict)

    async def read(
        self, function: Callable[Parameters, Value], *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Value:
        """Run what computes: it is short, or can be cancelled."""
        return await asyncio.get_running_loop().run_in_executor(self.readers, lambda: function(*args, **kwargs))

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
        for executor in (self.readers, self.askers):
            executor.shutdown(wait=False, cancel_futures=True)


def make_room_for_recursion() -> None:
    """Give the threads that are started from now on a large stack."""
    threading.stack_size(STACK_BYTES)
