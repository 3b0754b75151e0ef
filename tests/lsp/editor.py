"""An editor for tests: pytest-lsp's client over real pipes, which holds texts as editors do and notes what it gets."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lsprotocol import types as lsp
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

LOGGED = """\
import os, sys
os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""
"""A program that starts another one with its errors in a file."""

SERVER = [sys.executable, "-m", "keras_shapes", "server", "--stdio"]
ASKED = (
    lsp.WORKSPACE_INLAY_HINT_REFRESH,
    lsp.WORKSPACE_CODE_LENS_REFRESH,
    lsp.WORKSPACE_DIAGNOSTIC_REFRESH,
    lsp.CLIENT_REGISTER_CAPABILITY,
)
SECONDS = int(os.environ.get("KERAS_SHAPES_PATIENCE", "30"))
"""How long is waited for what must come: Keras has to be imported, perhaps on a busy machine."""


@dataclass
class Editor:
    """One editor with its server. `published` holds every publish in order, `asked` the server's requests."""

    client: LanguageClient
    published: list[lsp.PublishDiagnosticsParams] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    applied: list[lsp.WorkspaceEdit] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    encoding: str = "utf-16"
    result: lsp.InitializeResult | None = None
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def until(self, true):
        """Wait until something the server sends makes `true()` true."""
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(true), SECONDS)

    def open(self, uri: str, text: str, version: int = 1, language: str = "python") -> None:
        self.texts[uri], self.versions[uri] = text, version
        item = lsp.TextDocumentItem(uri, language, version, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    async def open_something(self) -> None:
        """Open a document and wait for it: the settings have been read then."""
        self.open("untitled:something", "x = 1")
        await self.settled("untitled:something")

    def replace(self, uri: str, start: int, end: int, new: str) -> None:
        """Replace a range of code points, as one edit."""
        old = self.texts[uri]
        where = lsp.Range(self.position(uri, start), self.position(uri, end))
        self.texts[uri] = old[:start] + new + old[end:]
        self.versions[uri] += 1
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(version=self.versions[uri], uri=uri),
                [lsp.TextDocumentContentChangePartial(range=where, text=new)],
            )
        )

    def substitute(self, uri: str, old: str, new: str) -> None:
        """Replace the first occurrence of a text."""
        start = self.texts[uri].index(old)
        self.replace(uri, start, start + len(old), new)

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))

    def position(self, uri: str, offset: int) -> lsp.Position:
        """The position of a code point, in the units that were agreed."""
        before = self.texts[uri][:offset].replace("\r\n", "\n\n").replace("\r", "\n")
        line = self.texts[uri][:offset].replace("\r\n", "\n").replace("\r", "\n").count("\n")
        return lsp.Position(line, self.units(before.rpartition("\n")[2]))

    def units(self, text: str) -> int:
        match self.encoding:
            case "utf-8":
                return len(text.encode())
            case "utf-32":
                return len(text)
            case _:
                return len(text.encode("utf-16-le")) // 2

    async def settled(self, uri: str):
        """Wait until nothing more will be known of the newest text; what is known."""
        return await self._known(uri, lambda answer: answer.current and answer.final)

    async def proved(self, uri: str):
        """Wait until the fixes of the newest text have been proven; a question about fixes waits for that a while."""
        start = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
        params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), start, lsp.CodeActionContext([]))
        while not (answer := await self.settled(uri)).proved:
            await self.client.text_document_code_action_async(params)
        return answer

    async def read(self, uri: str):
        """Wait until the newest text has been read, whether or not Keras has answered."""
        return await self._known(uri, lambda answer: answer.current)

    async def _known(self, uri: str, enough):
        return await self.until_true(lambda: self.models(uri), lambda answer: answer is not None and enough(answer))

    async def until_true(self, ask, enough):
        """Ask until the answer is as wanted: something that the server does by itself has then happened."""

        async def asked():
            # A request that is cancelled may say so in its answer, so that a limit of time alone would not end this.
            clock = asyncio.get_running_loop().time
            end = clock() + SECONDS
            while not enough(answer := await ask()):
                assert clock() < end, "what was waited for does not come"
            return answer

        return await asyncio.wait_for(asked(), 2 * SECONDS)

    async def models(self, uri: str):
        request = {"textDocument": {"uri": uri}}
        return await self.client.protocol.send_request_async("keras-shapes/models", request)

    @property
    def pulls(self) -> bool:
        abilities = self.client.capabilities.text_document
        return abilities is not None and abilities.diagnostic is not None

    async def diagnostics(self, uri: str) -> list[lsp.Diagnostic]:
        """What the editor shows of the newest text, once all is known: what it pulls, or what was pushed last."""
        await self.settled(uri)
        return await self.pulled(uri) if self.pulls else self.shown(uri)

    async def pulled(self, uri: str) -> list[lsp.Diagnostic]:
        params = lsp.DocumentDiagnosticParams(text_document=lsp.TextDocumentIdentifier(uri))
        return list((await self.client.text_document_diagnostic_async(params)).items)

    def shown(self, uri: str) -> list[lsp.Diagnostic]:
        return list(next(each for each in reversed(self.published) if each.uri == uri).diagnostics)

    def marked(self, uri: str, where: lsp.Range) -> str:
        """The text of a range."""
        return self.texts[uri][self.offset(uri, where.start) : self.offset(uri, where.end)]

    def offset(self, uri: str, position: lsp.Position) -> int:
        """The code point at a position."""
        return next(i for i in range(len(self.texts[uri]) + 1) if self.position(uri, i) == position)

    async def hover(self, uri: str, text: str) -> str | None:
        """The hover over the first occurrence of a text."""
        return await self.hover_at(uri, self.texts[uri].index(text))

    async def hover_at(self, uri: str, offset: int) -> str | None:
        """The hover over a code point."""
        position = self.position(uri, offset)
        found = await self.client.text_document_hover_async(
            lsp.HoverParams(text_document=lsp.TextDocumentIdentifier(uri), position=position)
        )
        return found.contents.value if found else None

    async def hints(self, uri: str) -> list[tuple[int, str]]:
        """Line and text of each inlay hint, once all is known."""
        await self.settled(uri)
        return await self.hints_now(uri)

    async def hints_now(self, uri: str) -> list[tuple[int, str]]:
        return [(hint.position.line, hint.label) for hint in await self.raw_hints(uri)]

    async def raw_hints(self, uri: str) -> list[lsp.InlayHint]:
        everywhere = lsp.Range(lsp.Position(0, 0), self.position(uri, len(self.texts[uri])))
        params = lsp.InlayHintParams(text_document=lsp.TextDocumentIdentifier(uri), range=everywhere)
        return list(await self.client.text_document_inlay_hint_async(params) or ())

    async def lenses(self, uri: str) -> list[tuple[int, str]]:
        """Line and title of each code lens, once all is known."""
        await self.settled(uri)
        return await self.lenses_now(uri)

    async def lenses_now(self, uri: str) -> list[tuple[int, str]]:
        params = lsp.CodeLensParams(text_document=lsp.TextDocumentIdentifier(uri))
        found = await self.client.text_document_code_lens_async(params)
        return [(lens.range.start.line, lens.command.title) for lens in found or ()]


