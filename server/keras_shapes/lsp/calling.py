"""Call hierarchy of functions that make layers: read from the stored analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePath

from lsprotocol import types as lsp

from keras_shapes.analysis import Analysis
from keras_shapes.features import block_calls
from keras_shapes.features.block_calls import CallOf, Function
from keras_shapes.lsp.convert import Places
from keras_shapes.lsp.scheduling import asked_document
from keras_shapes.lsp.server import Server
from keras_shapes.source import Span


async def prepare_call_hierarchy(
    ls: Server, params: lsp.CallHierarchyPrepareParams
) -> list[lsp.CallHierarchyItem] | None:
    """The function at a place, if its calls make layers; None leaves every other function to others."""
    known = await _known(ls, params.text_document.uri)
    if known is None:
        return None
    analysis, places = known
    offset = places.offset(params.text_document.uri, params.position)
    function = None if offset is None else block_calls.function_at(analysis, offset)
    return None if function is None else [_item(places, analysis, function)]


async def incoming_calls(
    ls: Server, params: lsp.CallHierarchyIncomingCallsParams
) -> list[lsp.CallHierarchyIncomingCall]:
    """The functions that call it, and the code outside of all functions, which has the name of its file."""
    found = await _calls(ls, params.item, block_calls.incoming)
    return [lsp.CallHierarchyIncomingCall(item, ranges) for item, ranges in found]


async def outgoing_calls(
    ls: Server, params: lsp.CallHierarchyOutgoingCallsParams
) -> list[lsp.CallHierarchyOutgoingCall]:
    """The functions that it calls to make layers."""
    found = await _calls(ls, params.item, block_calls.outgoing)
    return [lsp.CallHierarchyOutgoingCall(item, ranges) for item, ranges in found]


async def _calls(
    ls: Server, item: lsp.CallHierarchyItem, calls_of: Callable[[Analysis, Span], Iterable[CallOf]]
) -> list[tuple[lsp.CallHierarchyItem, list[lsp.Range]]]:
    """The functions at the other end of an item's calls, each with the places of these calls."""
    known = await _known(ls, item.uri)
    mark = None if known is None else known[1].span(item.uri, item.selection_range)
    if known is None or mark is None:
        return []
    analysis, places = known
    found = _parts(places, calls_of(analysis, mark))
    return [(_item(places, analysis, part.function), [places.range(each) for each in part.places]) for part in found]


async def _known(ls: Server, uri: str) -> tuple[Analysis, Places] | None:
    """What is known of the newest text: places of an older one would lead astray."""
    document = asked_document(ls, uri)
    result = await document.wait_for_all() if document is not None else None
    return None if result is None else (result.analysis, ls.places(result.snapshot))


def _parts(places: Places, found: Iterable[CallOf]) -> Iterable[CallOf]:
    """The code outside of all functions of a notebook, cell by cell: an item lies in one document."""
    for call in found:
        if call.function.name:
            yield call
            continue
        by_uri: dict[str, list[Span]] = {}
        for place in call.places:
            by_uri.setdefault(places.location(place).uri, []).append(place)
        for each in by_uri.values():
            yield CallOf(Function("", Span(each[0].start, each[-1].end), each[0]), tuple(each))


def _item(places: Places, analysis: Analysis, function: Function) -> lsp.CallHierarchyItem:
    where = places.location(function.span)
    return lsp.CallHierarchyItem(
        name=function.name or PurePath(analysis.document.path).name,
        kind=lsp.SymbolKind.Function if function.name else lsp.SymbolKind.Module,
        uri=where.uri,
        range=where.range,
        selection_range=places.range(function.mark),
        detail=function.detail or None,
    )
