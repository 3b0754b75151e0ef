"""Why there is no tensor, in one line."""

from __future__ import annotations

from typing import Any

from . import code
from .saying import said
from .unreadable import Unreadable

_LONGEST = 190


def because(error: Exception) -> list[Any]:
    """The reasons why a node is not known: numbers of unknowns, or words."""
    return list(error.because) if isinstance(error, Unreadable) else [why(error)]


def why(error: Exception) -> str:
    """Why there is no tensor.

    Raises:
        Shortage: there was too little of something.
    """
    try:
        code.check(error)
    except code.HeldBack as reason:
        return str(reason)
    return f"Keras refuses it: {said(error)}"[:_LONGEST]
