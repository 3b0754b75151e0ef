"""Which system calls a confined child may make: a seccomp filter, written in its own small machine language.

Everything that is not named here fails with EPERM. What is allowed acts on the child's own memory, threads, clock and
open descriptors; files may be opened for reading, and Landlock decides which. The lists are measured: without any of
these calls TensorFlow aborts, or computes something else than it does outside.

`libseccomp` is not needed, and pure-Python bindings to it are not maintained. Numbers and constants: Linux
`asm/unistd_64.h`, `asm-generic/unistd.h`, `linux/filter.h`, `linux/seccomp.h`.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from typing import NamedTuple, Optional

from .protocol import CODE, SPEC

_CORE = """
    read write close fstat lseek poll mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn readv writev
    select pread64 sched_yield mremap madvise mincore nanosleep getpid exit exit_group uname getcwd gettimeofday
    getrlimit getrusage sysinfo times getuid getgid geteuid getegid getppid gettid futex sched_getaffinity
    set_tid_address restart_syscall clock_gettime clock_getres clock_nanosleep epoll_wait epoll_pwait pselect6 ppoll
    set_robust_list getcpu getrandom sigaltstack membarrier rseq pause sched_getparam sched_getscheduler
    sched_get_priority_max sched_get_priority_min
""".split()

_FILES = """
    stat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getdents64 dup dup2 dup3 pipe pipe2
    eventfd2 epoll_create1 epoll_ctl close_range
""".split()
"""For code children only: they import modules, so they look at files."""

_UNSUPPORTED = ("clone3", "statx", "mbind", "set_mempolicy", "get_mempolicy")
"""Answered with ENOSYS. The flags of clone3 lie behind a pointer; glibc falls back to clone, whose flags do not."""

_X86_64 = """
    read 0 write 1 open 2 close 3 stat 4 fstat 5 lstat 6 poll 7 lseek 8 mmap 9 mprotect 10 munmap 11 brk 12
    rt_sigaction 13 rt_sigprocmask 14 rt_sigreturn 15 ioctl 16 pread64 17 readv 19 writev 20 access 21 pipe 22
    select 23 sched_yield 24 mremap 25 mincore 27 madvise 28 dup 32 dup2 33 pause 34 nanosleep 35 getpid 39 clone 56
    exit 60 uname 63 fcntl 72 getcwd 79 readlink 89 gettimeofday 96 getrlimit 97 getrusage 98 sysinfo 99 times 100
    getuid 102 getgid 104 geteuid 107 getegid 108 getppid 110 sigaltstack 131 sched_getparam 143 sched_getscheduler 145
    sched_get_priority_max 146 sched_get_priority_min 147 prctl 157 gettid 186 futex 202
    sched_getaffinity 204 getdents64 217 set_tid_address 218 restart_syscall 219 clock_gettime 228 clock_getres 229
    clock_nanosleep 230 exit_group 231 epoll_wait 232 epoll_ctl 233 tgkill 234 mbind 237 set_mempolicy 238
    get_mempolicy 239 openat 257 newfstatat 262 readlinkat 267 faccessat 269 pselect6 270 ppoll 271
    set_robust_list 273 epoll_pwait 281 eventfd2 290 epoll_create1 291 dup3 292 pipe2 293 prlimit64 302 getcpu 309
    getrandom 318 membarrier 324 statx 332 rseq 334 clone3 435 close_range 436 faccessat2 439
"""

_AARCH64 = """
    getcwd 17 eventfd2 19 epoll_create1 20 epoll_ctl 21 epoll_pwait 22 dup 23 dup3 24 fcntl 25 ioctl 29 faccessat 48
    openat 56 close 57 pipe2 59 getdents64 61 lseek 62 read 63 write 64 readv 65 writev 66 pread64 67 pselect6 72
    ppoll 73 readlinkat 78 newfstatat 79 fstat 80 exit 93 exit_group 94 set_tid_address 96 futex 98
    set_robust_list 99 nanosleep 101 clock_gettime 113 clock_getres 114 clock_nanosleep 115 sched_getscheduler 120
    sched_getparam 121 sched_getaffinity 123 sched_yield 124 sched_get_priority_max 125 sched_get_priority_min 126
    restart_syscall 128 tgkill 131 sigaltstack 132 rt_sigaction 134 rt_sigprocmask 135 rt_sigreturn 139 times 153
    uname 160 getrlimit 163 getrusage 165 prctl 167 getcpu 168 gettimeofday 169 getpid 172 getppid 173 getuid 174
    geteuid 175 getgid 176 getegid 177 gettid 178 sysinfo 179 brk 214 munmap 215 mremap 216 clone 220 mmap 222
    mprotect 226 mincore 232 madvise 233 mbind 235 get_mempolicy 236 set_mempolicy 237 prlimit64 261 getrandom 278
    membarrier 283 statx 291 rseq 293 clone3 435 close_range 436 faccessat2 439
