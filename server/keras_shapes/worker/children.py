"""Children of the zygote: forked, confined, asked through a pipe of their own, and thrown away."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, NoReturn, Optional

from . import child, code, lockdown, protocol
from .pipes import CHUNK, Lines, write

_KEPT = ("TF_USE_LEGACY_KERAS",)
"""Variables of ours that TensorFlow reads whenever somebody asks it for Keras."""

_YIELD = 10
"""Training takes long, and is shown after the shapes: on a busy machine these come first."""


@dataclass(eq=False)
class Child:
    """A child as the zygote sees it: `number` is the request that it works on, None when it is idle."""

    pid: int
    kind: str
    requests: int
    answers: int
    number: Optional[int] = None
    seconds: float = 0
    started: float = 0
    worked: float = 0
    outgoing: bytearray = field(default_factory=bytearray)
    incoming: bytearray = field(default_factory=bytearray)

    def assign(self, number: int, seconds: float, request: dict[str, Any]) -> None:
        """The child is to work on a request; `send` passes it on."""
        self.number, self.seconds = number, seconds
        self.started, self.worked = time.monotonic(), processor_seconds(self.pid)
        self.outgoing += json.dumps(request).encode("ascii") + b"\n"

    def send(self) -> bool:
        """Pass on what the pipe takes; whether all of it has gone. A dead child is noticed where its answer is read."""
        with contextlib.suppress(BlockingIOError):
            try:
                while self.outgoing:
                    del self.outgoing[: os.write(self.requests, self.outgoing)]
            except BrokenPipeError:
                self.outgoing.clear()
        return not self.outgoing

    def is_late(self) -> bool:
        """Whether it has worked for longer than it may. Waiting for a busy machine is no work, to a limit."""
        waited = time.monotonic() - self.started
        if waited <= self.seconds:
            return False
        worked = processor_seconds(self.pid) - self.worked
        return worked > self.seconds or waited > self.seconds * protocol.PATIENCE

    def memory(self) -> int:
        """Bytes of its memory that no file holds."""
        return memory(self.pid)

    def discard(self) -> int:
        """Kill the child and wait for it; the wait status that it ended with."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.requests)
        os.close(self.answers)
        return os.waitpid(self.pid, 0)[1]


def memory(pid: int) -> int:
    """Bytes of a process's memory that no file holds; 0 when it is gone."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
        return (int(fields[1]) - int(fields[2])) * resource.getpagesize()
    return 0


def processor_seconds(pid: int) -> float:
    """Seconds that the processor has worked for a process; 0 when it is gone."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0


def fork_child(kind: str, workspace: Optional[str]) -> Child:
    """Fork a child that waits for its first request: a code child serves one, the others many."""
    serve = {protocol.SPEC: _serve_many, protocol.TRAINING: _serve_training, protocol.CODE: _serve_code}[kind]
    requests_end, requests = os.pipe()
    answers, answers_end = os.pipe()
    pid = fork(lambda: serve(requests_end, answers_end, workspace), {requests_end, answers_end})
    os.close(requests_end)
    os.close(answers_end)
    os.set_blocking(requests, False)
    return Child(pid, kind, requests, answers)


def fork(work: Callable[[], object], keep: set[int]) -> int:
    """Fork a process that does this work, with no descriptor but these and the three standard ones, and ends."""
    zygote = os.getpid()
    pid = os.fork()
    if pid == 0:
        _be_a_child(work, keep, zygote)
    return pid


def import_what_is_used_first() -> None:
    """Import what the first operation would import, with backends that import parts of themselves so late."""
    if child.STARTS_LATE:
        for name in imported_by(child.rehearse_eagerly):
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def imported_by(work: Callable[[], object]) -> list[str]:
    """The modules that some work imports when it is first done, found out in a process that is thrown away.

    The work may start threads, which is why it is not done here.
    """
    before = set(sys.modules)
    end, told = os.pipe()

    def tell() -> None:
        with contextlib.suppress(Exception):
            work()
        write(told, " ".join(sorted(set(sys.modules) - before)).encode("ascii", "ignore"))

    pid = fork(tell, {told})
    os.close(told)
    with os.fdopen(end, "rb") as pipe:
        names = pipe.read().decode("ascii").split()
    os.waitpid(pid, 0)
    return names


def _be_a_child(work: Callable[[], object], keep: set[int], zygote: int) -> NoReturn:
    code = 1
    try:
        lockdown.belong_to(zygote)
        lockdown.close_to_others()
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        os.environ.clear()
        os.environ.update(kept)
        _close_all_but(keep)
        work()
        code = 0
    finally:
        os._exit(code)


def _close_all_but(keep: set[int]) -> None:
    low = 3
    for descriptor in sorted(keep):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def _serve_many(requests: int, answers: int, _workspace: Optional[str]) -> None:
    # Where there is no sandbox, Keras' own layers are evaluated all the same.
    with contextlib.suppress(OSError):
        lockdown.confine_spec(child.warm_up, compiles=child.COMPILES)
        code.expect_sandbox()
    child.rehearse()
    lines = Lines()
    while data := os.read(requests, CHUNK):
        for line in lines.feed(data):
            write(answers, child.answer(json.loads(line)).encode("ascii") + b"\n")


def _serve_training(requests: int, answers: int, workspace: Optional[str]) -> None:
    os.nice(_YIELD)
    _serve_many(requests, answers, workspace)


def _serve_code(requests: int, answers: int, workspace: Optional[str]) -> None:
    lockdown.confine_code(workspace)
    child.warm_up()
    child.rehearse()
    lines = Lines()
    while data := os.read(requests, CHUNK):
        for line in lines.feed(data):
            write(answers, child.answer_with_code(json.loads(line), workspace).encode("ascii") + b"\n")
