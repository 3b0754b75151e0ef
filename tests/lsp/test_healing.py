"""A process of Keras that dies or hangs is no event for the user: what is right appears without another edit."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal

from clients import visual_studio_code
from editor import SECONDS, started
from processes import descendants, linux_only

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


async def test_after_many_deaths(cache, uri):
    async with started(visual_studio_code(), settings={"delay": 0}) as editor:
        editor.open(uri, MODEL.format(7))
        await editor.settled(uri)
        editor.substitute(uri, "Conv2D(7", "Conv2D(21")
        server = editor.client._server.pid
        for _ in range(100):
            signalled(server, signal.SIGKILL)
            await asyncio.sleep(0.02)
        await become_right(editor, uri, 21)


async def test_after_processes_that_hang(cache, uri):
    async with started(visual_studio_code(), settings={"delay": 0, "timeout": 2}) as editor:
        editor.open(uri, MODEL.format(9))  # not in the cache: when it is settled, Keras is there
        await editor.settled(uri)
        signalled(editor.client._server.pid, signal.SIGSTOP)
        editor.substitute(uri, "Conv2D(9", "Conv2D(22")
        await become_right(editor, uri, 22)


async def test_after_a_stop_while_keras_is_imported(cache, uri):
    async with started(visual_studio_code(), settings={"delay": 0}) as editor:
        editor.open(uri, MODEL.format(9))
        server = editor.client._server.pid
        while not signalled(server, signal.SIGSTOP):  # noqa: ASYNC110 - the first process is met as it starts
            await asyncio.sleep(0.01)
        editor.substitute(uri, "Conv2D(9", "Conv2D(24")
        await become_right(editor, uri, 24)


async def test_old_shapes_are_not_shown_behind_new_text(cache, uri):
    """While Keras comes back, the hints from the touched line on say that they are old."""
    async with started(visual_studio_code(), settings={"delay": 0}) as editor:
        editor.open(uri, MODEL.format(7))
        await editor.settled(uri)
        before = await editor.raw_hints(uri)
        server = editor.client._server.pid
        signalled(server, signal.SIGKILL)
        editor.substitute(uri, "Conv2D(7", "Conv2D(23")
        seen = set()

        async def watch() -> None:
            while (shown := await editor.raw_hints(uri)) and [hint.label for hint in shown] != [
                text for _, text in right(23)
            ]:
                seen.update((hint.label, hint.data is not None) for hint in shown)

        await asyncio.wait_for(watch(), 2 * SECONDS)
        labels = {label for label, _ in seen}
        assert labels <= {before[0].label, "→ …"}
        assert ("→ …", True) in seen
