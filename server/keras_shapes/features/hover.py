"""What is shown when the mouse rests on a layer, a model or the name of some data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from keras_shapes.analysis import Analysis, LayerAnalysis, ModelAnalysis
from keras_shapes.data import Array, Dataset
from keras_shapes.features.data import data_text
from keras_shapes.features.layers import Place, places
from keras_shapes.features.lenses import line_text
from keras_shapes.features.markdown import block, code, escaped
from keras_shapes.features.refusals import shapes_in_question
from keras_shapes.features.shapes import (
    bytes_text,
    itemsize,
    output_text,
    parameters_text,
    shape_text,
    size_text,
    unknowns,
)
from keras_shapes.features.summary import diagnostics_of, summary
from keras_shapes.features.training import calls_at
from keras_shapes.model import Unknown
from keras_shapes.reader import Seen
from keras_shapes.source import Document, Span
from keras_shapes.verdict import LayerVerdict, Multiple, Refused, Weight

_MOST_CALLS = 3
_LONGEST_CALL = 60


@dataclass(frozen=True, slots=True)
class Hover:
    """Markdown about the expression of `span`."""

    span: Span
    markdown: str


def hover(analysis: Analysis, offset: int) -> Hover | None:
    """What there is to say about the innermost expression at `offset`."""
    found = [each for each in _candidates(analysis, offset) if each.markdown]
    return min(found, key=lambda each: each.span.end - each.span.start, default=None)


def _candidates(analysis: Analysis, offset: int) -> Iterator[Hover]:
    for seen in analysis.reading.names:
        if seen.span.contains(offset):
            yield Hover(seen.span, _name(analysis, seen))
    for span, models in _models(analysis, offset).items():
        yield Hover(span, _tables(analysis, models))
    for place in places(analysis):
        if place.span.contains(offset):
            yield Hover(place.span, _place(analysis, place))
    for span, markdown in calls_at(analysis, offset):
        yield Hover(span, markdown)


def _models(analysis: Analysis, offset: int) -> dict[Span, list[ModelAnalysis]]:
    found: dict[Span, list[ModelAnalysis]] = {}
    for model in analysis.models:
        if model.model.kind != "open" and model.model.name_span.contains(offset):
            found.setdefault(model.model.name_span, []).append(model)
    return found


def _name(analysis: Analysis, seen: Seen) -> str:
    match seen.value:
        case Array() | Dataset() | Unknown():
            return data_text(analysis.document, seen.name, seen.value)
        case _:
            span = getattr(getattr(seen.value, "model", None) or seen.value, "span", None)
            return _tables(analysis, [model for model in analysis.models if model.model.span == span])


def _tables(analysis: Analysis, models: list[ModelAnalysis]) -> str:
    return "\n\n".join(dict.fromkeys(_table(analysis, model) for model in models))


def _table(analysis: Analysis, model: ModelAnalysis) -> str:
    table = summary(analysis, model)
    parts = [block("\n".join(table.lines()))]
    if model.model.input is not None and model.model.input.description:
        parts.append(escaped(model.model.input.description))
    if table.message:
        parts.append(escaped(table.message))
    return "\n\n".join(parts)


def _place(analysis: Analysis, place: Place) -> str:
    several = len({layer.element.sites for layer in place.layers}) > 1
    return "\n\n---\n\n".join(
        dict.fromkeys(
            _layer(analysis, group.model, layer, _calls(analysis.document, layer) if several else "")
            for group in place.groups
            for layer in group.layers
        )
    )


def _calls(document: Document, layer: LayerAnalysis) -> str:
    """The calls that led to an application, from the inside: `block(x, 16)`, line 17."""
    sites = layer.element.sites[::-1]
    calls = [f"{code(_short(document.slice(site)))}, {line_text(document, site.start)}" for site in sites[:_MOST_CALLS]]
    return f"called in {', in '.join(calls)}" if calls else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_CALL else f"{line[: _LONGEST_CALL - 1]}…"


def _layer(analysis: Analysis, model: ModelAnalysis, layer: LayerAnalysis, calls: str = "") -> str:
    verdict = layer.verdict
    name = f" {code(verdict.name)}" if verdict and verdict.name else ""
    parts = [f"**{escaped(layer.class_name or 'layer')}**{name}", calls]
    if layer.status.kind == "refused":
        parts += _refused(analysis, model, layer)
    else:
        if verdict is not None and verdict.output_shape is not None:
            parts += _built(analysis.document, model, verdict)
        if layer.status.kind == "unknown":
            parts.append(f"unknown: {escaped(layer.status.reason or 'Keras could not tell')}")
    return "\n\n".join(part for part in parts if part)


def _built(document: Document, model: ModelAnalysis, verdict: LayerVerdict) -> Iterator[str]:
    yield from _inputs(document, model, verdict)
    given = [] if verdict.input_shape is None else [verdict.input_shape]
    before = ", ".join(code(shape_text(shape)) for shape in verdict.input_shapes or given)
    dtype = f" · {escaped(verdict.dtype)}" if verdict.dtype else ""
    yield f"{before} → {code(output_text(verdict))}{dtype}" if before else f"{code(output_text(verdict))}{dtype}"
    yield _meaning_of_none(verdict)
    yield from _meaning_of_names(document, verdict)
    if verdict.weights:
        yield "\n".join(["| weight | shape | count |", "|---|---|--:|", *map(_weight, verdict.weights)])
    if verdict.params is None:
        return
    size = f" · {bytes_text(verdict.params * itemsize(model.model))}" if verdict.params else ""
    yield f"{parameters_text(verdict.params)}{size}"


def _inputs(document: Document, model: ModelAnalysis, verdict: LayerVerdict) -> Iterator[str]:
    """Of a layer that takes several tensors: each, and where it comes from."""
    if len(verdict.input_shapes) < 2:
        return
    for index, shape in zip(verdict.inputs, verdict.input_shapes, strict=False):
        source = model.layers[index] if index is not None else None
        where = f": {escaped(source.class_name)}, {line_text(document, source.element.span.start)}" if source else ""
        yield f"takes {code(shape_text(shape))}{where}"


def _meaning_of_none(verdict: LayerVerdict) -> str:
    shape = verdict.output_shape
    if not isinstance(shape, tuple) or None not in shape:
        return ""
    return "`None`: the batch, or any size" if None in shape[1:] else "`None`: the batch"


def _meaning_of_names(document: Document, verdict: LayerVerdict) -> Iterator[str]:
    """`units`: why it is not known, and its bounds where the source tells them."""
    for unknown in unknowns([verdict.output_shape, *(weight.shape for weight in verdict.weights)]):
        bounds = f" {unknown.low}…{unknown.high}" if unknown.low is not None and unknown.high is not None else ""
        where = f", {line_text(document, unknown.span.start)}" if unknown.span else ""
        yield f"{code(size_text(unknown))}{bounds}: {escaped(unknown.reason)}{where}"


def _weight(weight: Weight) -> str:
    frozen = "" if weight.trainable else " (not trainable)"
    return f"| {code(weight.name)}{frozen} | {code(shape_text(weight.shape))} | {_count(weight)} |"


def _count(weight: Weight) -> str:
    product, name = 1, ""
    for size in weight.shape if isinstance(weight.shape, tuple) else ():
        match size:
            case int():
                product *= size
            case Multiple(coefficient=coefficient, unknown=unknown) if not name:
                product, name = product * coefficient, size_text(unknown)
            case _:
                return "?"
    text = f"{product:,}·{name}" if product > 1 else name
    return code(text) if name else f"{product:,}"


def _refused(analysis: Analysis, model: ModelAnalysis, layer: LayerAnalysis) -> Iterator[str]:
    told = diagnostics_of(analysis, layer)
    yield from (escaped(diagnostic.message) for diagnostic in told)
    yield from shapes_in_question(model, layer)
    if model.model.caught:
        yield "The `try` around it catches the error\\."
    if model.model.expects_error:
        yield "The program expects this error\\."
    said = next((each.keras_message for each in told if each.keras_message), None) or layer.status.reason
    if said and isinstance(model.verdict, Refused):
        yield f"Keras says:\n\n{block(said)}"
    for fix in [fix for diagnostic in told for fix in diagnostic.fixes if fix.proven][:1]:
        yield f"Proven fix: {escaped(fix.title)}"
