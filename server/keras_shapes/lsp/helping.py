"""Signature help and completion inside a call of Keras: of the newest text, with what Keras says it takes."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Mapping
from typing import Any

from lsprotocol import types as lsp

from keras_shapes.features.call_at import CallAt, call_at, called
from keras_shapes.features.calls_help import Candidate, Help, candidates, help_of, shapes_at
from keras_shapes.features.markdown import escaped
from keras_shapes.lsp.convert import Places, units
from keras_shapes.lsp.scheduling import asked_document, make_means
from keras_shapes.lsp.server import Server
from keras_shapes.lsp.trying import Tried, tried_sizes
from keras_shapes.lsp.trying_layers import TriedLayer, is_place_of_layer, tried_layers, word_at
from keras_shapes.model import PublicName
from keras_shapes.shifting import shift
from keras_shapes.signature import Signature
from keras_shapes.source import Span

_SECONDS = 2.0
"""Keras has answered after a few milliseconds, or somebody has typed on."""


async def signature_help(ls: Server, params: lsp.SignatureHelpParams) -> lsp.SignatureHelp | None:
    """What the constructor around the caret takes."""
    found = await _call(ls, params.text_document.uri, params.position)
    if found is None:
        return None
    _, call, name, signature = found
    return _signature_help(ls, help_of(call, name, signature, _shapes(ls, params.text_document.uri, call)))


async def completion(ls: Server, params: lsp.CompletionParams) -> lsp.CompletionList | None:
    """Layers, arguments and values that may stand at the caret."""
    layers = await _layers(ls, params.text_document.uri, params.position)
    if layers is not None:
        return lsp.CompletionList(is_incomplete=False, items=layers)
    found = await _call(ls, params.text_document.uri, params.position)
    if found is None:
        return None
    places, call, name, signature = found
    where = places.range(call.word)
    offered = [*await _sizes(ls, params.text_document.uri, call, signature), *candidates(call, signature)]
    items = [_item(name, where, number, each) for number, each in enumerate(offered)]
    return lsp.CompletionList(is_incomplete=False, items=items)


async def resolve_completion(ls: Server, item: lsp.CompletionItem) -> lsp.CompletionItem:
    """A candidate with the line that Keras says about its argument."""
    match item.data:
        case {"path": str() as path, "flavour": str() as flavour, "parameter": str() as parameter}:
            signature = await _signature(ls, PublicName(path, flavour))  # type: ignore[arg-type]
            known = signature.parameter(parameter) if signature is not None else None
            if known is not None and known.documentation:
                item.documentation = lsp.MarkupContent(lsp.MarkupKind.Markdown, escaped(known.documentation))
    return item


async def _call(ls: Server, uri: str, position: lsp.Position) -> tuple[Places, CallAt, PublicName, Signature] | None:
    """The call of Keras around a position in the newest text."""
    document = asked_document(ls, uri)
    if document is None:
        return None
    snapshot = document.snapshot
    places, text = ls.places(snapshot), snapshot.document.python
    offset = places.offset(uri, position)
    call = call_at(text, offset) if offset is not None else None
    models = document.result.analysis.models if document.result is not None else ()
    name = called(call, text, frozenset(each.model.name or "" for each in models)) if call is not None else None
    signature = await _signature(ls, name) if name is not None else None
    return None if call is None or name is None or signature is None else (places, call, name, signature)


def _shapes(ls: Server, uri: str, call: CallAt) -> str:
    """The shapes of the layer that the call makes, as they were before it was touched."""
    document = asked_document(ls, uri)
    if document is None or document.result is None:
        return ""
    change = shift(document.result.snapshot.document.text, document.snapshot.document.text)
    return shapes_at(document.result.analysis, change.back().offset(call.start))


async def _sizes(ls: Server, uri: str, call: CallAt, signature: Signature) -> list[Candidate]:
    """Sizes that Keras takes for the caret's argument, each with what comes out of the layer.

    The start of Keras is not waited for.
    """
    document, active = asked_document(ls, uri), call.active(signature)
    if document is None or active is None or ls.keras.state().phase != "ready":
        return []
    reading = document.result.analysis.reading if document.result is not None else None
    means = make_means(ls, document.uses)
    work = functools.partial(tried_sizes, document.snapshot.document, call, active.name, reading, means)
    return [
        Candidate("size", each.size.value, each.size.value, _reason(each), active.name)
        for each in await ls.threads.wait_for(work)
    ]


async def _layers(ls: Server, uri: str, position: lsp.Position) -> list[lsp.CompletionItem] | None:
    """Layers that take what comes, each with what comes out; None where no layer is about to be written."""
    document = asked_document(ls, uri)
    if document is None or ls.keras.state().phase != "ready":
        return None
    snapshot = document.snapshot
    places, text = ls.places(snapshot), snapshot.document.python
    offset = places.offset(uri, position)
    call = call_at(text, offset) if offset is not None else None
    if call is None or not is_place_of_layer(call):
        return None
    work = functools.partial(tried_layers, snapshot.document, call, make_means(ls, document.uses))
    where = places.range(word_at(text, call))
    return [_layer_item(places, where, number, each) for number, each in enumerate(await ls.threads.wait_for(work))]


def _layer_item(places: Places, where: lsp.Range, number: int, tried: TriedLayer) -> lsp.CompletionItem:
    imports = [lsp.TextEdit(places.range(edit.span), edit.content) for edit in tried.imports]
    return lsp.CompletionItem(
        label=tried.layer.label,
        kind=lsp.CompletionItemKind.Constructor,
        detail=f"→ {tried.output} · {tried.layer.why}" if tried.layer.why else f"→ {tried.output}",
        sort_text=f"zz{number:03}",
        filter_text=tried.written,
        text_edit=lsp.TextEdit(where, tried.written),
        additional_text_edits=imports or None,
    )


def _reason(tried: Tried) -> str:
    return f"→ {tried.output} · {tried.size.why}" if tried.size.why else f"→ {tried.output}"


async def _signature(ls: Server, name: PublicName) -> Signature | None:
    try:
        return await asyncio.wait_for(ls.threads.wait_for(functools.partial(ls.keras.signature, name)), _SECONDS)
    except asyncio.TimeoutError:
        return None


def _signature_help(ls: Server, told: Help) -> lsp.SignatureHelp:
    def label(place: Span) -> str | tuple[int, int]:
        if not ls.client.label_offsets:
            return told.label[place.start : place.end]
        return units(told.label[: place.start], "utf-16"), units(told.label[: place.end], "utf-16")

    parameters = [
        lsp.ParameterInformation(label(place), _markdown(text))
        for place, text in zip(told.parameters, told.texts, strict=True)
    ]
    information = lsp.SignatureInformation(told.label, _markdown(told.documentation), parameters)
    active = len(parameters) if told.active is None else told.active
    return lsp.SignatureHelp([information], active_signature=0, active_parameter=active)


def _markdown(text: str) -> lsp.MarkupContent | None:
    return lsp.MarkupContent(lsp.MarkupKind.Markdown, text) if text else None


def _item(name: PublicName, where: lsp.Range, number: int, candidate: Candidate) -> lsp.CompletionItem:
    data: Mapping[str, Any] = {"path": name.path, "flavour": name.flavour, "parameter": candidate.parameter}
    kind = lsp.CompletionItemKind.Field if candidate.kind == "argument" else lsp.CompletionItemKind.EnumMember
    return lsp.CompletionItem(
        label=candidate.label,
        kind=kind,
        detail=candidate.detail or None,
        sort_text=f"zz{number:03}",
        text_edit=lsp.TextEdit(where, candidate.content),
        data=data,
    )
