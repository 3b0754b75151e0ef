"""What stops a recipe from being evaluated."""

from __future__ import annotations

from typing import Any


class Unreadable(Exception):
    """The recipe cannot be evaluated; `because` says why: numbers of unknowns, and plain reasons."""

    def __init__(self, *because: Any) -> None:
        super().__init__(*because)
        self.because: tuple[Any, ...] = because
