"""How much of the long tables and random runs a usual run does: the same part of it each time.

`nox -s random` does all of it.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from typing import TypeVar

WHOLE = os.environ.get("KERAS_SHAPES_WHOLE") == "1"
"""Whether everything is run."""

Case = TypeVar("Case")


def share(cases: Iterable[Case], part: int) -> list[Case]:
    """One of `part` cases, in their order; all of them where everything is run."""
    every = list(cases)
    if WHOLE:
        return every
    chosen = set(random.Random(1).sample(range(len(every)), -(-len(every) // part)))
    return [case for number, case in enumerate(every) if number in chosen]


def draws(variable: str, usual: int, whole: int) -> int:
    """How many cases are drawn: as many as a variable of the environment says, if it does."""
    return int(os.environ.get(variable, str(whole if WHOLE else usual)))
