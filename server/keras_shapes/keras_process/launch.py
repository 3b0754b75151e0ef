"""How the worker is started: by path, isolated, with an environment made from scratch, in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from keras_shapes.environments import keras_json
from keras_shapes.keras_process.asked import Asked

MAIN = Path(__file__).parent.parent / "worker" / "main.py"

IDLE_SECONDS = 15 * 60
"""A worker that was not asked for so long ends itself; it comes back when it is needed."""

_KNOBS = {
    "LANG": "C.UTF-8",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    # Its kernels give up on data of some sizes (AbortedError) where the plain ones do not, and shapes are the same.
    "TF_ENABLE_ONEDNN_OPTS": "0",
    # More than one thread after the import, and the process could not be forked safely.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


@dataclass(frozen=True, slots=True)
class Launch:
    """What a worker is started with.

    `workspace` is the folder that the user's own code may read; None when none of it runs. `byte_code` is the folder
    for that of an environment which has none itself.
    """

    python: Path
    user_site: Path | None = None
    workspace: Path | None = None
    fork: bool = True
    idle_seconds: float = IDLE_SECONDS
    asked: Asked = field(default_factory=Asked)
    byte_code: Path | None = None


# With `vfork`, nothing else in this process runs until the child runs its program: a child that is stopped before that
# (SIGSTOP) would stop the whole server.
subprocess._USE_VFORK = False  # type: ignore[attr-defined] # noqa: SLF001


def start(launch: Launch, folder: Path) -> subprocess.Popen[bytes]:
    """Start a worker that works in `folder`, which is empty and its own.

    The thread that calls this must outlive the worker: on Linux the worker dies with the thread that started it.

    Raises:
        OSError: the interpreter cannot be started.
    """
    return subprocess.Popen(
        command(launch),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder, launch.asked),
        start_new_session=True,
    )


def command(launch: Launch) -> list[str]:
    """The command that starts a worker. No byte code is ever written into the user's environment."""
    no_traces = ["-B"] if launch.byte_code is None else ["-X", f"pycache_prefix={launch.byte_code}"]
    return [str(launch.python), "-I", *no_traces, "-X", "utf8", str(MAIN)]


def start_message(launch: Launch) -> dict[str, object]:
    """What the worker has to know before it imports Keras."""
    return {
        "parent": os.getpid(),
        "paths": [str(launch.user_site)] if launch.user_site else [],
        "workspace": str(launch.workspace) if launch.workspace else None,
        "fork": launch.fork and not os.environ.get("KERAS_SHAPES_NO_FORK"),
        "idle_seconds": launch.idle_seconds,
    }


def _environment(folder: Path, asked: Asked) -> dict[str, str]:
    """Nothing of the user's environment goes in but what the system needs to start a program."""
    home = folder / "keras"
    home.mkdir()
    settings = keras_json()
    if settings is not None:
        (home / "keras.json").write_text(settings, encoding="utf-8")
    chosen = {"TF_USE_LEGACY_KERAS": "1"} if asked.legacy else {"KERAS_BACKEND": asked.backend}
    return {**_KNOBS, **chosen, **_system(os.environ), "KERAS_HOME": str(home), "TMPDIR": str(folder)}


def _system(variables: Mapping[str, str]) -> dict[str, str]:
    if sys.platform == "win32":
        names = ("SYSTEMROOT", "WINDIR", "PATH", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE")
        return {name: variables[name] for name in names if name in variables}
    libraries = [path for path in variables.get("LD_LIBRARY_PATH", "").split(":") if os.path.isabs(path)]  # noqa: PTH117
    return {"PATH": os.defpath, **({"LD_LIBRARY_PATH": ":".join(libraries)} if libraries else {})}
