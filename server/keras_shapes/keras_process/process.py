"""One worker process: started, asked, killed. What goes wrong is a value, not an exception."""

from __future__ import annotations

import atexit
import contextlib
import itertools
import logging
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeAlias, TypeVar

from keras_shapes.keras_process.launch import Launch, start, start_message
from keras_shapes.temporary import folder_for
from keras_shapes.worker import protocol

logger = logging.getLogger(__name__)

GRACE_SECONDS = 5
"""A worker with children keeps deadlines itself; when it lets one pass by this much, it hangs as a whole."""


STOPPED_SECONDS = 1
"""A worker that owes an answer for so long may have been stopped (SIGSTOP), and is told to go on."""

PATIENCE_SECONDS = 1
"""A worker that is told to end needs milliseconds."""

MOST_PARALLEL = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child wrote: text that nobody has looked at yet."""

    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer: `kind` is "died", "timeout" or "oversized", `reason` is for people."""

    kind: str
    reason: str


Outcome: TypeAlias = Answer | Failure
_Result = TypeVar("_Result")


class WorkerProcess:
    """A running worker. Thread-safe; once it has ended, every request fails.

    Two threads serve its pipes: one starts it and reads, so that the worker may be bound to that thread's life;
    the other writes, so that a worker which does not read blocks nobody who waits with a deadline.
    """

    def __init__(self, launch: Launch) -> None:
        self._launch = launch
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._started = threading.Event()
        self._ended = False
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Future[Outcome]] = {}
        self._hello: Future[dict[str, Any] | Failure] = Future()
        self._outbox: SimpleQueue[bytes | None] = SimpleQueue()
        self._outbox.put(protocol.pack(start=start_message(launch)))
        self._free = threading.Semaphore(1)
        self._free_for_training = threading.Semaphore(1)
        self._patience, self._grace = 1, 0
        self._reader = threading.Thread(target=self._run, name="keras-shapes worker", daemon=True)
        self._reader.start()
        atexit.register(self.end)

    @property
    def alive(self) -> bool:
        """Whether requests can still be made."""
        return not self._ended

    @property
    def greeted(self) -> bool:
        """Whether the hello message, or the failure to send one, is there."""
        return self._hello.done()

    def hello(self, seconds: float) -> dict[str, Any] | Failure:
        """Wait until Keras is imported: what the worker says of itself, or why it will never say anything."""
        try:
            return self._result(self._hello, seconds)
        except FutureTimeoutError:
            self.kill()
            return Failure(protocol.TIMEOUT, f"Keras did not start within {seconds:g} s")

    def ask(self, request: dict[str, Any], child: str, seconds: float) -> Outcome:
        """Send a request to a kind of child and wait for the answer; `seconds` are the child's, once it is free.

        Questions about training leave room for those about layers, which take less time and are shown first.
        """
        with self._free_for_training if child == protocol.TRAINING else contextlib.nullcontext(), self._free:
            return self._ask(request, child, seconds)

    def _ask(self, request: dict[str, Any], child: str, seconds: float) -> Outcome:
        number = next(self._numbers)
        future: Future[Outcome] = Future()
        with self._lock:
            if self._ended:
                return Failure(protocol.DIED, "Keras' process has ended")
            self._waiting[number] = future
            self._outbox.put(protocol.pack(id=number, child=child, seconds=seconds, request=request))
        try:
            return self._result(future, seconds * self._patience + self._grace)
        except FutureTimeoutError:
            self.kill()
            return Failure(protocol.TIMEOUT, f"Keras did not answer within {seconds:g} s")

    def _result(self, future: Future[_Result], seconds: float) -> _Result:
        """What a future brings within some seconds. Somebody may have stopped a process: it would never bring it."""
        for _ in range(int(seconds / STOPPED_SECONDS)):
            with contextlib.suppress(FutureTimeoutError):
                return future.result(STOPPED_SECONDS)
            self._go_on()
        return future.result(seconds % STOPPED_SECONDS)

    def _go_on(self) -> None:
        """Wake the worker and its children where they were stopped; those that run notice nothing."""
        with self._lock:
            if self._process is None:
                self._signal_starting("SIGCONT")
            elif self._process.returncode is None:
                _continue_group(self._process)

    def _signal_starting(self, name: str) -> None:
        """Signal a child that does not run its program yet: `Popen` waits for that, and it may have been stopped."""
        with contextlib.suppress(OSError, ValueError):
            children = Path(f"/proc/self/task/{self._reader.native_id}/children").read_text(encoding="ascii")
            for pid in map(int, children.split()):
                os.kill(pid, signal.Signals[name])

    def end(self) -> None:
        """Ask the worker to end its children and itself, which leaves no zombie; kill it if it does not."""
        if self.greeted:
            self._outbox.put(None)
            self._reader.join(PATIENCE_SECONDS)
        self.kill()

    def kill(self) -> None:
        """Kill the worker and its children, and wait until they are gone."""
        while not self._started.wait(STOPPED_SECONDS):
            self._go_on()
        with self._lock:
            if self._process is not None and self._process.returncode is None:
                _kill_group(self._process)
        self._reader.join()
        atexit.unregister(self.end)

    def kill_at_once(self) -> None:
        """Kill the worker and its children, and wait for nothing."""
        if self._process is None:
            self._signal_starting("SIGKILL")
        elif self._process.returncode is None:
            _kill_group(self._process)

    def _run(self) -> None:
        """Life of the reading thread: the whole life of the worker."""
        failure = Failure(protocol.DIED, "Keras' process has ended")
        with folder_for("worker") as folder:
            try:
                self._process = start(self._launch, folder)
            except OSError as error:
                failure = Failure(protocol.DIED, f"{self._launch.python} does not start: {error.strerror}")
            else:
                failure = self._converse(self._process)
            finally:
                self._end(failure)

    def _converse(self, process: subprocess.Popen[bytes]) -> Failure:
        """Pass messages until the worker ends or talks nonsense; how it ended."""
        self._started.set()
        writer = threading.Thread(target=self._write, args=(process,), name="keras-shapes requests", daemon=True)
        writer.start()
        failure = None
        try:
            self._read(process)
        except protocol.ProtocolError as error:
            failure = Failure(protocol.DIED, f"Keras' process wrote nonsense: {error}")
        with self._lock:
            _kill_group(process)
            code = process.wait()
        self._outbox.put(None)
        writer.join()
        assert process.stdout is not None
        process.stdout.close()
        return failure or Failure(protocol.DIED, f"Keras' process {_how_it_ended(code)}")

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        while line := process.stdout.readline(protocol.LINE_LIMIT):
            self._dispatch(protocol.unpack(line))

    def _write(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        with contextlib.suppress(OSError):  # the reading thread sees that the worker is gone
            while (line := self._outbox.get()) is not None:
                process.stdin.write(line)
                process.stdin.flush()
        with contextlib.suppress(OSError):
            process.stdin.close()

    def _dispatch(self, message: dict[str, Any]) -> None:
        match message:
            case {"hello": {"parallel": int() as parallel} as hello} if not self._hello.done():
                most = min(max(1, parallel), MOST_PARALLEL)
                self._free, self._free_for_training = threading.Semaphore(most), threading.Semaphore(max(1, most - 1))
                if hello.get("keeps_time") is True:
                    self._patience, self._grace = protocol.PATIENCE, GRACE_SECONDS
                self._hello.set_result(hello)
            case {"hello": dict() as hello} if not self._hello.done():
                self._hello.set_result(hello)
            case {"id": int() as number, "answer": str() as text}:
                self._settle(number, Answer(text))
            case {"id": int() as number, "failure": str() as kind, "reason": str() as reason}:
                self._settle(number, Failure(kind, reason))
            case _:
                raise protocol.ProtocolError("no message that was expected")

    def _settle(self, number: int, outcome: Outcome) -> None:
        with self._lock:
            future = self._waiting.pop(number, None)
        if future is None:
            raise protocol.ProtocolError("an answer that nobody asked for")
        future.set_result(outcome)

    def _end(self, failure: Failure) -> None:
        """Nobody waits for a worker that has ended."""
        with self._lock:
            self._ended = True
            waiting, self._waiting = self._waiting, {}
        logger.info("worker of %s: %s", self._launch.python, failure.reason)
        self._started.set()
        if not self._hello.done():
            self._hello.set_result(failure)
        for future in waiting.values():
            future.set_result(failure)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that has not been waited for yet, with all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _continue_group(process: subprocess.Popen[bytes]) -> None:
    """Continue a process that has not been waited for yet, and all that it started."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGCONT)


def _how_it_ended(code: int) -> str:
    if code < 0:
        with contextlib.suppress(ValueError):
            return f"died ({signal.Signals(-code).name})"
    return "ended" if code == 0 else f"ended with code {code}"
