"""What the machine has too little of, now and then: memory, files. It says nothing of the model.

Whoever catches what Keras raises asks `check` first: a shortage is no refusal, and the next attempt may do better.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Optional

from . import keras_api

_NUMBERS = (errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOSPC)

_ALWAYS: tuple[type[BaseException], ...] = (
    *(MemoryError, SystemError),  # the second is what compiled code says that did not look whether it got memory
    *keras_api.SHORTAGES,
)


class Shortage(Exception):
    """There was too little of something. Nothing is said of the model."""


def check(error: BaseException) -> None:
    """Pass by if an exception has nothing to do with a shortage.

    Raises:
        Shortage: it has.
    """
    for cause in causes(error):
        if isinstance(cause, Shortage):
            raise cause
        if _is_shortage(cause):
            raise Shortage(f"there was too little memory or the like ({type(cause).__name__})") from error


def causes(error: Optional[BaseException]) -> Iterator[BaseException]:
    """The exception and what led to it."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        yield error
        seen.append(error)
        error = error.__cause__ or error.__context__


def _is_shortage(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _NUMBERS
    return isinstance(error, _ALWAYS)
