"""Somebody types in eight files for twenty minutes: `pytest -m bench -s -k soak`; SOAK_SECONDS=60 for less.

The memory of the server comes to a plateau below its limit.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "lsp"))

from clients import visual_studio_code
from editor import started
from processes import linux_only

pytestmark = [pytest.mark.bench, linux_only]

SECONDS = float(os.environ.get("SOAK_SECONDS", "1200"))
MOST_MB = 100
MORE_MB = 8
"""So much more than in the first half is still a plateau."""
KEY_SECONDS = 0.12
FILES = 8
EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.py"))
TYPED = [
    "64",
    "layers.Dense(32),\n    ",
    "units = 8\n",
    'activation="relu"',
    "# why\n",
    "model.summary()\n",
    "x.shape[1:]",
]


async def test_soak(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    chance = random.Random(0)
    async with started(visual_studio_code()) as editor:
        uris = [(tmp_path / path.name).as_uri() for path in EXAMPLES[:FILES]]
        for uri, path in zip(uris, EXAMPLES, strict=False):
            editor.open(uri, path.read_text(encoding="utf-8"))
            await editor.settled(uri)
        seen = await typing(editor, uris, chance)
    half = len(seen) // 2
    early, late = max(seen[:half]), max(seen[half:])
    print(f"{SECONDS / 60:.0f} minutes: at most {early:.0f} MB in the first half, {late:.0f} MB in the second")
    assert late < MOST_MB
    assert late < early + MORE_MB


async def typing(editor, uris: list[str], chance: random.Random) -> list[float]:
    """Megabytes of the server, after each thing that was typed and taken back."""
    start, told, seen = time.monotonic(), 0, []
    while (now := time.monotonic() - start) < SECONDS:
        uri = chance.choice(uris)
        before = editor.texts[uri]
        await type_something(editor, uri, chance)
        if chance.random() < 0.97:
            editor.replace(uri, 0, len(editor.texts[uri]), before)
        seen.append(megabytes(editor.client._server.pid))
        if now > told * 60:
            told += 1
            print(f"{now:5.0f} s: {seen[-1]:.0f} MB, {len(before)} characters", flush=True)
    return seen


async def type_something(editor, uri: str, chance: random.Random) -> None:
    """Key by key, with what an editor asks for meanwhile."""
    place = chance.randrange(len(editor.texts[uri]) + 1)
    for offset, key in enumerate(chance.choice(TYPED)):
        editor.replace(uri, place + offset, place + offset, key)
        await asyncio.sleep(KEY_SECONDS * chance.random() * 2)
        await editor.hints_now(uri)
    await editor.pulled(uri)
    await editor.lenses_now(uri)
    await editor.hover_at(uri, place)


def megabytes(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
