"""A process of Keras that dies or hangs is no event for the user: what is right appears without another edit."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal

import pytest_asyncio
from clients import visual_studio_code
from editor import SECONDS, started
from processes import descendants, gone, linux_only

MODEL = """\
import keras
model = keras.Sequential([
    keras.Input((28, 28, 1)),
    keras.layers.Conv2D(8, 3),
    keras.layers.Conv2D({}, 3),
    keras.layers.Flatten(),
])
"""


def right(filters: int) -> list[tuple[int, str]]:
    shapes = ["(None, 26, 26, 8)", f"(None, 24, 24, {filters})", f"(None, {24 * 24 * filters})"]
    return [(line, f"→ {shape}") for line, shape in enumerate(shapes, 3)]


pytestmark = linux_only


def signalled(pid: int, number: int) -> int:
    """Send a signal to all processes below one; how many there were."""
    found = descendants(pid)
    for each in found:
        with contextlib.suppress(ProcessLookupError):
            os.kill(each, number)
    return len(found)


async def become_right(editor, uri: str, filters: int) -> None:
    """Wait, without an edit, until the hints are right."""

    async def wait() -> None:
        while await editor.hints_now(uri) != right(filters):  # noqa: ASYNC110 - the server is asked, as by an editor
            await asyncio.sleep(0.05)

    await asyncio.wait_for(wait(), 2 * SECONDS)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def struck(cache):
    """An editor whose processes of Keras are struck."""
    async with started(visual_studio_code(), settings={"delay": 0}) as editor:
        yield editor


async def test_after_many_deaths(struck, uri):
    struck.open(uri, MODEL.format(7))
    await struck.settled(uri)
    struck.substitute(uri, "Conv2D(7", "Conv2D(21")
    for _ in range(100):
        signalled(struck.client._server.pid, signal.SIGKILL)
        await asyncio.sleep(0.02)
    await become_right(struck, uri, 21)


async def test_after_a_stop_while_keras_is_imported(struck, uri):
    server = struck.client._server.pid
    signalled(server, signal.SIGKILL)
    assert gone(descendants(server))
    struck.open(uri, MODEL.format(9))
    while not signalled(server, signal.SIGSTOP):  # noqa: ASYNC110 - the first process is met as it starts
        await asyncio.sleep(0.01)
    struck.substitute(uri, "Conv2D(9", "Conv2D(24")
    await become_right(struck, uri, 24)


async def test_after_processes_that_hang(struck, uri):
    struck.open(uri, MODEL.format(11))  # not in the cache: when it is settled, Keras is there
    await struck.settled(uri)
    signalled(struck.client._server.pid, signal.SIGSTOP)
    struck.substitute(uri, "Conv2D(11", "Conv2D(22")
    await become_right(struck, uri, 22)


async def test_old_shapes_are_not_shown_behind_new_text(struck, uri):
    """While Keras comes back, the hints from the touched line on say that they are old."""
    struck.open(uri, MODEL.format(7))
    await struck.settled(uri)
    before = await struck.raw_hints(uri)
    # nothing remembers an answer for this number, and a stopped process gives none for a while
    filters = random.randrange(100, 10_000)
    signalled(struck.client._server.pid, signal.SIGSTOP)
    struck.substitute(uri, "Conv2D(7", f"Conv2D({filters}")
    seen = set()

    async def watch() -> None:
        while (shown := await struck.raw_hints(uri)) and [hint.label for hint in shown] != [
            text for _, text in right(filters)
        ]:
            seen.update((hint.label, hint.data is not None) for hint in shown)

    await asyncio.wait_for(watch(), 2 * SECONDS)
    labels = {label for label, _ in seen}
    assert labels <= {before[0].label, "→ …"}
    assert ("→ …", True) in seen
