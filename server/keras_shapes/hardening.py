"""What the program does to itself before it reads anybody's files."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

_PR_SET_DUMPABLE = 4

# What makes a Python, or a library that looks for one, run something else than was installed.
_DANGEROUS = ("PYTHON", "LD_PRELOAD", "LD_AUDIT", "DYLD_INSERT_LIBRARIES")
_ACTIVE = ("VIRTUAL_ENV", "CONDA_")


def harden_process(*, forget_active: bool = False) -> None:
    """Keep other programs of the user out of this process, and the workspace out of its imports.

    Imports come from what is installed, never from the current folder. No other process of the same user may read
    the memory or the environment of this one (Linux), and nothing of it is ever dumped to a file. With
    `forget_active`, an activated environment is forgotten: an editor's server gets its interpreter from the client.
    """
    _forget_variables((*_DANGEROUS, *(_ACTIVE if forget_active else ())))
    _forget_current_folder()
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _forget_variables(prefixes: tuple[str, ...]) -> None:
    for name in [name for name in os.environ if name.startswith(prefixes)]:
        del os.environ[name]


def _forget_current_folder() -> None:
    """Python puts it first when it is started with `-m`. Where this very program lies is not given up."""
    own = Path(__file__).resolve().parent.parent
    try:
        here = Path.cwd()
    except OSError:  # the folder is gone, and nothing can be imported from it
        return
    sys.path[:] = [entry for entry in sys.path if entry and (Path(entry).resolve() != here or here == own)]
