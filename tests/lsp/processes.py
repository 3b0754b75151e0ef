"""Processes and their children, from `/proc`."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

linux_only = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")


def descendants(pid: int) -> list[int]:
    """All children of a process, their children and so on."""
    parents = {each: parent for each in _all() if (parent := _parent(each)) is not None}
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found[1:]


def gone(pids: list[int], seconds: float = 20) -> bool:
    """Whether the processes end within some seconds."""
    deadline = time.monotonic() + seconds
    while any(map(_runs, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(_runs, pids))


def _all() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _stat(pid: int) -> list[str] | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _parent(pid: int) -> int | None:
    fields = _stat(pid)
    return int(fields[1]) if fields else None


def _runs(pid: int) -> bool:
    """Whether a process is there and no zombie that waits for somebody to look."""
    fields = _stat(pid)
    return fields is not None and fields[0] not in "ZX"
