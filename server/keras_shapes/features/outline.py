"""The outline of a document: its models, in each its layers and training calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from keras_shapes.analysis import Analysis, LayerAnalysis, ModelAnalysis
from keras_shapes.features.layers import expression_span
from keras_shapes.features.lenses import lenses
from keras_shapes.features.shapes import output_text
from keras_shapes.model import TrainingCall
from keras_shapes.source import Span

Kind: TypeAlias = Literal["model", "layer", "call"]


@dataclass(frozen=True, slots=True)
class Symbol:
    """`mark` is the word that stands for it, inside `span`; the spans of `children` lie inside it, too."""

    kind: Kind
    name: str
    detail: str
    span: Span
    mark: Span
    children: tuple[Symbol, ...] = ()


def outline(analysis: Analysis, part: Span) -> tuple[Symbol, ...]:
    """The symbols of a file, or of the cell that `part` is.

    A model reaches from its first layer to its last training call there. What stands in another cell than its model
    is a symbol of its own.
    """
    titles = {lens.span: lens.text for lens in lenses(analysis)}
    models: dict[Span, ModelAnalysis] = {}
    for each in analysis.models:
        if each.model.kind in ("sequential", "functional"):
            models.setdefault(each.model.span, each)
    found: list[Symbol] = []
    for span, model in models.items():
        children = [child for child in _children(model) if part.encloses(child.span)]
        found += [_model(model, children, titles.get(span, ""))] if part.encloses(span) else children
    return tuple(sorted(_once(found), key=lambda symbol: symbol.span))


def _model(model: ModelAnalysis, children: list[Symbol], title: str) -> Symbol:
    name = model.model.name or ("Sequential" if model.model.kind == "sequential" else "Model")
    spans = [model.model.span, *(child.span for child in children)]
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    inside = tuple(sorted(children, key=lambda child: child.span))
    return Symbol("model", name, title.removeprefix(f"{name} · "), whole, model.model.name_span, inside)


def _children(model: ModelAnalysis) -> Iterator[Symbol]:
    found = [_layer(layer) for layer in model.layers if not layer.is_skipped]
    yield from _once([*found, *map(_call, model.model.training)])


def _layer(layer: LayerAnalysis) -> Symbol:
    span = expression_span(layer.element)
    name = "Input" if layer.is_input else layer.class_name or "layer"
    detail = output_text(layer.verdict) if layer.status.kind != "refused" else "error"
    return Symbol("layer", name, detail, span, span)


def _call(call: TrainingCall) -> Symbol:
    return Symbol("call", call.method, "", call.span, call.name_span)


def _once(symbols: list[Symbol]) -> Iterator[Symbol]:
    """One symbol for each place: a layer that is made in a loop, or applied again, has several shapes there."""
    by_place: dict[Span, list[Symbol]] = {}
    for symbol in symbols:
        by_place.setdefault(symbol.span, []).append(symbol)
    for same in by_place.values():
        details = dict.fromkeys(symbol.detail for symbol in same)
        yield replace(same[0], detail=" | ".join(details))