@contextlib.asynccontextmanager
async def started(
    capabilities: lsp.ClientCapabilities | None = None,
    *,
    settings: dict | None = None,
    root: str | None = None,
    others: Sequence[str] = (),
):
    """An editor whose server is started, initialised, and ended in the end. The server logs no error."""
    client = LanguageClient(converter_factory=default_converter)
    editor = Editor(client)
    _listen(editor)
    settings = {"timeout": SECONDS, **(settings or {})}
    client.set_configuration({"keras-shapes": settings})
    with tempfile.NamedTemporaryFile(prefix="keras-shapes-log-", delete=False) as file:
        log = Path(file.name)
    await client.start_io(sys.executable, "-c", LOGGED, str(log), *SERVER[1:])
    folders = [lsp.WorkspaceFolder(each, "workspace") for each in (root, *others)] if root else None
    editor.result = await client.initialize_session(
        lsp.InitializeParams(
            capabilities=capabilities or lsp.ClientCapabilities(),
            root_uri=root,
            workspace_folders=folders,
            initialization_options=settings,
        )
    )
    encoding = editor.result.capabilities.position_encoding
    editor.encoding = str(getattr(encoding, "value", encoding or "utf-16"))
    try:
        yield editor
        await client.shutdown_session()
        said = content(log)
        assert said == "", said
    finally:
        if client._server is not None and client._server.returncode is None:
            client._server.kill()
        await client.stop()


def content(log: Path) -> str:
    text = log.read_text(encoding="utf-8")
    log.unlink()
    return text


def _listen(editor: Editor) -> None:
    client = editor.client

    async def note() -> None:
        async with editor.news:
            editor.news.notify_all()

    async def publish(params: lsp.PublishDiagnosticsParams) -> None:
        editor.published.append(params)
        await note()

    def noting(method: str):
        async def ask(_params) -> None:
            editor.asked.append(method)
            await note()

        return ask

    def apply(params: lsp.ApplyWorkspaceEditParams) -> lsp.ApplyWorkspaceEditResult:
        editor.applied.append(params.edit)
        return lsp.ApplyWorkspaceEditResult(applied=True)

    own = {
        lsp.WORKSPACE_APPLY_EDIT: apply,
        lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish,
        **{method: noting(method) for method in ASKED},
    }
    register_lsp_features(client, {**DEFAULT_CLIENT_FEATURES, **own})
