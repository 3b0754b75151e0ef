"""Texts that are opened, changed, saved and closed: each handler schedules its document."""

from __future__ import annotations

from lsprotocol import types as lsp

from keras_shapes.lsp.scheduling import forget, schedule, schedule_users
from keras_shapes.lsp.server import Server


def did_open(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    """A file was opened."""
    schedule(ls, params.text_document.uri)


def did_change(ls: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    """A file was edited."""
    schedule(ls, params.text_document.uri, edited=True)
    schedule_users(ls, params.text_document.uri)


def did_save(ls: Server, params: lsp.DidSaveTextDocumentParams) -> None:
    """A file was saved: whoever saves wants to know."""
    schedule(ls, params.text_document.uri, paused=True)


def did_close(ls: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    """A file was closed; on disk it may be another."""
    forget(ls, params.text_document.uri)
    schedule_users(ls, params.text_document.uri)


def notebook_did_open(ls: Server, params: lsp.DidOpenNotebookDocumentParams) -> None:
    """A notebook was opened."""
    schedule(ls, params.notebook_document.uri)


def notebook_did_change(ls: Server, params: lsp.DidChangeNotebookDocumentParams) -> None:
    """Cells were edited, added, moved, deleted or executed; executing changes nothing that is read."""
    cells = params.change.cells
    if cells is not None and (cells.structure or cells.text_content):
        schedule(ls, params.notebook_document.uri, edited=True)


def notebook_did_save(ls: Server, params: lsp.DidSaveNotebookDocumentParams) -> None:
    """A notebook was saved."""
    schedule(ls, params.notebook_document.uri, paused=True)


def notebook_did_close(ls: Server, params: lsp.DidCloseNotebookDocumentParams) -> None:
    """A notebook was closed."""
    forget(ls, params.notebook_document.uri)
