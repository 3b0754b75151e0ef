"""How much memory the server may use: above it, what can be found again is forgotten."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import sys
from pathlib import Path

from keras_shapes.lsp.documents import OpenDocument
from keras_shapes.lsp.server import Server

CEILING_BYTES = 250 << 20
"""Ordinary use takes a third of it."""
UNSEEN_SECONDS = 30.0
"""A document about which nothing was asked for so long is not on the screen."""


def keep_below_ceiling(ls: Server, now: float) -> None:
    """Forget caches where there is too much, and then documents that nobody looks at."""
    if used_bytes() <= CEILING_BYTES:
        return
    ls.project.forget_documents()
    ls.keras.forget()
    give_back()
    for document in sorted(ls.documents.values(), key=lambda each: each.asked):
        if used_bytes() <= CEILING_BYTES:
            return
        if now - document.asked > UNSEEN_SECONDS and _is_at_rest(document):
            document.forget()
            give_back()


def used_bytes() -> int:
    """The memory of this process; 0 where the system does not tell it simply."""
    if sys.platform != "linux":
        return 0
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0


def give_back() -> None:
    """Let the system have what is not used any more."""
    gc.collect()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def _is_at_rest(document: OpenDocument) -> bool:
    return document.result is not None and document.result.final and document.result.proved