"""


class _Machine(NamedTuple):
    audit: int
    """`AUDIT_ARCH_…`: calls made in another mode of the processor have other numbers, and are fatal."""
    seccomp: int
    calls: str
    other_calls: Optional[int] = None
    """Numbers from here on belong to a second set of calls (x32)."""


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 317, _X86_64, 0x40000000),
    "aarch64": _Machine(0xC00000B7, 277, _AARCH64),
}

# Offsets in struct seccomp_data, and instructions: load a word, jump if equal, greater or equal, has a bit; return.
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_LOAD, _EQUAL, _AT_LEAST, _HAS_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06

_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_PROT_EXEC = 4
_CLONE_THREAD, _CLONE_NAMESPACES = 0x10000, 0x7E020080
_NOT_READING = (
    os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | (getattr(os, "O_TMPFILE", 0) & ~os.O_DIRECTORY)
)
_HARMLESS_PRCTL = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA
_HARMLESS_IOCTL = (0x5401, 0x5413, 0x5450, 0x5451)  # TCGETS, TIOCGWINSZ, FIONCLEX, FIOCLEX
_F_DUPFD_CLOEXEC, _F_SETFL = 1030, 4
_SET_MODE_FILTER, _FLAG_TSYNC = 1, 1


def install(policy: str, *, compiles: bool = False) -> None:
    """Put all threads of this process under the filter of a policy, for good.

    `compiles` is for a backend that makes machine code of all that it computes, as JAX does.

    Raises:
        OSError: the kernel or the processor has no such thing.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        raise OSError(errno.ENOSYS, f"seccomp is not set up for {platform.machine()}")
    program = b"".join(_program(machine, policy, os.getpid(), compiles=compiles))
    code = ctypes.create_string_buffer(program)
    pointer = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    result = libc.syscall(machine.seccomp, ctypes.c_uint(_SET_MODE_FILTER), ctypes.c_uint(_FLAG_TSYNC), pointer)
    if result < 0:
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")
    if result > 0:
        raise OSError(errno.EBUSY, f"seccomp: thread {result} stays outside")


def _program(machine: _Machine, policy: str, pid: int, *, compiles: bool) -> list[bytes]:
    words = machine.calls.split()
    numbers = {name: int(number) for name, number in zip(words[::2], words[1::2])}
    program = [_instruction(_LOAD, _ARCHITECTURE), _instruction(_EQUAL, machine.audit, 1, 0), _return(_KILL_PROCESS)]
    program.append(_instruction(_LOAD, _NUMBER))
    if machine.other_calls is not None:
        program += [_instruction(_AT_LEAST, machine.other_calls, 0, 1), _return(_KILL_PROCESS)]
    for name, body in _bodies(policy, pid, compiles=compiles).items():
        if name in numbers:
            program += [_instruction(_EQUAL, numbers[name], 0, len(body)), *body]
    return [*program, _return(_ERRNO | errno.EPERM)]


def _bodies(policy: str, pid: int, *, compiles: bool) -> dict[str, list[bytes]]:
    """For each system call what is done with it; each body ends by returning."""
    allowed = _CORE + (_FILES if policy == CODE else [])
    bodies = {name: [_return(_ALLOW)] for name in allowed}
    bodies.update({name: [_return(_ERRNO | errno.ENOSYS)] for name in _UNSUPPORTED})
    if policy == SPEC and not compiles:
        bodies["mmap"] = bodies["mprotect"] = _unless_bits(2, _PROT_EXEC, errno.EPERM)
    bodies["open"] = _unless_bits(1, _NOT_READING, errno.EACCES)
    bodies["openat"] = _unless_bits(2, _NOT_READING, errno.EACCES)
    bodies["clone"] = [
        _load_argument(0),
        _instruction(_HAS_BIT, _CLONE_NAMESPACES, 2, 0),
        _instruction(_HAS_BIT, _CLONE_THREAD, 0, 1),
        _return(_ALLOW),
        _return(_ERRNO | errno.EPERM),
    ]
    bodies["tgkill"] = _one_of(0, (pid,), errno.EPERM)
    bodies["prctl"] = _one_of(0, _HARMLESS_PRCTL, errno.EPERM)
    bodies["ioctl"] = _one_of(1, _HARMLESS_IOCTL, errno.ENOTTY)
    bodies["fcntl"] = [
        _load_argument(1),
        _instruction(_AT_LEAST, _F_SETFL, 0, 1),
        _instruction(_EQUAL, _F_DUPFD_CLOEXEC, 0, 1),
        _return(_ALLOW),
        _return(_ERRNO | errno.EPERM),
    ]
    bodies["prlimit64"] = [  # reading limits: the pointer to new ones is null
        _load_argument(2),
        _instruction(_EQUAL, 0, 0, 3),
        _load_argument(2, upper=True),
        _instruction(_EQUAL, 0, 0, 1),
        _return(_ALLOW),
        _return(_ERRNO | errno.EPERM),
    ]
    return bodies


def _one_of(argument: int, values: tuple[int, ...], otherwise: int) -> list[bytes]:
    """Allow when the argument is one of the values."""
    tests = [
        _instruction(_EQUAL, value, len(values) - 1 - index, 0 if index < len(values) - 1 else 1)
        for index, value in enumerate(values)
    ]
    return [_load_argument(argument), *tests, _return(_ALLOW), _return(_ERRNO | otherwise)]


def _unless_bits(argument: int, bits: int, otherwise: int) -> list[bytes]:
    """Allow when the argument has none of the bits."""
    return [
        _load_argument(argument),
        _instruction(_HAS_BIT, bits, 1, 0),
        _return(_ALLOW),
        _return(_ERRNO | otherwise),
    ]


def _load_argument(index: int, *, upper: bool = False) -> bytes:
    """Load the lower or upper half of an argument (both processors are little-endian)."""
    return _instruction(_LOAD, _ARGUMENTS + 8 * index + (4 if upper else 0))


def _return(value: int) -> bytes:
    return _instruction(_RETURN, value)


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value & 0xFFFFFFFF)
