"""A child confines itself, without any privilege: resource limits, Landlock, seccomp. Linux only.

The order is forced. Landlock (before its version 8) binds only the thread that asks for it, so it comes while there is
one thread; TensorFlow's pools start with the first eager operation and inherit it. seccomp comes last and covers all
threads. Both are needed: Landlock lets chmod, fork, UDP and unix sockets through, seccomp cannot tell paths apart.

Numbers and constants: Linux `linux/landlock.h`, `linux/prctl.h`; measured with kernel 6.18.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import resource
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Callable, Optional

from . import protocol, seccomp

MEMORY = 2 << 30
"""Bytes of address space that a child may add to what the import of TensorFlow has mapped."""

CPU_SECONDS = 30
"""Processor time of a code child, should nobody be there any more to end it."""

_SPEC_READS = ("/dev/urandom", "/dev/null", "/proc/self/cmdline", "/sys/devices/system/cpu")
_CODE_READS = (
    *_SPEC_READS,
    *("/usr/lib", "/lib", "/lib64", "/usr/share/zoneinfo", "/proc/self", "/proc/cpuinfo", "/proc/meminfo"),
)

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG, _RULE_PATH_BENEATH = 1, 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILE_ACCESS = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_BIND_AND_CONNECT_TCP, _ABSTRACT_SOCKETS_AND_SIGNALS = 3, 3

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def belong_to(parent: int) -> None:
    """Die when the parent (the thread that started this process) dies; at once, if it is dead already."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def close_to_others() -> None:
    """No new privileges, first to go when memory runs out, and no other process of the user may look inside."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    with contextlib.suppress(OSError):  # before the next line: afterwards the file belongs to root
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    _prctl(_PR_SET_DUMPABLE, 0)


def confine_spec(warm_up: Callable[[], object], *, compiles: bool = False) -> None:
    """For children that build models of Keras' own layers: no file but the random numbers, no new program code.

    Program code may be made by a backend that `compiles` whatever it computes. `warm_up` runs in between: the first
    eager operation asks for what is forbidden afterwards.
    """
    limit()
    landlock(_SPEC_READS)
    warm_up()
    seccomp.install(protocol.SPEC, compiles=compiles)


def confine_code(workspace: Optional[str]) -> None:
    """For children that run the user's code: it may read the interpreter, the system's libraries and the workspace."""
    limit(CPU_SECONDS)
    landlock([*_CODE_READS, *_libraries(), *([workspace] if workspace else [])])
    seccomp.install(protocol.CODE)


def _libraries() -> list[str]:
    """Where this interpreter's own modules lie; never a whole disk."""
    folders = [sys.prefix, sys.base_prefix, *sys.path]
    return [folder for folder in folders if folder and Path(folder).resolve() != Path("/")]


def limit(cpu_seconds: Optional[int] = None) -> None:
    """Limit memory and, for a child that is thrown away, time; forbid files, dumps and locked memory."""
    for name in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_MEMLOCK, resource.RLIMIT_MSGQUEUE):
        _lower(name, 0)
    _lower(resource.RLIMIT_NOFILE, 64)
    _lower(resource.RLIMIT_AS, _mapped() + MEMORY)
    if cpu_seconds is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + cpu_seconds) + 1)


def landlock(reads: Sequence[str]) -> None:
    """Allow the files in and below these paths to be read, and nothing else of the file system or the network.

    Raises:
        OSError: the kernel has no Landlock, or there are other threads, which would stay free.
    """
    version = int(_libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG)))
    if version < 1:
        raise OSError(errno.ENOSYS, "this kernel has no Landlock")
    if len(list(Path("/proc/self/task").iterdir())) != 1:
        raise OSError(errno.EBUSY, "Landlock would bind one thread only")
    files = _FILE_ACCESS | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    files |= _IOCTL_DEV if version >= 5 else 0
    network = _BIND_AND_CONNECT_TCP if version >= 4 else 0
    scoped = _ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0
    rules = struct.pack("=QQQ", files, network, scoped)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    ruleset = _check(
        _libc.syscall(_CREATE_RULESET, rules, ctypes.c_size_t(len(rules)), ctypes.c_uint32(0)), "Landlock ruleset"
    )
    try:
        for path in reads:
            _allow_reading(ruleset, path)
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
        _check(_libc.syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)), "Landlock")
    finally:
        os.close(ruleset)


def _allow_reading(ruleset: int, path: str) -> None:
    try:
        beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # what is not there needs no permission
        return
    try:
        rule = struct.pack("=Qi", _READ_FILE | (_READ_DIR if Path(path).is_dir() else 0), beneath)
        arguments = (ctypes.c_int(ruleset), ctypes.c_int(_RULE_PATH_BENEATH), rule, ctypes.c_uint32(0))
        _check(_libc.syscall(_ADD_RULE, *arguments), f"Landlock rule for {path}")
    finally:
        os.close(beneath)


def _prctl(option: int, value: int) -> None:
    zero = ctypes.c_ulong(0)
    _check(_libc.prctl(option, ctypes.c_ulong(value), zero, zero, zero), f"prctl({option})")


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return int(result)


def _lower(name: int, value: int) -> None:
    """Set a limit for good, unless there is a stricter one."""
    _, hard = resource.getrlimit(name)
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(name, (bound, bound))


def _mapped() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()
