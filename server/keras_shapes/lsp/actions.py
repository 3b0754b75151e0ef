"""Code actions: the fixes of the diagnostics in a range, and all safe fixes of a document at once.

A client that can is given titles first, and an edit when it asks for it.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lsprotocol import types as lsp

from keras_shapes.analysis import analyse
from keras_shapes.diagnostic import Diagnostic, Edit, Fix
from keras_shapes.fixes.apply import edited
from keras_shapes.fixes.data_paths import data_files
from keras_shapes.fixes.declaring import declarations
from keras_shapes.fixes.proof import chosen, fix_all
from keras_shapes.fixes.refactoring import keeps_models, refactorings
from keras_shapes.fixes.silencing import silencing
from keras_shapes.keras_process import Versions
from keras_shapes.lsp.convert import page_address
from keras_shapes.lsp.documents import OpenDocument, Result
from keras_shapes.lsp.handlers import APPLY, EXPLAIN, FIX_ALL, READ_SHAPE
from keras_shapes.lsp.scheduling import asked_document, make_means
from keras_shapes.lsp.server import Server
from keras_shapes.lsp.snapshots import Snapshot
from keras_shapes.source import Document, Span

REWRITE = lsp.CodeActionKind.RefactorRewrite.value
FIX_ALL_TITLE = "Apply all safe fixes of keras-shapes"


@dataclass(frozen=True, slots=True)
class Offer:
    """One action: a fix of a diagnostic; without a fix the page of its rule; without both all safe fixes.

    With `start`, the data whose name is there get the shape that their file tells, once somebody chooses it.
    """

    title: str
    kind: str
    fix: Fix | None = None
    diagnostic: Diagnostic | None = None
    start: int | None = None


async def code_actions(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction | lsp.Command]:
    """What can be done about the diagnostics of a range; nothing while the text is ahead of what is known of it."""
    document = asked_document(ls, params.text_document.uri)
    result = await document.wait_for_fixes() if document is not None else None
    if document is None or result is None or not document.current:
        return []
    span = ls.places(result.snapshot).span(params.text_document.uri, params.range)
    if span is None:
        return []
    asked = params.context.trigger_kind != lsp.CodeActionTriggerKind.Automatic
    offers = [*_offers(result, span, ls.keras.versions()), *_readable(ls, result, span)]
    if asked or result.rewritten:
        offers += _rewrites(result, span)
    wanted = [offer for offer in offers if _wanted(offer.kind, params.context.only)]
    return [await _action(ls, document, each) for each in wanted if await _holds(ls, document, result, each, asked)]


async def resolve(ls: Server, action: lsp.CodeAction) -> lsp.CodeAction:
    """The edit of an action; none when the text has changed since it was offered."""
    action.edit = action.edit or await _edit_of(ls, action.data)
    return action


async def apply_fix(ls: Server, data: Any) -> None:
    """For clients that know commands only."""
    edit = await _edit_of(ls, data)
    if edit is not None:
        await ls.ask_client(ls.workspace_apply_edit_async(lsp.ApplyWorkspaceEditParams(edit)))


def _offers(result: Result, span: Span, versions: Versions | None) -> Iterator[Offer]:
    """Quick fixes in the order of their merit, then what explains and silences, then the safe fixes of the document.

    What is wrong anywhere on the line counts where there is nothing at the place itself.
    """
    kind = lsp.CodeActionKind.QuickFix.value
    diagnostics = result.analysis.diagnostics
    document = result.analysis.document
    here = _at(diagnostics, span) or _at(diagnostics, _lines(document, span))
    for diagnostic in here:
        for fix in diagnostic.fixes:
            yield Offer(f"{fix.title}{_proof(fix, versions)}", kind, fix, diagnostic)
    for fix in declarations(result.analysis, span):
        yield Offer(fix.title, kind, fix)
    for diagnostic in {each.code: each for each in here}.values():
        if page_address(diagnostic.code):
            yield Offer(f"Explain {diagnostic.code}", kind, None, diagnostic)
    for diagnostic in here:
        if (silent := silencing(document, diagnostic)) is not None:
            yield Offer(silent.title, kind, silent, diagnostic)
    if any(chosen(each, unsafe=False) for each in diagnostics):
        yield Offer(FIX_ALL_TITLE, FIX_ALL)


def _rewrites(result: Result, span: Span) -> Iterator[Offer]:
    """Edits that mend nothing; whether they change nothing is for Keras to say."""
    return (Offer(fix.title, REWRITE, fix) for fix in refactorings(result.analysis, span))


async def _holds(ls: Server, document: OpenDocument, result: Result, offer: Offer, asked: bool) -> bool:
    """Whether an edit that mends nothing changes nothing: real Keras builds the same models of the edited text.

    An editor that asks by itself, as the cursor moves, is told what is known already.
    """
    if offer.kind != REWRITE or offer.fix is None:
        return True
    edits = offer.fix.edits
    if asked and edits not in result.rewritten:
        result.rewritten[edits] = await _is_equal(ls, document, result, edits)
    return result.rewritten.get(edits, False)


async def _is_equal(ls: Server, document: OpenDocument, result: Result, edits: Sequence[Edit]) -> bool:
    try:
        after = edited(result.snapshot.document, edits)
    except ValueError:
        return False
    means = make_means(ls, document.uses)
    look = functools.partial(analyse, after, means.keras, project=means.project, selection=means.selection)
    return keeps_models(result.analysis, await ls.threads.ask(document.snapshot.uri, "fixes", look))


def _readable(ls: Server, result: Result, span: Span) -> Iterator[Offer]:
    """What files could tell, in a trusted workspace; none is touched before somebody chooses it."""
    if not ls.settings.trusted:
        return
    for data, path in data_files(result.analysis):
        if data.span.start <= span.end and span.start <= data.span.end:
            title = f"Read the shape of {data.name} from {path.shown}"
            yield Offer(title, lsp.CodeActionKind.QuickFix.value, start=data.span.start)


def _at(diagnostics: Sequence[Diagnostic], span: Span) -> list[Diagnostic]:
    return [each for each in diagnostics if each.span.start <= span.end and span.start <= each.span.end]


def _lines(document: Document, span: Span) -> Span:
    first, last = document.line_span(document.line(span.start)), document.line_span(document.line(span.end))
    return Span(first.start, last.end)


def _proof(fix: Fix, versions: Versions | None) -> str:
    """` (proven with Keras 3.15)`, where the Keras is known that has accepted the edit."""
    if not fix.proven:
        return ""
    number = ".".join(versions.keras.split(".")[:2]) if versions is not None else ""
    return f" (proven with Keras {number})" if number else " (proven with Keras)"


async def _action(ls: Server, document: OpenDocument, offer: Offer) -> lsp.CodeAction | lsp.Command:
    if offer.fix is None and offer.diagnostic is not None:
        explain = lsp.Command(title=offer.title, command=EXPLAIN, arguments=[offer.diagnostic.code])
        if not ls.client.action_literals:
            return explain
        return lsp.CodeAction(title=offer.title, kind=offer.kind, command=explain)
    data = _data(document.snapshot, offer)
    if offer.start is not None:
        read = lsp.Command(title=offer.title, command=READ_SHAPE, arguments=[data])
        if not ls.client.action_literals:
            return read
        return lsp.CodeAction(title=offer.title, kind=offer.kind, command=read)
    if not ls.client.action_literals:
        return lsp.Command(title=offer.title, command=APPLY, arguments=[data])
    places = ls.places(document.snapshot)
    found = [places.diagnostic(offer.diagnostic, ls.client.diagnostics)] if offer.diagnostic else None
    preferred = offer.fix is not None and offer.fix.preferred and ls.client.preferred_actions
    return lsp.CodeAction(
        title=offer.title,
        kind=offer.kind,
        diagnostics=found,
        is_preferred=True if preferred else None,
        edit=None if ls.client.resolves_edits else await _workspace_edit(ls, document, offer),
        data=data,
    )


def _data(snapshot: Snapshot, offer: Offer) -> dict[str, Any]:
    """What is needed to find an offer again, while its text is the newest."""
    about: dict[str, Any] = {}
    if offer.diagnostic is not None:
        about = {"code": offer.diagnostic.code, "start": offer.diagnostic.span.start}
    elif offer.fix is not None:
        about = {"start": max(edit.span.start for edit in offer.fix.edits)}
    elif offer.start is not None:
        about = {"start": offer.start}
    return {"uri": snapshot.uri, "revision": snapshot.revision, "title": offer.title, **about}


async def _edit_of(ls: Server, data: Any) -> lsp.WorkspaceEdit | None:
    """The edit of an action that was offered; None when its text is no longer the newest."""
    document = asked_document(ls, str(data.get("uri"))) if isinstance(data, dict) else None
    if document is None or document.result is None or not document.current:
        return None
    whole = Span(0, len(document.snapshot.document.text))
    every = [
        *_offers(document.result, whole, ls.keras.versions()),
        *_rewrites(document.result, whole),
    ]
    offers = (offer for offer in every if _data(document.snapshot, offer) == data)
    offer = next(offers, None)
    return await _workspace_edit(ls, document, offer) if offer is not None else None


async def _workspace_edit(ls: Server, document: OpenDocument, offer: Offer) -> lsp.WorkspaceEdit | None:
    snapshot = document.snapshot
    edits = offer.fix.edits if offer.fix is not None else await _safe_edits(ls, document)
    return workspace_edit(ls, snapshot, edits) if document.snapshot is snapshot else None


def workspace_edit(ls: Server, snapshot: Snapshot, edits: Sequence[Edit]) -> lsp.WorkspaceEdit:
    """Edits of a snapshot as the client takes them."""
    by_uri = ls.places(snapshot).edits(edits)
    if not ls.client.document_changes:
        return lsp.WorkspaceEdit(changes=by_uri)
    versions = {part.uri: part.version for part in snapshot.parts}
    changes = [
        lsp.TextDocumentEdit(lsp.OptionalVersionedTextDocumentIdentifier(uri, versions[uri]), list(each))
        for uri, each in by_uri.items()
    ]
    return lsp.WorkspaceEdit(document_changes=list(changes))


async def _safe_edits(ls: Server, document: OpenDocument) -> list[Edit]:
    """All safe fixes one after the other, each proven on the text that the others left."""
    assert document.result is not None
    means = make_means(ls, document.uses)
    work = functools.partial(
        fix_all, document.result.analysis, means.keras, project=means.project, selection=means.selection
    )
    fixed = await ls.threads.ask(document.snapshot.uri, "fixes", work)
    return list(_differences(document.snapshot.document, fixed.analysis.document))


def _differences(before: Document, after: Document) -> Iterator[Edit]:
    """The lines that differ, as edits; each is inside one cell of a notebook."""
    whole = [Span(0, len(before.text))], [Span(0, len(after.text))]
    old, new = ([cell.span for cell in each.cells] or all_ for each, all_ in zip((before, after), whole, strict=True))
    for old_span, new_span in zip(old, new, strict=True):
        yield from _line_edits(before.slice(old_span), after.slice(new_span), old_span.start)


def _line_edits(old: str, new: str, start: int) -> Iterator[Edit]:
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    offsets = [start]
    for line in old_lines:
        offsets.append(offsets[-1] + len(line))
    for kind, first, last, new_first, new_last in difflib.SequenceMatcher(None, old_lines, new_lines).get_opcodes():
        if kind != "equal":
            yield Edit(Span(offsets[first], offsets[last]), "".join(new_lines[new_first:new_last]))


def _wanted(kind: str, only: Sequence[lsp.CodeActionKind | str] | None) -> bool:
    """Whether a kind, or one that it is a part of, is asked for."""
    return not only or any(f"{kind}.".startswith(f"{each}." if each else "") for each in map(str, only))
