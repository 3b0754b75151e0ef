"""What one document costs is never another one's wait, and the server ends when it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from pathlib import Path

import pytest
import pytest_asyncio
from clients import minimal
from editor import started
from processes import linux_only
from test_lifecycle import MODEL

from keras_shapes import watchdog
from keras_shapes.lsp.tools import Threads
from keras_shapes.watchdog import TookTooLong

HEAD = "import numpy as np\nfrom keras import Input, Sequential\nfrom keras.layers import Conv2D, Dense\n"
FIT = "m = Sequential([Input((4,)), Dense(3)])\nm.fit(a, a)\n"
TEXTS = {
    "lists in lists": HEAD + "a = ['x'] * 10\n" + "a = [a] * 10\n" * 12 + FIT,
    "a literal": HEAD + "a = np.array([[[0] * 1000] * 1000] * 1000)\n" + FIT,
    "fields": HEAD + "a = f'" + "{a}" * 50_000 + "'\n" + FIT,
    "broken lines": HEAD + FIT + "if a\n" * 20_000,
    "refused models": HEAD + "".join(f"Sequential([Input((4,)), Conv2D({i + 1}, 3)])\n" for i in range(2_000)),
    "models": HEAD + "m = Sequential([Input((4,)), Dense(3)])\n" * 10_000,
    "names": HEAD + FIT + "b = 1;" * 200_000,
}
PATIENCE = 3
"""Seconds that a small document may wait on a machine that does other things too."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def crowded(cache):
    """An editor with a server for all that is hostile."""
    async with started(minimal(), settings={"delay": 0}) as editor:
        yield editor


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_another_document_does_not_wait(crowded, text, uri):
    small = "untitled:small"
    crowded.open(small, MODEL.format(1))
    await crowded.hints(small)
    crowded.open(uri, text)
    waits = []
    for number in range(2, 14):
        crowded.substitute(small, f"Dense({number - 1})", f"Dense({number})")
        start = time.monotonic()
        await crowded.read(small)
        waits.append(time.monotonic() - start)
        crowded.replace(uri, len(text) + number - 2, len(text) + number - 2, "#")
        await asyncio.sleep(0.1)
    for opened in (small, uri):
        crowded.close(opened)
    assert sorted(waits)[-2] < PATIENCE


@pytest.mark.parametrize(
    "text", [TEXTS["models"], TEXTS["names"], TEXTS["a literal"]], ids=["models", "names", "a literal"]
)
async def test_the_server_ends_whatever_it_reads(cache, text):
    async with started(minimal(), settings={"delay": 0}) as editor:
        editor.open("untitled:hostile", text)
        await editor.open_something()  # it is being read meanwhile
        start = time.monotonic()
        await editor.client.shutdown_session()
        assert await editor.client._server.wait() == 0
        editor.client.shutdown_session = ended
        assert time.monotonic() - start < 2


async def test_what_computes_for_ever_is_given_up(monkeypatch):
    monkeypatch.setattr(watchdog, "MOST_SECONDS", 0.2)
    threads = Threads()

    def compute() -> None:
        while True:
            with contextlib.suppress(Exception):
                sum(range(1_000))

    with pytest.raises(TookTooLong):
        await threads.read("untitled:a", compute)
    assert await threads.read("untitled:b", lambda: 1) == 1
    assert "untitled:a" in threads.slow
    threads.close()


def folders(place: Path) -> list[Path]:
    return [path for path in place.glob("keras-shapes-*") if path.is_dir()]


async def working(editor, place: Path, number: int = 1) -> None:
    """Wait until there are the folders of processes that begin to import Keras."""
    editor.open("untitled:a", MODEL.format(3))
    while len(folders(place)) < number:  # noqa: ASYNC110 - nobody tells when it is there
        await asyncio.sleep(0.01)


@linux_only
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_signals_leave_no_folder(number, cache, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    async with started(minimal()) as editor:
        await working(editor, tmp_path)
        process = editor.client._server
        process.send_signal(number)
        assert await asyncio.wait_for(process.wait(), 2) == -number
        assert not folders(tmp_path)
        editor.client.shutdown_session = ended  # there is nobody left to ask


async def ended(*_: object) -> None:
    """Nothing."""


@linux_only
async def test_stale_folders_go_at_the_next_start(cache, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    async with started(minimal()) as editor:
        await working(editor, tmp_path)
        editor.client._server.kill()
        await editor.client._server.wait()
        editor.client.shutdown_session = ended
    (stale,) = folders(tmp_path)
    an_hour_ago = time.time() - 3_600
    os.utime(stale, (an_hour_ago, an_hour_ago))
    async with started(minimal()) as living, started(minimal()) as editor:
        await working(living, tmp_path)
        await working(editor, tmp_path, 2)
        assert not stale.exists()
