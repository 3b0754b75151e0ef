"""Generated inputs, each within a limit of time and memory. `nox -s fuzz` goes on for minutes, with new ones each time.

KERAS_SHAPES_FUZZ_SECONDS says how long for each kind of input; without it, a few that are the same each time.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time

import fuzz_grammars
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from victim import Victim

SECONDS = float(os.environ.get("KERAS_SHAPES_FUZZ_SECONDS", "0"))
A_FEW = {"conversation": 2, "python": 30}
ROUND = 100
KINDS = ("notebook", "cells", "settings", "ignore", "cache", "framing", "conversation", "python")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are limited by Linux")
@pytest.mark.parametrize("kind", KINDS)
def test_no_input_does_harm(kind):
    victim, end = Victim(kind), time.monotonic() + SECONDS
    try:
        hunt(victim, kind, 0, A_FEW.get(kind, 40))
        while time.monotonic() < end:
            hunt(victim, kind, random.randrange(2**32), ROUND)
    finally:
        victim.end()


def hunt(victim: Victim, kind: str, start: int, examples: int) -> None:
    """Feed some examples; the smallest that does harm is shown."""

    @seed(start)
    @settings(
        max_examples=min(examples, 10) if kind == "conversation" else examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if SECONDS else [Phase.generate],
    )
    @given(getattr(fuzz_grammars, kind))
    def feed(value):
        harm = victim.take(value)
        assert harm is None, f"{harm}\nof {json.dumps(value)[:5000]}"

    feed()
