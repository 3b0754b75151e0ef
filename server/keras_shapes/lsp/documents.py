"""The open documents: their newest text, the newest result, and what the client was told."""

from __future__ import annotations

import asyncio
import contextlib
import math
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import unquote

from lsprotocol import types as lsp
from pygls.uris import to_fs_path
from pygls.workspace import Workspace

from keras_shapes.files import python_document
from keras_shapes.lsp.snapshots import Part, Snapshot
from keras_shapes.notebook import cells_document
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.analysis import Analysis
    from keras_shapes.diagnostic import Diagnostic, Edit
    from keras_shapes.features.changes import Earlier
    from keras_shapes.lsp.carrying import Shown

PATIENCE_SECONDS = 0.3
"""A request for a newer text than the last analysed one waits so long, rather than answer emptily."""

FIXES_SECONDS = 2.0
"""Somebody who asks for fixes waits while they are proven."""

LAST_WORD_SECONDS = 60.0
"""A client that asks once for diagnostics, and cannot be told to ask again, waits so long for the start of Keras."""

FIRST_HINTS_SECONDS = 30.0
"""The first answer about hints waits so long for the start of Keras."""

VIRTUAL = ".virtual_documents"
"""The folder that jupyterlab-lsp says its notebooks are in; they lie beside it under the same names."""

PYTHON = frozenset({"python", "jupyter", "", None})
"""Languages that clients give to cells of Python."""


Kind: TypeAlias = Literal["hints", "lenses", "diagnostics"]
"""What a client fetches, and is asked to fetch again."""


