"""Does the sandbox hold? Measured at every start: throw-away children confine themselves and try what is forbidden.

What counts is what happened, not the name of the system or the version of the kernel.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any, Callable, Optional

from . import children, lockdown, protocol
from .pipes import write

SECONDS = 10

_CANARY = Path("/etc/passwd")
_PROBE_FILE = Path("probe")
_IO_URING_SETUP, _CLONE_NEWUSER, _EPERM = 425, 0x10000000, 1


def run(workspace: Optional[str]) -> dict[str, Optional[str]]:
    """For each kind of child: None when it is confined, else the reason why not."""
    return {kind: _test(kind, workspace) for kind in (protocol.SPEC, protocol.CODE)}


def _test(kind: str, workspace: Optional[str]) -> Optional[str]:
    read_end, write_end = os.pipe()
    pid = children.fork(lambda: _try_everything(kind, workspace, write_end), {write_end})
    os.close(write_end)
    report = b""
    while select.select([read_end], [], [], SECONDS)[0]:
        data = os.read(read_end, 4096)
        if not data:
            break
        report += data
    os.close(read_end)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    try:
        outcome = json.loads(report)
    except ValueError:
        return "the sandbox could not be tested"
    return outcome["error"] or _describe(outcome["succeeded"])


def _describe(succeeded: list[str]) -> Optional[str]:
    return f"the sandbox does not prevent: {', '.join(succeeded)}" if succeeded else None


def _try_everything(kind: str, workspace: Optional[str], report: int) -> None:
    """Confine this process and report what can be done nevertheless; no report at all is a failure too."""
    if not _succeeds(_read):
        write(report, _result(f"there is no {_CANARY} to test with"))
        return
    try:
        if kind == protocol.SPEC:
            lockdown.confine_spec(lambda: None)
        else:
            lockdown.confine_code(workspace)
    except OSError as error:
        write(report, _result(error.strerror or str(error)))
        return
    succeeded = [name for name, attempt in _ATTEMPTS.items() if _succeeds(attempt)]
    thread = threading.Thread(target=lambda: succeeded.extend(f"{name} in a thread" for name in _in_thread()))
    thread.start()
    thread.join()
    if _succeeds(_execute):  # a program that did start has taken this process's place: then there is no report
        succeeded.append("starting programs")
    write(report, _result(None, succeeded))


def _result(error: Optional[str], succeeded: Optional[list[str]] = None) -> bytes:
    return json.dumps({"error": error, "succeeded": succeeded or []}).encode("ascii")


def _in_thread() -> list[str]:
    return [name for name in ("reading files", "writing files") if _succeeds(_ATTEMPTS[name])]


def _succeeds(attempt: Callable[[], Any]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


def _read() -> None:
    _CANARY.open("rb").close()


def _write() -> None:
    _PROBE_FILE.open("wb").close()
    _PROBE_FILE.unlink()


def _change_mode() -> None:
    Path().chmod(0o700)


def _fork() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _execute() -> None:
    os.execv(sys.executable, [sys.executable, "-c", ""])  # noqa: S606 - to see that it is not possible


def _signal() -> None:
    os.kill(os.getppid(), 0)


def _connect(family: int, kind: int) -> None:
    socket.socket(family, kind).close()


def _io_uring() -> None:
    """Raise when the kernel refuses for want of permission; a null pointer alone would be EFAULT."""
    if _syscall(_IO_URING_SETUP, 1, 0) == _EPERM:
        raise PermissionError


def _new_namespace() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER) != 0:
        raise PermissionError


def _syscall(number: int, *arguments: int) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    return ctypes.get_errno()


_ATTEMPTS: dict[str, Callable[[], Any]] = {
    "reading files": _read,
    "writing files": _write,
    "changing modes": _change_mode,
    "starting processes": _fork,
    "signals": _signal,
    "TCP": lambda: _connect(socket.AF_INET, socket.SOCK_STREAM),
    "UDP": lambda: _connect(socket.AF_INET, socket.SOCK_DGRAM),
    "unix sockets": lambda: _connect(socket.AF_UNIX, socket.SOCK_STREAM),
    "io_uring": _io_uring,
    "namespaces": _new_namespace,
}
