"""The process that has imported Keras and does nothing else but fork: children answer, die and are replaced.

It holds no secret and parses nothing that a child wrote. It never executes an eager operation and never starts a
thread: a process with threads cannot be forked safely.
"""

from __future__ import annotations

import os
import select
import signal
from collections import deque
from typing import Any, Optional

from . import children, protocol, self_test
from .children import Child
from .pipes import CHUNK, Lines, write

PARALLEL = max(3, min(4, os.cpu_count() or 3))
"""Requests under way at a time: one slow model does not delay the others."""

IDLE_CHILDREN = 2
"""Children of a kind that are kept waiting, at most."""

SPARE = {protocol.SPEC: 2, protocol.TRAINING: 1, protocol.CODE: 1}
"""Children of each kind that are there, busy or not: while a fix is proven, somebody types."""

TICK_SECONDS = 0.05
"""How often the memory and the time of busy children are looked at."""

MEMORY = 1 << 30
"""Bytes that a child may add to what it shares with the zygote."""

WORN_OUT = 200 << 20
"""A child that serves many requests and has added so much is replaced after its answer."""


def serve(requests: int, replies: int, hello: dict[str, Any], start: dict[str, Any]) -> int:
    """Say hello and fork until the server closes its end, or nothing came for a while."""
    sandbox = self_test.run(start["workspace"])
    write(replies, protocol.pack(hello={**hello, "parallel": PARALLEL, "keeps_time": True, "sandbox": sandbox}))
    zygote = _Zygote(requests, replies, start["workspace"])
    try:
        zygote.run(start["idle_seconds"])
    finally:
        zygote.end()
    return 0


class _Zygote:
    def __init__(self, requests: int, replies: int, workspace: Optional[str]) -> None:
        self._requests, self._replies, self._workspace = requests, replies, workspace
        self._poll = select.poll()
        self._poll.register(requests, select.POLLIN)
        self._lines = Lines()
        self._waiting: deque[dict[str, Any]] = deque()
        self._by_descriptor: dict[int, Child] = {}
        self._busy: list[Child] = []
        self._idle: dict[str, list[Child]] = {protocol.SPEC: [], protocol.TRAINING: [], protocol.CODE: []}
        self._own_memory = children.memory(os.getpid())

    def run(self, idle_seconds: float) -> None:
        self._idle[protocol.SPEC].append(self._fork(protocol.SPEC))
        events = self._events(idle_seconds)
        while events or self._busy:
            for descriptor, child in events:
                if descriptor == self._requests:
                    if not self._receive():
                        return
                elif child is not None and self._by_descriptor.get(descriptor) is child:
                    self._serve(descriptor, child)
            self._enforce_limits()
            self._begin_waiting()
            events = self._events(TICK_SECONDS if self._busy else idle_seconds)

    def end(self) -> None:
        for child in set(self._by_descriptor.values()):
            self._discard(child)

    def _events(self, seconds: float) -> list[tuple[int, Optional[Child]]]:
        """Descriptors with news, and whose they are: a child that is forked meanwhile may get those of a dead one."""
        return [(descriptor, self._by_descriptor.get(descriptor)) for descriptor, _ in self._poll.poll(seconds * 1000)]

    def _receive(self) -> bool:
        """Take requests; False when the server has gone."""
        data = os.read(self._requests, CHUNK)
        self._waiting.extend(protocol.unpack(line) for line in self._lines.feed(data))
        return bool(data)

    def _begin_waiting(self) -> None:
        while self._waiting and len(self._busy) < PARALLEL:
            message = self._waiting.popleft()
            idle = self._idle[message["child"]]
            child = idle.pop() if idle else self._fork(message["child"])
            child.assign(message["id"], message["seconds"], message["request"])
            self._busy.append(child)
            self._poll.register(child.requests, select.POLLOUT)

    def _serve(self, descriptor: int, child: Child) -> None:
        if descriptor == child.requests:
            if child.send():
                self._poll.unregister(child.requests)
            return
        data = os.read(child.answers, CHUNK)
        child.incoming += data
        if b"\n" in data and child.number is not None:
            self._answer(child)
        elif not data:
            self._fail(child, protocol.DIED, "")
        elif child.number is None or len(child.incoming) > protocol.ANSWER_LIMIT:
            self._fail(child, protocol.OVERSIZED, "the answer was too long")

    def _answer(self, child: Child) -> None:
        """Pass the first line on, unread. A child that wrote more than that is not trusted again."""
        line, _, rest = child.incoming.partition(b"\n")
        text = line.decode("utf-8", "replace")
        write(self._replies, protocol.pack(id=child.number, answer=text))
        self._busy.remove(child)
        child.number = None
        child.incoming.clear()
        worn_out = child.memory() - self._own_memory > WORN_OUT
        if rest or worn_out or child.kind == protocol.CODE or len(self._idle[child.kind]) >= IDLE_CHILDREN:
            self._discard(child)
        else:
            self._idle[child.kind].append(child)
        self._keep_spare(child.kind)

    def _enforce_limits(self) -> None:
        for child in list(self._busy):
            if child.is_late():
                self._fail(child, protocol.TIMEOUT, f"Keras did not answer within {child.seconds:g} s")
            elif child.memory() - self._own_memory > MEMORY:
                self._fail(child, protocol.OVERSIZED, "the model needs too much memory to be looked at")

    def _fail(self, child: Child, kind: str, reason: str) -> None:
        """A child is given up; a request that it worked on has failed."""
        status = self._discard(child)
        if child.number is not None:
            reason = reason or f"Keras' child {_how_it_ended(status)}"
            write(self._replies, protocol.pack(id=child.number, failure=kind, reason=reason))
            self._keep_spare(child.kind)

    def _keep_spare(self, kind: str) -> None:
        """A child that has been forked and confined before it is needed costs the next request nothing."""
        while len(self._idle[kind]) + sum(child.kind == kind for child in self._busy) < SPARE[kind]:
            self._idle[kind].insert(0, self._fork(kind))

    def _fork(self, kind: str) -> Child:
        child = children.fork_child(kind, self._workspace)
        self._by_descriptor.update({child.requests: child, child.answers: child})
        self._poll.register(child.answers, select.POLLIN)
        return child

    def _discard(self, child: Child) -> int:
        for descriptor in (child.requests, child.answers):
            del self._by_descriptor[descriptor]
        self._poll.unregister(child.answers)
        if child.outgoing:
            self._poll.unregister(child.requests)
        for group in (self._busy, self._idle[child.kind]):
            if child in group:
                group.remove(child)
        return child.discard()


def _how_it_ended(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"died ({signal.Signals(os.WTERMSIG(status)).name})"
    return f"ended with code {os.WEXITSTATUS(status)}"
