"""Hover, inlay hints and code lenses: read from the stored analysis."""

from __future__ import annotations

import functools

from lsprotocol import types as lsp

from keras_shapes.features import hover as hovers
from keras_shapes.features.hints import Hint
from keras_shapes.features.lenses import Lens
from keras_shapes.lsp.carrying import Shown, aged
from keras_shapes.lsp.convert import Places
from keras_shapes.lsp.documents import Kind, OpenDocument, Result
from keras_shapes.lsp.handlers import ENVIRONMENT, SHOW_PLACE, SUMMARY
from keras_shapes.lsp.scheduling import asked_document
from keras_shapes.lsp.server import Server
from keras_shapes.lsp.snapshots import Snapshot
from keras_shapes.shifting import shift


async def hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    """What there is to say about the expression under the mouse."""
    document = asked_document(ls, params.text_document.uri)
    if document is None or not ls.settings.hover or (result := await document.wait()) is None:
        return None
    snapshot = document.snapshot
    offset = ls.places(snapshot).offset(params.text_document.uri, params.position)
    change = shift(result.snapshot.document.text, snapshot.document.text)
    found = _hover(document, result, change.back().offset(offset)) if offset is not None else None
    if found is None:
        return None
    kind = lsp.MarkupKind.Markdown if ls.client.markdown else lsp.MarkupKind.PlainText
    return lsp.Hover(lsp.MarkupContent(kind, found.markdown), ls.places(snapshot).range(change.span(found.span)))


def _hover(document: OpenDocument, result: Result, offset: int) -> hovers.Hover | None:
    return hovers.hover(result.analysis, offset, document.compared)


async def inlay_hints(ls: Server, params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
    """Output shapes behind the layers of a range."""
    document = asked_document(ls, params.text_document.uri)
    if document is None:
        return []
    result = await document.wait_for_hints(functools.partial(_is_first_answer, ls, document))
    snapshot, shown = _shown(document, "hints", result)
    if snapshot is None:
        return []
    places = ls.places(snapshot)
    asked = places.span(params.text_document.uri, params.range)
    return [_inlay_hint(places, hint) for hint in shown.hints if asked is not None and asked.contains(hint.offset)]


def _is_first_answer(ls: Server, document: OpenDocument) -> bool:
    """Whether Keras has said nothing, or the client was told nothing: an empty answer might stay on the screen."""
    return ls.keras.state().phase in {"cold", "starting"} or "hints" not in document.told


async def code_lenses(ls: Server, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
    """A line above each model of a file or cell."""
    document = asked_document(ls, params.text_document.uri)
    snapshot, shown = _shown(document, "lenses", await document.wait("lenses") if document is not None else None)
    part = snapshot.part_of(params.text_document.uri) if snapshot is not None else None
    if snapshot is None or part is None or not ls.settings.code_lens:
        return []
    places = ls.places(snapshot)
    return [_code_lens(places, lens) for lens in shown.lenses if snapshot.part_at(lens.span.start) == part]


def _shown(document: OpenDocument | None, kind: Kind, result: Result | None) -> tuple[Snapshot | None, Shown]:
    """Hints or lenses in the newest text; those of an older one have moved with it."""
    if document is None or result is None:
        return None, Shown()
    change = shift(result.snapshot.document.text, document.snapshot.document.text)
    now = aged(result.shown, result.analysis, change, document.snapshot.document)
    document.told[kind] = document.snapshot, Shown(hints=now.hints) if kind == "hints" else Shown(lenses=now.lenses)
    return document.snapshot, now


def _inlay_hint(places: Places, hint: Hint) -> lsp.InlayHint:
    return lsp.InlayHint(
        position=places.position(hint.offset),
        label=hint.text,
        kind=lsp.InlayHintKind.Type,
        tooltip=hint.tooltip or None,
        padding_left=True,
        data={"stale": True} if hint.stale else None,
    )


def _code_lens(places: Places, lens: Lens) -> lsp.CodeLens:
    location = places.location(lens.span)
    if lens.choose_interpreter:
        return lsp.CodeLens(location.range, lsp.Command(title=lens.title, command=ENVIRONMENT, arguments=[]))
    if lens.target is not None:
        target = places.location(lens.target)
        command = lsp.Command(title=lens.title, command=SHOW_PLACE, arguments=[target.uri, target.range])
        return lsp.CodeLens(location.range, command)
    arguments = [location.uri, location.range.start]
    return lsp.CodeLens(location.range, lsp.Command(title=lens.title, command=SUMMARY, arguments=arguments))
