"""Layers by their names: `get_layer("conv2")` leads to the layer, and the layer to all that is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from keras_shapes.analysis import Analysis, ModelAnalysis
from keras_shapes.features.layers import expression_span
from keras_shapes.reader import Seen
from keras_shapes.source import Span

_GET_LAYER = re.compile(r"""\.\s*get_layer\s*\(\s*(?:name\s*=\s*)?(["'])(?P<name>[^"'\\\n]*)\1""")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name of a layer in a string, of the model that stands before `get_layer`; None where that is not known."""

    name: str
    span: Span
    model: Span | None


def definitions(analysis: Analysis, offset: int) -> tuple[Span, ...]:
    """Where the layer is made or applied whose name stands in a string at this offset."""
    mention = next((each for each in _mentions(analysis) if each.span.contains(offset)), None)
    return () if mention is None else tuple(dict.fromkeys(_places(analysis, mention.name, mention.model)))


def references(analysis: Analysis, offset: int) -> tuple[Span, ...]:
    """All places of the layer at an offset, which stands there itself or by its name."""
    found: dict[Span, None] = {}
    for name, model in _names_at(analysis, offset):
        for place in _places(analysis, name, model):
            found[place] = None
        for mention in _mentions(analysis):
            if mention.name == name and mention.model in (None, model):
                found[mention.span] = None
    return tuple(sorted(found))


def _names_at(analysis: Analysis, offset: int) -> list[tuple[str, Span | None]]:
    """The layers at an offset, by name and model: the smallest expression counts."""
    told = [(each.name, each.model) for each in _mentions(analysis) if each.span.contains(offset)]
    if told:
        return told
    near = [
        (span.end - span.start, name, model.model.span)
        for model in analysis.models
        for name, span in _layers(model)
        if span.contains(offset)
    ]
    least = min((length for length, _, _ in near), default=0)
    return list(dict.fromkeys((name, model) for length, name, model in near if length == least))


def _mentions(analysis: Analysis) -> Iterator[_Mention]:
    models = {seen.span.end: _model_of(seen) for seen in analysis.reading.names}
    for found in _GET_LAYER.finditer(analysis.document.python):
        yield _Mention(found["name"], Span(*found.span("name")), models.get(found.start()))


def _model_of(seen: Seen) -> Span | None:
    """The place of the model that a name stands for."""
    span = getattr(getattr(seen.value, "model", None) or seen.value, "span", None)
    return span if isinstance(span, Span) else None


def _places(analysis: Analysis, name: str, model: Span | None) -> Iterator[Span]:
    for each in analysis.models:
        if model in (None, each.model.span):
            yield from (span for known, span in _layers(each) if known == name)


def _layers(model: ModelAnalysis) -> Iterator[tuple[str, Span]]:
    for layer in model.layers:
        if layer.verdict is not None and layer.verdict.name and not layer.is_skipped:
            yield layer.verdict.name, expression_span(layer.element)
