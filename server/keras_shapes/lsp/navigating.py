"""Outline, definition and references: read from the stored analysis."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from pathlib import Path

from lsprotocol import types as lsp

from keras_shapes.analysis import Analysis, look
from keras_shapes.features import layer_names, origins
from keras_shapes.features.outline import Symbol, outline
from keras_shapes.lsp.analysing import Means
from keras_shapes.lsp.convert import Places
from keras_shapes.lsp.scheduling import asked_document, make_means
from keras_shapes.lsp.server import Server
from keras_shapes.lsp.snapshots import Part, Snapshot
from keras_shapes.shifting import shift
from keras_shapes.source import Document, Span

_KINDS = {"model": lsp.SymbolKind.Class, "layer": lsp.SymbolKind.Field, "call": lsp.SymbolKind.Method}


async def document_symbols(
    ls: Server, params: lsp.DocumentSymbolParams
) -> list[lsp.DocumentSymbol] | list[lsp.SymbolInformation]:
    """The models of a file or cell with their layers and training calls."""
    document = asked_document(ls, params.text_document.uri)
    result = await document.wait_for_all() if document is not None else None
    part = result.snapshot.part_of(params.text_document.uri) if result is not None else None
    if result is None or part is None:
        return []
    places = ls.places(result.snapshot)
    symbols = outline(result.analysis, part.span)
    if ls.client.symbols_in_symbols:
        return [_symbol(places, symbol) for symbol in symbols]
    return list(_flat(places, symbols, None))


async def definition(ls: Server, params: lsp.DefinitionParams) -> list[lsp.Location]:
    """Where the layer stands that a string names, or the model that another module made."""
    uri, position = params.text_document.uri, params.position
    return await _places(ls, uri, position, layer_names.definitions) or await _elsewhere(ls, uri, position)


async def references(ls: Server, params: lsp.ReferenceParams) -> list[lsp.Location]:
    """Where a layer is made and applied, and the strings that name it."""
    return await _places(ls, params.text_document.uri, params.position, layer_names.references)


async def _places(
    ls: Server, uri: str, position: lsp.Position, find: Callable[[Analysis, int], Iterable[Span]]
) -> list[lsp.Location]:
    document = asked_document(ls, uri)
    result = await document.wait() if document is not None else None
    if document is None or result is None:
        return []
    snapshot = document.snapshot
    places = ls.places(snapshot)
    offset = places.offset(uri, position)
    if offset is None:
        return []
    change = shift(result.snapshot.document.text, snapshot.document.text)
    found = find(result.analysis, change.back().offset(offset))
    return [places.location(change.span(span)) for span in found]


async def _elsewhere(ls: Server, uri: str, position: lsp.Position) -> list[lsp.Location]:
    """The models of another module that the name at a position stands for."""
    document = asked_document(ls, uri)
    if document is None or document.result is None or not document.current:
        return []
    snapshot, reading = document.snapshot, document.result.analysis.reading
    offset = ls.places(snapshot).offset(uri, position)
    if offset is None or not origins.is_model(reading, offset):
        return []
    found = await ls.threads.wait_for(
        functools.partial(_made_elsewhere, snapshot.document, offset, make_means(ls, document.uses))
    )
    if found is None:
        return []
    other, spans = found
    there = Path(other.path).as_uri()
    where = Snapshot(there, 0, other, (Part(there, None, Span(0, len(other.text))),))
    return [ls.places(where).location(span) for span in spans]


def _made_elsewhere(document: Document, offset: int, means: Means) -> tuple[Document, list[Span]] | None:
    origin = origins.origin_at(document, offset)
    other = means.project.module(document, origin.module, origin.level, origin.offset) if origin is not None else None
    if origin is None or other is None:
        return None
    return other, list(origins.models_of(other, look(other, means.project, means.bounds), origin.name))


def _symbol(places: Places, symbol: Symbol) -> lsp.DocumentSymbol:
    return lsp.DocumentSymbol(
        name=symbol.name,
        detail=symbol.detail or None,
        kind=_KINDS[symbol.kind],
        range=places.range(symbol.span),
        selection_range=places.range(symbol.mark),
        children=[_symbol(places, child) for child in symbol.children],
    )


def _flat(places: Places, symbols: Iterable[Symbol], container: str | None) -> Iterable[lsp.SymbolInformation]:
    """The same for a client that knows no symbols in symbols."""
    for symbol in symbols:
        where = places.location(symbol.span)
        yield lsp.SymbolInformation(where, symbol.name, _KINDS[symbol.kind], container_name=container)
        yield from _flat(places, symbol.children, symbol.name)
