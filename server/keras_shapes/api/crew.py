"""Files that several processes read, while this one holds the Keras that all of them ask."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from keras_shapes.api.driver import AHEAD
from keras_shapes.api.order import Order
from keras_shapes.api.plain import Json, from_plain, to_line, to_plain
from keras_shapes.api.results import FileResult
from keras_shapes.keras_process import Keras
from keras_shapes.keras_process.passing import answer

WINDOW = 200
"""So many results are kept, at most, while an earlier one is waited for."""

_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from keras_shapes.api.reading_process import main; main()"
)
_TICK_SECONDS = 0.1


def processors() -> int:
    """How many processors there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fulfil_together(
    order: Order, files: Sequence[Path], keras: Keras, workers: int, on_tick: Callable[[], object] = lambda: None
) -> Iterator[FileResult]:
    """See `order.fulfil`: the same results in the same order, by several processes, which end with it."""
    crew = _Crew(order, files, keras)
    crew.start(workers)
    try:
        for number in range(len(files)):
            yield crew.wait_for(number, on_tick)
    finally:
        crew.end()


class _Crew:
    """Who reads which file. `_changed` guards everything here."""

    def __init__(self, order: Order, files: Sequence[Path], keras: Keras) -> None:
        self.order, self.keras, self.files = order, keras, files
        self.askers = ThreadPoolExecutor(16, "keras-shapes asking")
        self._changed = threading.Condition()
        self._waiting = deque(range(len(files)))
        self._results: dict[int, FileResult] = {}
        self._shown = 0
        self._readers: list[_Reader] = []

    def start(self, workers: int) -> None:
        self._readers = [_Reader(self) for _ in range(workers)]

    def wait_for(self, number: int, on_tick: Callable[[], object]) -> FileResult:
        """The result of a file; that of the one before is forgotten."""
        with self._changed:
            self._shown = number
        for reader in self._readers:
            reader.fill()
        while True:
            on_tick()
            with self._changed:
                if number in self._results or self._changed.wait_for(lambda: number in self._results, _TICK_SECONDS):
                    return self._results.pop(number)

    def take(self) -> int | None:
        """The next file for a reader, as a number; None when there is none, or too many results wait."""
        with self._changed:
            if self._waiting and self._waiting[0] < self._shown + WINDOW:
                return self._waiting.popleft()
            return None

    def give_back(self, numbers: Sequence[int]) -> None:
        """Files that were not read after all."""
        with self._changed:
            self._waiting.extendleft(reversed(numbers))

    def settle(self, number: int, result: FileResult) -> None:
        with self._changed:
            self._results[number] = result
            self._changed.notify_all()

    @property
    def is_done(self) -> bool:
        """Whether no file waits for a reader."""
        with self._changed:
            return not self._waiting

    def end(self) -> None:
        for reader in self._readers:
            reader.end()
        self.askers.shutdown(wait=False, cancel_futures=True)


class _Reader:
    """One process, and the thread that listens to it. A process that dies costs the file that it was at."""

    def __init__(self, crew: _Crew) -> None:
        self._crew = crew
        self._lock = threading.RLock()
        self._open: deque[int] = deque()
        self._ended = False
        self._process = self._start()
        self._thread = threading.Thread(target=self._run, name="keras-shapes reader", daemon=True)
        self._thread.start()

    def fill(self) -> None:
        """Hand out files as long as there are some, and it has few."""
        with self._lock:
            while len(self._open) < AHEAD and not self._ended and (number := self._crew.take()) is not None:
                self._open.append(number)
                self._send({"file": os.fspath(self._crew.files[number])})

    def end(self) -> None:
        with self._lock:
            self._ended = True
            self._process.kill()
        self._thread.join()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # who presses Ctrl-C means the process that shows the results
        )
        self._process = process
        self._send(to_plain(self._crew.order))
        return process

    def _run(self) -> None:
        while True:
            self.fill()
            self._listen()
            with self._lock:
                code = self._process.wait()
                if self._ended:
                    return
                self._give_up(code)
                if self._crew.is_done:
                    self._ended = True  # what others give back later is not for a process that is gone
                    return
                self._process = self._start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stdin is not None
        for line in self._process.stdout:
            if not line.endswith(b"\n"):
                break  # it was killed while it wrote
            match json.loads(line):
                case {"result": result}:
                    with self._lock:
                        number = self._open.popleft()
                    self._crew.settle(number, from_plain(result, FileResult))
                    self.fill()
                case {"number": int() as number, "question": dict() as question}:
                    self._crew.askers.submit(self._answer, number, question)
        self._process.stdout.close()
        with contextlib.suppress(OSError):
            self._process.stdin.close()

    def _answer(self, number: int, question: Json) -> None:
        self._send({"number": number, "said": answer(self._crew.keras.holder, question)})

    def _give_up(self, code: int) -> None:
        """The oldest file is the one that the process was at; the others are read by the next one."""
        if self._open:
            number = self._open.popleft()
            reason = f"the process that read it ended with code {code}: it may need too much memory"
            self._crew.settle(number, FileResult(os.fspath(self._crew.files[number]), unchecked=reason))
        self._crew.give_back(tuple(self._open))
        self._open.clear()

    def _send(self, message: Json) -> None:
        assert self._process.stdin is not None
        with self._lock, contextlib.suppress(OSError):  # the thread that listens sees that the process is gone
            self._process.stdin.write(to_line(message))
            self._process.stdin.flush()
