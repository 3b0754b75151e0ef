"""Code actions: the fixes of the diagnostics in a range, and all safe fixes of a document at once.

A client that can is given titles first, and an edit when it asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lsprotocol import types as lsp

from keras_shapes.diagnostic import Diagnostic, Edit, Fix
from keras_shapes.fixes.proof import chosen
from keras_shapes.lsp.documents import OpenDocument, Result
from keras_shapes.lsp.server import Server
from keras_shapes.lsp.snapshots import Snapshot
from keras_shapes.source import Span

FIX_ALL = "source.fixAll.keras-shapes"
APPLY = "keras-shapes.applyFix"


@dataclass(frozen=True, slots=True)
class Offer:
    """One action: what it does, and the diagnostic that it ends (None: all that have a safe fix)."""

    title: str
    kind: str
    edits: tuple[Edit, ...]
    preferred: bool
    diagnostic: Diagnostic | None


def register(server: Server) -> None:
    """Announce these features."""
    options = lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True)
    server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, options)(code_actions)
    server.feature(lsp.CODE_ACTION_RESOLVE)(resolve)
    server.command(APPLY)(apply_fix)


async def code_actions(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction | lsp.Command]:
    """What can be done about the diagnostics of a range; nothing while the text is ahead of what is known of it."""
    document = ls.document(params.text_document.uri)
    result = await document.wait_for_fixes() if document is not None else None
    if document is None or result is None or not document.current:
        return []
    span = ls.places(result.snapshot).span(params.text_document.uri, params.range)
    offers = _offers(result, span) if span is not None else ()
    return [_action(ls, result.snapshot, offer) for offer in offers if _wanted(offer.kind, params.context.only)]


def resolve(ls: Server, action: lsp.CodeAction) -> lsp.CodeAction:
    """The edit of an action; none when the text has changed since it was offered."""
    edit = _edit_of(ls, action.data)
    if edit is not None:
        action.edit = edit
    return action


async def apply_fix(ls: Server, data: Any) -> None:
    """For clients that know commands only."""
    edit = _edit_of(ls, data)
    if edit is not None:
        await ls.ask_client(ls.workspace_apply_edit_async(lsp.ApplyWorkspaceEditParams(edit)))


def _offers(result: Result, span: Span) -> Iterator[Offer]:
    for diagnostic in result.analysis.diagnostics:
        if diagnostic.span.start <= span.end and span.start <= diagnostic.span.end:
            for fix in diagnostic.fixes:
                yield Offer(fix.title, lsp.CodeActionKind.QuickFix.value, fix.edits, fix.preferred, diagnostic)
    safe = tuple(_safe_edits(result.analysis.diagnostics))
    if safe:
        yield Offer("Apply all safe fixes of keras-shapes", FIX_ALL, safe, preferred=False, diagnostic=None)


def _safe_edits(diagnostics: Sequence[Diagnostic]) -> Iterator[Edit]:
    """Edits of the first safe fix of each diagnostic; of two that touch the same text, the first."""
    taken: list[Span] = []
    for diagnostic in diagnostics:
        fix = chosen(diagnostic, unsafe=False)
        if fix is not None and not _overlaps(fix, taken):
            taken += [edit.span for edit in fix.edits]
            yield from fix.edits


def _overlaps(fix: Fix, taken: Iterable[Span]) -> bool:
    return any(edit.span.start <= span.end and span.start <= edit.span.end for span in taken for edit in fix.edits)


def _action(ls: Server, snapshot: Snapshot, offer: Offer) -> lsp.CodeAction | lsp.Command:
    data = {"uri": snapshot.uri, "revision": snapshot.revision, "title": offer.title}
    if offer.diagnostic is not None:
        data |= {"code": offer.diagnostic.code, "start": offer.diagnostic.span.start}
    if not ls.client.action_literals:
        return lsp.Command(title=offer.title, command=APPLY, arguments=[data])
    places = ls.places(snapshot)
    found = [places.diagnostic(offer.diagnostic, ls.client.diagnostics)] if offer.diagnostic else None
    return lsp.CodeAction(
        title=offer.title,
        kind=offer.kind,
        diagnostics=found,
        is_preferred=True if offer.preferred and ls.client.preferred_actions else None,
        edit=None if ls.client.resolves_edits else _workspace_edit(ls, snapshot, offer.edits),
        data=data,
    )


def _edit_of(ls: Server, data: Any) -> lsp.WorkspaceEdit | None:
    """The edit of an action that was offered; None when its text is no longer the newest."""
    if not isinstance(data, dict):
        return None
    document = ls.document(str(data.get("uri")))
    if document is None or not _is_offered_for(document, data):
        return None
    assert document.result is not None
    whole = Span(0, len(document.snapshot.document.text))
    for offer in _offers(document.result, whole):
        about = (offer.diagnostic.code, offer.diagnostic.span.start) if offer.diagnostic else (None, None)
        if (offer.title, *about) == (data.get("title"), data.get("code"), data.get("start")):
            return _workspace_edit(ls, document.snapshot, offer.edits)
    return None


def _is_offered_for(document: OpenDocument, data: dict[str, Any]) -> bool:
    return document.current and document.snapshot.revision == data.get("revision")


def _workspace_edit(ls: Server, snapshot: Snapshot, edits: Sequence[Edit]) -> lsp.WorkspaceEdit:
    by_uri = ls.places(snapshot).edits(edits)
    if not ls.client.document_changes:
        return lsp.WorkspaceEdit(changes=by_uri)
    versions = {part.uri: part.version for part in snapshot.parts}
    return lsp.WorkspaceEdit(
        document_changes=[
            lsp.TextDocumentEdit(lsp.OptionalVersionedTextDocumentIdentifier(uri, versions[uri]), list(each))
            for uri, each in by_uri.items()
        ]
    )


def _wanted(kind: str, only: Sequence[lsp.CodeActionKind | str] | None) -> bool:
    """Whether a kind, or one that it is a part of, is asked for."""
    return not only or any(f"{kind}.".startswith(f"{each}." if each else "") for each in map(str, only))
