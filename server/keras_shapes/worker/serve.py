"""From the start message to the last request: import Keras, say hello, answer."""

from __future__ import annotations

import contextlib
import gc
import os
import platform
import sys
from pathlib import Path
from typing import Any

from . import protocol
from .pipes import read_line, write


def serve(requests: int, replies: int) -> int:
    """Serve the pipe `requests` until it is closed or idle; returns the process's exit code."""
    line = read_line(requests)
    if not line:
        return 0
    start = protocol.unpack(line)["start"]
    if sys.platform == "linux":
        from . import lockdown

        lockdown.belong_to(start["parent"])
        lockdown.close_to_others()
    sys.path.extend(start["paths"])
    gc.disable()  # an import leaves little garbage, and looking for it takes an eighth of the time
    hello = import_keras()
    tidy()
    if hello["error"] is not None:
        write(replies, protocol.pack(hello=hello))
        return 0
    if start["fork"] and threads() == 1:
        from . import children, zygote

        children.import_what_is_used_first()
        return zygote.serve(requests, replies, hello, start)
    from . import alone

    return alone.serve(requests, replies, hello, start)


def import_keras() -> dict[str, Any]:
    """Import Keras with all that building needs; what came of it, for the hello message."""
    error, about = None, dict[str, Any]()
    try:
        from . import child  # this is what imports Keras

        about = child.prepare()
    except Exception as problem:  # noqa: BLE001 - whatever stops Keras from starting is the answer
        error = f"{type(problem).__name__}: {problem}"[:500]
    return {"python": platform.python_version(), **about, "error": error}


def tidy() -> None:
    """Remove Keras' settings folder, and keep the garbage collector away from all that an import leaves."""
    folder = Path(os.environ["KERAS_HOME"])
    with contextlib.suppress(OSError):
        (folder / "keras.json").unlink()
        folder.rmdir()
    gc.collect()
    gc.freeze()
    gc.enable()


def threads() -> int:
    """Threads of this process; 0 where the system does not tell, which is where we do not fork."""
    return len(list(Path("/proc/self/task").iterdir())) if sys.platform == "linux" else 0
