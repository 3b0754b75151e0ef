"""Diagnostics for clients that ask for them: of a document, and of the workspace.

A client that can be told to ask again has its answer at once. Another one (Neovim 0.11) asks once for each edit,
and has its answer when that is the last word about the text.
"""

from __future__ import annotations

import functools
import hashlib

from lsprotocol import types as lsp

from keras_shapes.lsp.documents import OpenDocument
from keras_shapes.lsp.publishing import moved
from keras_shapes.lsp.scheduling import asked_document, nothing_to_come
from keras_shapes.lsp.server import Server
from keras_shapes.lsp.snapshots import Part
from keras_shapes.shifting import shift


async def document_diagnostic(ls: Server, params: lsp.DocumentDiagnosticParams) -> lsp.DocumentDiagnosticReport:
    """The diagnostics of a file or cell that may be shown by now."""
    document = asked_document(ls, params.text_document.uri)
    if document is not None:
        await document.wait("diagnostics")
        if not ls.client.refreshes_diagnostics:
            await document.wait_for_last_word(functools.partial(nothing_to_come, ls, document))
    part = document.snapshot.part_of(params.text_document.uri) if document is not None else None
    if document is None or part is None:
        return lsp.RelatedFullDocumentDiagnosticReport(items=[])
    items = _items(ls, document, part)
    document.pulled = document.visible
    name = _name(items)
    if name == params.previous_result_id:
        return lsp.RelatedUnchangedDocumentDiagnosticReport(result_id=name)
    return lsp.RelatedFullDocumentDiagnosticReport(items=items, result_id=name)


async def workspace_diagnostic(ls: Server, params: lsp.WorkspaceDiagnosticParams) -> lsp.WorkspaceDiagnosticReport:
    """The diagnostics of every open document, and of the files that the workspace was checked for."""
    known = {previous.uri: previous.value for previous in params.previous_result_ids}
    reports: list[lsp.WorkspaceDocumentDiagnosticReport] = []
    for document in list(ls.documents.values()):
        await document.wait("diagnostics")
        reports += (_report(part, _items(ls, document, part), known) for part in document.snapshot.parts)
    for checked in ls.checked.values():
        places = ls.places(checked.snapshot)
        shown = checked.diagnostics if ls.settings.diagnostics else ()
        items = [places.diagnostic(each, ls.client.diagnostics) for each in shown]
        reports += (_report(part, items, known) for part in checked.snapshot.parts)
    return lsp.WorkspaceDiagnosticReport(reports)


def _report(part: Part, items: list[lsp.Diagnostic], known: dict[str, str]) -> lsp.WorkspaceDocumentDiagnosticReport:
    name = _name(items)
    if name == known.get(part.uri):
        return lsp.WorkspaceUnchangedDocumentDiagnosticReport(uri=part.uri, result_id=name, version=part.version)
    return lsp.WorkspaceFullDocumentDiagnosticReport(uri=part.uri, items=items, result_id=name, version=part.version)


def _items(ls: Server, document: OpenDocument, part: Part) -> list[lsp.Diagnostic]:
    if document.visible_in is None or not ls.settings.diagnostics:
        return []
    snapshot, places = document.snapshot, ls.places(document.snapshot)
    visible = document.visible
    if document.visible_in is not snapshot:
        visible = moved(visible, shift(document.visible_in.document.text, snapshot.document.text))
    here = (each for each in visible if snapshot.part_at(each.span.start) == part)
    return [places.diagnostic(each, ls.client.diagnostics) for each in here]


def _name(items: list[lsp.Diagnostic]) -> str:
    """A name for a list of diagnostics: equal lists have equal names."""
    return hashlib.sha256(repr(items).encode("utf-8", "surrogatepass")).hexdigest()[:16]