@dataclass(frozen=True, slots=True)
class Published:
    """What the client was last told about a file or cell, and when."""

    version: int | None
    diagnostics: tuple[lsp.Diagnostic, ...]
    time: float


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What is known of a snapshot.

    `final`: nothing more will be. `proved`: what could mend its diagnostics has been tried.
    `rewritten`: which edits that mend nothing were tried, and whether they change nothing.
    """

    snapshot: Snapshot
    analysis: Analysis
    shown: Shown
    final: bool
    proved: bool = False
    rewritten: dict[tuple[Edit, ...], bool] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class OpenDocument:
    """A document that is open in the client. Only the event loop touches it.

    `edited` is when a person last changed it, in the loop's time, `caret` where that change ends.
    `visible` are the diagnostics that a person sees, in the text of `visible_in`; `published` is what the client was
    told of them, by URI, `pulled` what it fetched.
    `told` is the last answer about hints and lenses, `waiting` counts the requests that wait for one.
    `uses` are the files that were read for it.
    `asked` is when something was last asked about it. Without a result then, it is to be analysed again.
    `earlier` is what was known when the edit began that is going on, or was the last one; `head` what is known of the
    text in HEAD, where somebody asked for it. `announced` are the sums that the lenses have said of that edit.
    `retries` counts how often Keras was asked again since the last edit, because its process failed.
    """

    snapshot: Snapshot
    edited: float = -math.inf
    caret: int | None = None
    work: tuple[asyncio.Task[None], threading.Event] | None = None
    result: Result | None = None
    visible: tuple[Diagnostic, ...] = ()
    visible_in: Snapshot | None = None
    published: dict[str, Published] = field(default_factory=dict)
    pulled: tuple[Diagnostic, ...] | None = None
    told: dict[Kind, tuple[Snapshot, Shown]] = field(default_factory=dict)
    waiting: Counter[Kind | None] = field(default_factory=Counter)
    uses: set[str] = field(default_factory=set)
    earlier: Earlier | None = None
    head: Earlier | None = None
    announced: Mapping[int, int] = field(default_factory=dict)
    retries: int = 0
    asked: float = -math.inf
    closed: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def current(self) -> bool:
        """Whether the result is that of the newest text."""
        return self.result is not None and self.result.snapshot is self.snapshot

    @property
    def compared(self) -> Earlier | None:
        """What the text is compared with where it is asked what changed."""
        return self.head or self.earlier

    def stop(self) -> None:
        """Cancel what is being done for an older text."""
        if self.work is not None:
            task, flag = self.work
            flag.set()
            task.cancel()

    def forget(self) -> None:
        """Let go of what can be found again; what a person sees stays."""
        self.result = self.earlier = self.head = None
        self.told.clear()

    def settle(self, result: Result) -> None:
        """Store a result and wake those who wait for it."""
        self.result = result
        self.wake()

    def wake(self) -> None:
        """Let those who wait look again."""
        self.news.set()
        self.news = asyncio.Event()

    async def wait(self, kind: Kind | None = None) -> Result | None:
        """The result of the newest text, or after a while the newest result."""
        self.waiting[kind] += 1
        try:
            return await self._wait(lambda: self.current, PATIENCE_SECONDS)
        finally:
            self.waiting[kind] -= 1

    async def wait_for_hints(self, first: Callable[[], bool]) -> Result | None:
        """The same; the `first` answer not before there is a hint, as some clients draw only that one."""

        def enough() -> bool:
            known = self.current and self.result is not None and (self.result.final or bool(self.result.shown.hints))
            return self.closed or known

        self.waiting["hints"] += 1
        try:
            await self._wait(lambda: self.current, PATIENCE_SECONDS)
            return await self._wait(enough, FIRST_HINTS_SECONDS) if first() else self.result
        finally:
            self.waiting["hints"] -= 1

    async def wait_for_all(self) -> Result | None:
        """The result of the newest text when nothing more will be known; or after a while what is known."""
        return await self._wait(
            lambda: self.current and self.result is not None and self.result.final, PATIENCE_SECONDS
        )

    async def wait_for_fixes(self) -> Result | None:
        """The result of the newest text with its fixes; or after a while what is known."""
        return await self._wait(lambda: self.current and self.result is not None and self.result.proved, FIXES_SECONDS)

    async def wait_for_last_word(self, silent: Callable[[], bool]) -> None:
        """Until all that is known of the newest text is visible, and nothing more is to come."""

        def enough() -> bool:
            told = self.current and self.visible_in is self.snapshot and self.result is not None and self.result.final
            return self.closed or (told and silent())

        await self._wait(enough, LAST_WORD_SECONDS)

    async def _wait(self, enough: Callable[[], bool], seconds: float) -> Result | None:
        clock = asyncio.get_running_loop().time
        deadline = clock() + seconds
        with contextlib.suppress(asyncio.TimeoutError):
            while not enough():
                await asyncio.wait_for(self.news.wait(), deadline - clock())
        return self.result


def take_snapshot(workspace: Workspace, uri: str, revision: int) -> Snapshot | None:
    """Text and versions of a file or notebook as they are now; None for what is not open."""
    notebook = workspace.get_notebook_document(notebook_uri=uri)
    if notebook is not None:
        return _notebook_snapshot(workspace, notebook, revision)
    text = workspace.text_documents.get(unquote(uri))
    if text is None:
        return None
    document = python_document(path_of(uri), text.source)
    return Snapshot(uri, revision, document, (Part(text.uri, text.version, Span(0, len(text.source))),))


def key(uri: str) -> str:
    """One name for a URI, however the client escapes it."""
    return unquote(uri)


def document_uri(workspace: Workspace, uri: str) -> str:
    """The notebook's URI for that of a cell; any other URI is that of its document."""
    notebook = workspace.get_notebook_document(cell_uri=uri)
    return notebook.uri if notebook is not None else uri


def path_of(uri: str) -> str:
    """A file's path; the URI itself where it is no file's.

    JupyterLab's client puts notebooks, and the workspace, into a folder of its own below the real one.
    """
    path = to_fs_path(uri) if uri.startswith("file:") else None
    if path is None:
        return uri
    parts = Path(path).parts
    return str(Path(*(part for part in parts if part != VIRTUAL))) if VIRTUAL in parts else path


def _notebook_snapshot(workspace: Workspace, notebook: lsp.NotebookDocument, revision: int) -> Snapshot:
    cells = [cell.document for cell in notebook.cells if cell.kind == lsp.NotebookCellKind.Code]
    texts = [text for uri in cells if (text := workspace.text_documents.get(unquote(uri))) is not None]
    texts = [text for text in texts if text.language_id in PYTHON]
    document = cells_document(path_of(notebook.uri), [text.source for text in texts])
    parts = (Part(text.uri, text.version, cell.span) for text, cell in zip(texts, document.cells, strict=True))
    return Snapshot(notebook.uri, revision, document, tuple(parts))
