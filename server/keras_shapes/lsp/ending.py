"""The end of the server: it comes within two seconds, whatever is running, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from types import FrameType

from keras_shapes.lsp.server import Server
from keras_shapes.temporary import clean_up

PATIENCE_SECONDS = 0.6
"""What runs may end by itself so long; then the process ends."""

_ending = threading.Lock()


def end_soon(ls: Server) -> None:
    """End the process, if it is still there after a while."""
    threading.Thread(target=_end_later, args=(ls,), name="keras-shapes ending", daemon=True).start()


def end_now(ls: Server, code: int) -> None:
    """End everything that was started, and the process. Threads that compute are not waited for."""
    if _ending.acquire(blocking=False):
        _clean_for_a_while(ls)
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


def end_on_signals(ls: Server) -> None:
    """Let a signal that ends the process leave nothing behind; it still tells which signal it was."""

    def end(number: int, _frame: FrameType | None) -> None:
        _clean_for_a_while(ls)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and threading.current_thread() is threading.main_thread():
            signal.signal(getattr(signal, name), end)


def on_exit(ls: Server, _: object) -> None:
    """`exit`: the protocol's end."""
    end_soon(ls)


def _end_later(ls: Server) -> None:
    time.sleep(PATIENCE_SECONDS)
    end_now(ls, 0 if ls.orderly else 1)


def _clean_for_a_while(ls: Server) -> None:
    cleaning = threading.Thread(target=_clean, args=(ls,), daemon=True)
    cleaning.start()
    cleaning.join(PATIENCE_SECONDS / 2)


def _clean(ls: Server) -> None:
    with contextlib.suppress(Exception):  # the process ends in any case
        ls.keras.kill()
    clean_up()
