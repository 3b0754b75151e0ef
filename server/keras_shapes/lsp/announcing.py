"""After an edit the lenses say for a while how many parameters it has brought, in the line that is there anyway."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from keras_shapes.features.changes import Changes, more_text
from keras_shapes.lsp.documents import OpenDocument
from keras_shapes.lsp.refreshing import refresh
from keras_shapes.lsp.server import Server
from keras_shapes.source import Span

SECONDS = 3.0


def announce(ls: Server, document: OpenDocument) -> None:
    """Say what the edit has brought, unless it was said already."""
    result = document.result
    if result is None or document.earlier is None or not ls.settings.code_lens:
        return
    sums = Changes(document.earlier, result.analysis).sums()
    if sums == document.announced:
        return
    document.announced = sums
    models = result.analysis.models
    ls.begin(_say(ls, document, {models[index].model.span: more_text(count) for index, count in sums.items()}))


async def _say(ls: Server, document: OpenDocument, changes: Mapping[Span, str]) -> None:
    said = document.snapshot
    _put(ls, document, changes)
    await asyncio.sleep(SECONDS)
    if document.snapshot is said and not document.closed:
        _put(ls, document, {})


def _put(ls: Server, document: OpenDocument, changes: Mapping[Span, str]) -> None:
    if document.result is None:
        return
    shown = document.result.shown
    lenses = tuple(replace(lens, change=changes.get(lens.span, "")) for lens in shown.lenses)
    if lenses != shown.lenses:
        document.settle(replace(document.result, shown=replace(shown, lenses=lenses)))
        refresh(ls, document)
