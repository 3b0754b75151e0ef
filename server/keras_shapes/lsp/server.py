"""The server's living state: one client, its documents, its settings, and Keras."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from keras_shapes import __version__, project_modules
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.environments import Environment
from keras_shapes.keras_process import Keras, no_keras
from keras_shapes.lsp.client import Client
from keras_shapes.lsp.convert import Encoding, Places
from keras_shapes.lsp.documents import OpenDocument, path_of
from keras_shapes.lsp.protocol import Protocol
from keras_shapes.lsp.snapshots import Snapshot
from keras_shapes.lsp.tools import Threads
from keras_shapes.settings import Settings
from keras_shapes.source import Document
from keras_shapes.temporary import new_folder

if TYPE_CHECKING:
    from keras_shapes.reader import Project
    from keras_shapes.repair import Parsed

Value = TypeVar("Value")

logger = logging.getLogger(__name__)

NOTEBOOKS = lsp.NotebookDocumentSyncOptions(
    notebook_selector=[
        lsp.NotebookDocumentFilterWithCells(
            cells=[lsp.NotebookCellLanguage(language="python")],
            notebook=lsp.NotebookDocumentFilterNotebookType(notebook_type="jupyter-notebook"),
        )
    ],
    save=True,
)


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says. With `only`, trust and interpreter are not for the client to choose.

    `active` are the variables of an activated environment that the server was started in.
    """

    interpreter: Path | None = None
    trusted: bool = False
    only: bool = False
    active: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """What decides which Keras is asked, and what it may do."""

    environment: Environment
    may_run_code: bool
    workspace: Path | None


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What the check of the workspace found in a file that is not open."""

    snapshot: Snapshot
    diagnostics: tuple[Diagnostic, ...]


class Server(LanguageServer):
    """One client's server. Everything here is touched by the event loop only."""

    protocol: Protocol

    def __init__(self, options: Options) -> None:
        super().__init__("keras-shapes", __version__, notebook_document_sync=NOTEBOOKS, protocol_cls=Protocol)
        self.options = options
        self.settings = Settings()
        self.configured = asyncio.Event()
        self.configuring = asyncio.Lock()
        self.sent_settings: Mapping[str, Any] = {}
        self.choice: Choice | None = None
        self.keras: Keras = no_keras("starting")
        self.warming: Keras | None = None
        self.checked: dict[str, CheckedFile] = {}
        self.documents: dict[str, OpenDocument] = {}
        self.threads = Threads()
        self.client = Client()
        self.project = project_modules.Workspace(self._opened)
        self.orderly = False
        self._folder: Path | None = None
        self._closing: threading.Thread | None = None
        self._told: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def encoding(self) -> Encoding:
        """The units that were agreed with the client."""
        return self.workspace.position_encoding or lsp.PositionEncodingKind.Utf16

    @property
    def folders(self) -> list[Path]:
        """The folders that are open in the client."""
        uris = [folder.uri for folder in self.workspace.folders.values()] or [self.workspace.root_uri or ""]
        return [Path(path_of(uri)) for uri in uris if uri.startswith("file:")]

    def places(self, snapshot: Snapshot) -> Places:
        """Places of a snapshot in the client's units."""
        return Places(snapshot, self.encoding)

    def project_noting(self, uses: set[str]) -> Project:
        """The project as one document sees it; the files that are read for it are noted in `uses`."""
        return _Seen(self.project, uses)

    async def ask_client(self, request: Awaitable[Value]) -> Value | None:
        """A client's answer; None where it has none."""
        try:
            return await request
        except JsonRpcException as error:
            logger.info("the client answered: %s", error)
            return None

    def begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Start something that nobody waits for; a failure is logged."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def tell_once(self, message: str, kind: lsp.MessageType = lsp.MessageType.Warning) -> None:
        """Show a message, the same one never again."""
        if message not in self._told:
            self._told.add(message)
            self.window_show_message(lsp.ShowMessageParams(kind, message))

    def folder(self) -> Path:
        """A folder for files that are shown to the client; it ends with the server."""
        if self._folder is None:
            self._folder = new_folder("shown")
        return self._folder

    def close(self) -> None:
        """Begin nothing new, and let Keras end by itself; that is not waited for."""
        for document in self.documents.values():
            document.stop()
        self.threads.close()
        self._closing = self._closing or threading.Thread(target=self.keras.close, daemon=True)
        if self._closing.ident is None:
            self._closing.start()

    def wait_for_keras(self) -> None:
        """Wait until Keras has ended."""
        if self._closing is not None:
            self._closing.join()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """A failure is for the log: nothing pops up."""
        logger.error("%s: %s", getattr(source, "__name__", source), error)

    def _opened(self, path: str) -> Document | None:
        """The text of a file that the client holds; called by the threads that read."""
        return next((each.snapshot.document for each in list(self.documents.values()) if _is(each, path)), None)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("internal error", exc_info=error)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A project that notes which files were asked for. One thread at a time: jedi is not made for several."""

    project: project_modules.Workspace
    uses: set[str]

    def module(self, document: Document, dotted: str, level: int, offset: int) -> Document | None:
        """See `reader.Project`."""
        with _LOCK:
            found = self.project.module(document, dotted, level, offset)
        if found is not None:
            self.uses.add(found.path)
        return found

    def parse(self, document: Document, look: Callable[[], None]) -> Parsed:
        """See `reader.Project`."""
        return self.project.parse(document, look)


_LOCK = threading.Lock()


def _is(document: OpenDocument, path: str) -> bool:
    held = document.snapshot.document.path
    return held == path or (Path(held).is_absolute() and os.path.realpath(held) == path)
