"""What is shown when the mouse rests on a layer, a model, a training call or the name of some data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from keras_shapes.analysis import Analysis, LayerAnalysis, ModelAnalysis
from keras_shapes.data import Array, Dataset
from keras_shapes.features.changes import Changes, Earlier
from keras_shapes.features.costs.cost_lines import layer_lines
from keras_shapes.features.data_words import data_text
from keras_shapes.features.layer_hover import input_text, layer_text
from keras_shapes.features.layers import Group, Place, expression_span, places
from keras_shapes.features.lenses import line_text
from keras_shapes.features.markdown import code
from keras_shapes.features.model_hover import tables
from keras_shapes.features.training_words import calls_at
from keras_shapes.model import Unknown
from keras_shapes.reader import Seen
from keras_shapes.source import Document, Span

_MOST_CALLS = 3
_LONGEST_CALL = 60
_SUMMARY = re.compile(r"\s*\.\s*summary\b")


@dataclass(frozen=True, slots=True)
class Hover:
    """Markdown about the expression of `span`. Its first line alone says the most, for editors that show one line."""

    span: Span
    markdown: str


def hover(analysis: Analysis, offset: int, earlier: Earlier | None = None) -> Hover | None:
    """What there is to say about the innermost expression at `offset`, and what changed since an `earlier` text."""
    found = [each for each in _candidates(analysis, offset, earlier) if each.markdown]
    return min(found, key=lambda each: each.span.end - each.span.start, default=None)


def _candidates(analysis: Analysis, offset: int, earlier: Earlier | None) -> Iterator[Hover]:
    for seen in analysis.reading.names:
        if seen.span.contains(offset):
            yield Hover(seen.span, _name(analysis, seen))
        elif (span := _summary_after(analysis.document, seen)) is not None and span.contains(offset):
            yield Hover(span, _model_of(analysis, seen))
    for span, models in _models(analysis, offset).items():
        yield Hover(span, tables(analysis, models, earlier))
    for span, inputs in _inputs(analysis, offset).items():
        yield Hover(span, "\n\n---\n\n".join(dict.fromkeys(input_text(analysis, *each) for each in inputs)))
    for place in places(analysis):
        if place.span.contains(offset):
            yield Hover(place.span, _place(analysis, place, earlier))
    for span, markdown in calls_at(analysis, offset):
        yield Hover(span, markdown)


def _models(analysis: Analysis, offset: int) -> dict[Span, list[ModelAnalysis]]:
    found: dict[Span, list[ModelAnalysis]] = {}
    for model in analysis.models:
        if model.model.kind != "open" and model.model.name_span.contains(offset):
            found.setdefault(model.model.name_span, []).append(model)
    return found


def _inputs(analysis: Analysis, offset: int) -> dict[Span, list[tuple[ModelAnalysis, LayerAnalysis]]]:
    """Declared inputs, which are no layers and have no hint."""
    found: dict[Span, list[tuple[ModelAnalysis, LayerAnalysis]]] = {}
    for model in analysis.models:
        for layer in model.layers:
            span = expression_span(layer.element)
            if layer.is_input and not layer.is_skipped and span.contains(offset):
                found.setdefault(span, []).append((model, layer))
    return found


def _name(analysis: Analysis, seen: Seen) -> str:
    match seen.value:
        case Array() | Dataset() | Unknown():
            return data_text(analysis.document, seen.name, seen.value)
        case _:
            return _model_of(analysis, seen)


def _model_of(analysis: Analysis, seen: Seen) -> str:
    span = getattr(getattr(seen.value, "model", None) or seen.value, "span", None)
    return tables(analysis, [model for model in analysis.models if model.model.span == span])


def _summary_after(document: Document, seen: Seen) -> Span | None:
    """`summary` behind the name of a model."""
    found = _SUMMARY.match(document.text, seen.span.end)
    return Span(found.end() - len("summary"), found.end()) if found else None


def _place(analysis: Analysis, place: Place, earlier: Earlier | None) -> str:
    several = len({layer.element.sites for layer in place.layers}) > 1
    return "\n\n---\n\n".join(
        dict.fromkeys(
            layer_text(analysis, group.model, layer, _calls(analysis.document, layer) if several else "", costs, change)
            for group in place.groups
            for layer, costs, change in zip(
                group.layers,
                layer_lines(group.model, group.layers),
                _changes(analysis, group, earlier),
                strict=True,
            )
        )
    )


def _changes(analysis: Analysis, group: Group, earlier: Earlier | None) -> list[str]:
    """What changed in the layers of one model, in words."""
    change = Changes(earlier, analysis).of(group.model)
    if change is None or change.new:
        return [""] * len(group.layers)
    told = {id(group.model.layers[index]): each.text for index, each in change.layers.items()}
    since = f" since {change.since}" if change.since else ""
    return [f"changed{since}: {told[id(layer)]}" if id(layer) in told else "" for layer in group.layers]


def _calls(document: Document, layer: LayerAnalysis) -> str:
    """The calls that led to an application, from the inside: `block(x, 16)`, line 17."""
    sites = layer.element.sites[::-1]
    calls = [f"{code(_short(document.slice(site)))}, {line_text(document, site.start)}" for site in sites[:_MOST_CALLS]]
    return f"called in {', in '.join(calls)}" if calls else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_CALL else f"{line[: _LONGEST_CALL - 1]}…"
