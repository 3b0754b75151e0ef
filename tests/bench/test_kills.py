"""Processes of Keras are killed and stopped at random while somebody edits: `KILLS=1000 pytest -m bench -s -k kills`.

`KILLS_SEED=7` draws others.
After each one the right shapes come without another edit, no old shape stands for a new one, no process is left over.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "lsp"))

from clients import minimal
from editor import started
from processes import descendants, gone, linux_only

pytestmark = [pytest.mark.bench, linux_only]

KILLS = int(os.environ.get("KILLS", "1000"))
SEED = int(os.environ.get("KILLS_SEED", "0"))
SECONDS = 120
"""Keras is imported anew, perhaps more than once and on a busy machine."""
REPORT_EVERY = 50

STACK = "import keras\nmodel = keras.Sequential([\n    keras.Input((4,)),\n{}])\n"
GRAPH = "import keras\ni = x = keras.Input((4,))\n{}model = keras.Model(i, x)\n"
KINDS = {STACK: "    keras.layers.Dense({}, name='d{}'),\n", GRAPH: "x = keras.layers.Dense({}, name='d{}')(x)\n"}


def text(units: int) -> str:
    """A `Sequential`, and a functional model for every other seed."""
    whole, layer = [*KINDS.items()][SEED % 2]
    return whole.format("".join(layer.format(size, place) for place, size in enumerate((units, units + 1, 3))))


def right(units: int) -> list[str]:
    return [f"→ (None, {size})" for size in (units, units + 1, 3)]


async def test_kills(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    chance = random.Random(SEED)
    waits: list[float] = []
    sent = 0
    seen: set[int] = set()
    async with started(minimal(), settings={"delay": 0, "timeout": 2}) as editor:
        uri = "untitled:model"
        editor.open(uri, text(10))
        await wait_until_right(editor, uri, 10)
        server = editor.client._server.pid
        for units in range(11, 11 + KILLS):
            processes = descendants(server)
            seen.update(processes)
            editor.replace(uri, 0, len(editor.texts[uri]), text(units))
            for victim in chance.sample(processes, min(len(processes), chance.choice([1, 1, 1, 9]))):
                sent += 1
                with contextlib.suppress(ProcessLookupError):
                    os.kill(victim, chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, signal.SIGSTOP]))
            waits.append(await wait_until_right(editor, uri, units))
            if len(waits) % REPORT_EVERY == 0:
                report(waits, sent)
        seen.update(descendants(server))
    assert gone(list(seen), 5)
    report(waits, sent)
    print("0 old shapes, 0 orphans")


def report(waits: list[float], sent: int) -> None:
    ordered = sorted(waits)
    middle, most, last = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 1))
    print(
        f"{len(waits)} times, {sent} signals: half right in {middle:.2f} s, 95 % in {most:.1f} s, all in {last:.1f} s",
        flush=True,
    )


async def wait_until_right(editor, uri: str, units: int) -> float:
    """Seconds until the hints are right. Until then there are old ones only where they say so."""
    start = time.monotonic()
    wanted = right(units)
    while (labels := [hint.label for hint in await editor.raw_hints(uri)]) != wanted:
        assert set(labels) <= {*wanted, "→ …", "→ ?"}, labels
        assert time.monotonic() - start < SECONDS
        await asyncio.sleep(0.02)
    return time.monotonic() - start
