"""When the client is asked to fetch something again: when what it was told last is no longer what is known."""

from __future__ import annotations

from keras_shapes.lsp.carrying import Shown, moved
from keras_shapes.lsp.documents import Kind, OpenDocument
from keras_shapes.lsp.server import Server
from keras_shapes.shifting import shift


def refresh(ls: Server, document: OpenDocument) -> None:
    """Ask the client to fetch hints and lenses again, unless it knows them or is waiting for them."""
    assert document.result is not None
    shown = document.result.shown
    if _outdated(document, "hints", Shown(hints=shown.hints)) and ls.client.refreshes_hints:
        ls.begin(ls.ask_client(ls.workspace_inlay_hint_refresh_async(None)))
    if _outdated(document, "lenses", Shown(lenses=shown.lenses)) and ls.client.refreshes_lenses:
        ls.begin(ls.ask_client(ls.workspace_code_lens_refresh_async(None)))


def refresh_diagnostics(ls: Server, document: OpenDocument) -> None:
    """The same for the diagnostics of a client that pulls them."""
    known = document.pulled
    if known is None or document.waiting["diagnostics"] or known == document.visible:
        return
    document.pulled = document.visible
    if ls.client.refreshes_diagnostics:
        ls.begin(ls.ask_client(ls.workspace_diagnostic_refresh_async(None)))


def _outdated(document: OpenDocument, kind: Kind, now: Shown) -> bool:
    """Whether the client was told something else; it moves what it shows as the text is edited."""
    assert document.result is not None
    snapshot, told = document.told.get(kind, (document.result.snapshot, Shown()))
    known = moved(told, shift(snapshot.document.text, document.result.snapshot.document.text))
    if document.waiting[kind] or known == now:
        return False
    document.told[kind] = document.result.snapshot, now
    return True
