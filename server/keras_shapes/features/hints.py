"""Inlay hints: the output shape behind each layer expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypeAlias

from keras_shapes.analysis import Analysis, LayerAnalysis
from keras_shapes.features.layers import Place, places, reached
from keras_shapes.features.shapes import alternatives_text, merged_text, output_text, parameters_text, says_something
from keras_shapes.source import Document, Span
from keras_shapes.verdict import Shape, Unavailable

Mode: TypeAlias = Literal["all", "changes", "off"]

_TAIL = re.compile(r"[\s),\]]*(?=#|$)")


@dataclass(frozen=True, slots=True)
class Hint:
    """`text` stands at `offset`, behind the expression of `span`. A `stale` one is of the text as it last parsed."""

    offset: int
    text: str
    tooltip: str
    span: Span
    stale: bool = False


def hints(analysis: Analysis, mode: Mode = "all") -> tuple[Hint, ...]:
    """The hints of a document, one a line, in source order. `changes` leaves out layers that keep the shape."""
    if mode == "off":
        return ()
    above = {id(layer) for model in analysis.models for layer in reached(model)}
    questions = {id(layer) for layer in _first_unknown(analysis)}
    by_line: dict[int, Hint] = {}
    for place in places(analysis):
        hint = _hint(analysis.document, _only(place, above), mode, questions)
        line = analysis.document.line(place.span.end)
        # of layers that are applied to each other in one line, the one around the others comes last
        if hint is not None and not (line in by_line and by_line[line].span.encloses(place.span)):
            by_line[line] = hint
    return tuple(sorted(by_line.values(), key=lambda hint: hint.offset))


def _only(place: Place, above: set[int]) -> Place:
    """The place without the layers behind a refusal."""
    groups = [(group, tuple(layer for layer in group.layers if id(layer) in above)) for group in place.groups]
    return Place(place.span, tuple(type(group)(group.model, layers) for group, layers in groups if layers))


def _hint(document: Document, place: Place, mode: Mode, questions: set[int]) -> Hint | None:
    text = _text(place)
    if text is None and any(id(layer) in questions for layer in place.layers):
        text = "?"
    if text is None or (mode == "changes" and all(map(_keeps_shape, place.layers))):
        return None
    stale = any(group.model.model.stale for group in place.groups)
    return Hint(_offset(document, place.span), f"→ {text}", _tooltip(place.layers), place.span, stale)


def _text(place: Place) -> str | None:
    """The shape, or None where nothing but the batch axis is known."""
    if not place.layers or not any(map(says_something, place.shapes)):
        return None
    if any(group.model.model.kind != "sequential" for group in place.groups):
        return alternatives_text([output_text(layer.verdict) for layer in place.layers])
    if len(place.layers) == 1:
        return output_text(place.layers[0].verdict)
    text = merged_text(place.shapes, place.times)
    return None if text.startswith("?") else text


def _first_unknown(analysis: Analysis) -> Iterator[LayerAnalysis]:
    """The first layer of each model of which nothing is known."""
    for model in analysis.models:
        if not isinstance(model.verdict, Unavailable):
            layers = (layer for layer in reached(model) if not layer.is_input)
            yield from islice((layer for layer in layers if not says_something(_output(layer))), 1)


def _output(layer: LayerAnalysis) -> Shape | None:
    return layer.verdict.output_shape if layer.verdict is not None else None


def _keeps_shape(layer: LayerAnalysis) -> bool:
    return layer.verdict is not None and layer.verdict.input_shape == layer.verdict.output_shape


def _tooltip(layers: tuple[LayerAnalysis, ...]) -> str:
    counts = dict.fromkeys(layer.verdict.params if layer.verdict else None for layer in layers)
    known = [count for count in counts if count is not None]
    if not known or len(known) < len(counts):
        return next((layer.status.reason for layer in layers if layer.status.reason), "")
    if len(known) == 1:
        return parameters_text(known[0]) + (" each" if len(layers) > 1 else "")
    return f"{min(known):,}–{max(known):,} parameters"


def _offset(document: Document, span: Span) -> int:
    """Behind the expression; behind the comma and the brackets where only they and a comment follow on the line."""
    end = document.line_span(document.line(span.end)).end
    tail = _TAIL.match(document.text[span.end : end])
    return span.end + len(tail[0].rstrip()) if tail else span.end
