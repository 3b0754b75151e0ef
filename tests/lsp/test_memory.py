"""Above a ceiling the server forgets what it can find again, and finds it again when it is asked."""

from __future__ import annotations

import asyncio
import io
import json

from clients import minimal
from editor import SECONDS, started
from processes import linux_only
from test_lifecycle import MODEL

from keras_shapes.analysis import conclude
from keras_shapes.files import python_document
from keras_shapes.lsp import memory
from keras_shapes.lsp.app import make_server
from keras_shapes.lsp.carrying import Shown
from keras_shapes.lsp.documents import OpenDocument, Result
from keras_shapes.lsp.server import Options
from keras_shapes.lsp.snapshots import Snapshot
from keras_shapes.lsp.transport import _handled
from keras_shapes.reader import read


def opened(asked: float, *, proved: bool = True) -> OpenDocument:
    document = python_document("a.py", "x = 1")
    snapshot = Snapshot("file:///a.py", 0, document, ())
    analysis = conclude(document, read(document), [])
    return OpenDocument(snapshot, asked=asked, result=Result(snapshot, analysis, Shown(), final=True, proved=proved))


@linux_only
async def test_documents_that_nobody_looks_at_are_forgotten(monkeypatch):
    monkeypatch.setattr(memory, "CEILING_BYTES", 0)
    server = make_server(Options())
    server.documents = {"seen": opened(99), "unseen": opened(1), "at work": opened(1, proved=False)}
    memory.keep_below_ceiling(server, 100)
    assert {name: each.result is not None for name, each in server.documents.items()} == {
        "seen": True,
        "unseen": False,
        "at work": True,
    }


@linux_only
def test_below_the_ceiling_nothing_is_forgotten(monkeypatch):
    monkeypatch.setattr(memory, "CEILING_BYTES", 1 << 40)  # the process of the tests is larger than a server
    server = make_server(Options())
    server.documents = {"unseen": opened(1)}
    memory.keep_below_ceiling(server, 100)
    assert server.documents["unseen"].result is not None
    assert 0 < memory.used_bytes() < memory.CEILING_BYTES


async def test_nothing_is_kept_of_messages_that_were_handled(uri):
    server = make_server(Options())
    server.protocol.set_writer(io.BytesIO())
    item = {"uri": uri, "languageId": "python", "version": 0, "text": "x = 1"}
    start = {"line": 0, "character": 0}
    edit = {"range": {"start": start, "end": start}, "text": "#"}
    said = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}}},
        {"method": "textDocument/didOpen", "params": {"textDocument": item}},
        *(
            {
                "method": "textDocument/didChange",
                "params": {"textDocument": {**item, "version": version}, "contentChanges": [edit]},
            }
            for version in range(1, 100)
        ),
        {"id": 2, "method": "keras-shapes/environment"},
        {"method": "textDocument/didClose", "params": {"textDocument": item}},
        {"method": "workspace/didChangeConfiguration", "params": {"settings": {}}},
    ]
    for message in said:
        assert _handled(server, json.dumps({"jsonrpc": "2.0", **message}).encode())
    server.close()

    async def ended() -> None:
        while server.protocol._request_futures:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0)

    await asyncio.wait_for(ended(), SECONDS)


PROGRAM = """\
from keras_shapes.lsp import memory
memory.CEILING_BYTES = 0
memory.UNSEEN_SECONDS = 0
from keras_shapes.cli import main
main(["server", "--stdio"])
"""


@linux_only
async def test_what_was_forgotten_is_found_again(cache, monkeypatch, uri):
    monkeypatch.setattr("editor.SERVER", ["python", "-c", PROGRAM])
    async with started(minimal(), settings={"delay": 0}) as editor:
        editor.open(uri, MODEL.format(5))
        for number in (6, 7):
            assert await editor.hints(uri) == [(1, f"→ (None, {number - 1})")]
            editor.substitute(uri, f"Dense({number - 1})", f"Dense({number})")
            await asyncio.sleep(0)
        assert await editor.hints(uri) == [(1, "→ (None, 7)")]
