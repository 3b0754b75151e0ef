"""Where the time of an edit goes: spans in a file that a browser's profiler opens.

`KERAS_SHAPES_TRACE=FILE` asks for it. The format is the JSON array of Chrome's trace events, which may lack its last
bracket; https://ui.perfetto.dev, `chrome://tracing` and `about:profiling` read it. Times are in microseconds:
`dur` has passed, for `tdur` of it the processor worked for this thread.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO

VARIABLE = "KERAS_SHAPES_TRACE"


def span(name: str) -> AbstractContextManager[None]:
    """What is done inside is one span of the trace, on the line of its thread; without a trace, nothing."""
    return _NOTHING if _FILE is None else _timed(name, _FILE)


def start() -> str | None:
    """Begin the trace that the environment asks for; why it cannot be written, where that is so."""
    global _FILE  # noqa: PLW0603 - one trace a process, as it has one environment
    path = os.environ.pop(VARIABLE, None)
    if not path:
        return None
    try:
        _FILE = Path(path).open("w", encoding="utf-8", buffering=1)  # noqa: SIM115 - open as long as the process
    except OSError as error:
        return f"{VARIABLE}: {path} cannot be written ({error.strerror})"
    _FILE.write("[\n")
    return None


_FILE: IO[str] | None = None
_NOTHING = nullcontext()
_LOCK = threading.Lock()


@contextmanager
def _timed(name: str, file: IO[str]) -> Iterator[None]:
    begun, worked = _now(), time.thread_time_ns()
    try:
        yield
    finally:
        used = (time.thread_time_ns() - worked) / 1000
        _write(file, {"name": name, "ph": "X", "ts": begun, "dur": _now() - begun, "tdur": used})


def _write(file: IO[str], event: dict[str, object]) -> None:
    line = json.dumps({**event, "pid": os.getpid(), "tid": threading.get_native_id()})
    with _LOCK:
        file.write(f"{line},\n")


def _now() -> float:
    return time.perf_counter_ns() / 1000
