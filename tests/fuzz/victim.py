"""A process that takes inputs one after the other, each with a limit of processor time and of memory.

Run as a program it is the victim; imported, it is what starts victims and tells what became of them.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import traceback
from pathlib import Path

CPU_SECONDS = 3
MEMORY = 768 << 20
"""Bytes of address space that one victim may add."""
WAIT_SECONDS = 60
"""By the clock: on a busy machine three seconds of work take longer, and waiting for a pipe takes for ever."""


class Victim:
    """A process for one target, started again when it has died of an input."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._process: subprocess.Popen[bytes] | None = None

    def take(self, value: object) -> str | None:
        """What is wrong with what the target does with a value; None when nothing is."""
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, __file__, self._target]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._process.stdin.write(json.dumps(value).encode() + b"\n")
        self._process.stdin.flush()
        if not select.select([self._process.stdout], [], [], WAIT_SECONDS)[0]:
            self.end()
            return f"no answer within {WAIT_SECONDS} s"
        answer = self._process.stdout.readline()
        return json.loads(answer) if answer else _how_it_ended(self._process.wait())

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process.stdin.close()
            self._process.stdout.close()
            self._process = None


def _how_it_ended(code: int) -> str:
    if -code == signal.SIGXCPU:
        return f"more than {CPU_SECONDS} s of processor time"
    return f"it ended with {code}"


def _serve(name: str) -> None:
    import resource

    import fuzz_targets

    # What a target prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    target = getattr(fuzz_targets, name)
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY, hard))
    for line in sys.stdin.buffer:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS, hard))
        answers.write(json.dumps(_tried(target, json.loads(line))).encode() + b"\n")
        answers.flush()


def _tried(target, value: object) -> str | None:
    try:
        target(value)
    except Exception:  # noqa: BLE001 - each of them is a finding
        return traceback.format_exc(limit=-8)
    return None


if __name__ == "__main__":
    _serve(sys.argv[1])
