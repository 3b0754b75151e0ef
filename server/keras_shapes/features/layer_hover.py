"""What is shown of one layer, in Markdown: its shapes in the first line, or what is wrong; its weights last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.analysis import Analysis, LayerAnalysis, ModelAnalysis
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.features.lenses import line_text
from keras_shapes.features.markdown import block, code, escaped
from keras_shapes.features.model_graphs import graph_of
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
from keras_shapes.features.summary import diagnostics_of
from keras_shapes.source import Document
from keras_shapes.verdict import LayerVerdict, Refused, Weight

MOST_WEIGHTS = 4


def layer_text(
    analysis: Analysis, model: ModelAnalysis, layer: LayerAnalysis, calls: str = "", costs: str = "", change: str = ""
) -> str:
    """Markdown about a layer of a model.

    `calls` says which calls led to it, `costs` what it costs, and `change` what it was before.
    """
    verdict = layer.verdict
    parts: list[str] = []
    if layer.status.kind == "refused":
        parts += _refused(analysis, model, layer, calls)
    elif verdict is not None and verdict.output_shape is not None:
        parts += [*_built(analysis.document, model, layer, verdict, calls), costs, escaped(change)]
    else:
        parts += [_title(layer), calls]
    if layer.status.kind == "unknown":
        parts.insert(1, f"unknown: {escaped(layer.status.reason or 'Keras could not tell')}")
    return "\n\n".join(part for part in parts if part)


def input_text(analysis: Analysis, model: ModelAnalysis, layer: LayerAnalysis) -> str:
    """Markdown about a declared input: what it gives, and to whom."""
    told = diagnostics_of(analysis, layer)
    verdict = layer.verdict
    shape = f" · {code(output_text(verdict))}" if verdict and verdict.output_shape is not None else ""
    dtype = f" · {escaped(verdict.dtype)}" if verdict and verdict.dtype else ""
    name = f" {code(verdict.name)}" if verdict and verdict.name else ""
    parts = [
        *problem_lines(told),
        f"**Input**{name}{shape}{dtype}",
        _meaning_of_none(verdict),
        _takers(analysis, model, layer),
    ]
    return "\n\n".join(part for part in parts if part)


def problem_lines(told: Sequence[Diagnostic], title: str = "", where: str = "") -> Iterator[str]:
    """What is wrong, and what proves to help.

    `title` goes before the first message, `where` says its line. Of several causes the first fix is told.
    """
    for number, diagnostic in enumerate(told):
        before, after = ("", "") if number else (title, f", {where}" if where else "")
        yield f"{before}{diagnostic.severity}{after}: {escaped(diagnostic.message)}"
    for fix in [fix for diagnostic in told for fix in diagnostic.fixes if fix.proven][:1]:
        yield f"Proven fix: {escaped(fix.title)}"


def _title(layer: LayerAnalysis) -> str:
    name = f" {code(layer.verdict.name)}" if layer.verdict and layer.verdict.name else ""
    return f"**{escaped(layer.class_name or 'layer')}**{name}"


def _built(
    document: Document, model: ModelAnalysis, layer: LayerAnalysis, verdict: LayerVerdict, calls: str
) -> Iterator[str]:
    given = [] if verdict.input_shape is None else [verdict.input_shape]
    before = ", ".join(code(shape_text(shape)) for shape in verdict.input_shapes or given)
    dtype = f" · {escaped(verdict.dtype)}" if verdict.dtype else ""
    after = f"{before} → {code(output_text(verdict))}" if before else code(output_text(verdict))
    yield f"{_title(layer)} · {after}{dtype}"
    yield calls
    yield from _inputs(document, model, verdict)
    yield _meaning_of_none(verdict)
    yield from _meaning_of_names(document, verdict)
    if verdict.params is not None:
        size = f" · {bytes_text(verdict.params * itemsize(model.model))}" if verdict.params else ""
        yield f"{parameters_text(verdict.params)}{size}"
    if verdict.weights:
        more = len(verdict.weights) - MOST_WEIGHTS
        told = [*map(_weight, verdict.weights[:MOST_WEIGHTS]), *([f"and {more} more"] if more > 0 else [])]
        yield f"weights: {', '.join(told)}"


def _inputs(document: Document, model: ModelAnalysis, verdict: LayerVerdict) -> Iterator[str]:
    """Of a layer that takes several tensors: each, and where it comes from."""
    if len(verdict.input_shapes) < 2:
        return
    for index, shape in zip(verdict.inputs, verdict.input_shapes, strict=False):
        source = model.layers[index] if index is not None else None
        where = f": {escaped(source.class_name)}, {line_text(document, source.element.span.start)}" if source else ""
        yield f"takes {code(shape_text(shape))}{where}"


def _takers(analysis: Analysis, model: ModelAnalysis, layer: LayerAnalysis) -> str:
    """`goes into Conv2D, line 5`: the layers that an input goes into."""
    graph = graph_of(model)
    names = {each.name for each in graph.inputs if each.span == layer.element.span}
    taken = [
        model.layers[row]
        for row, edges in zip(graph.rows, graph.edges, strict=True)
        if any(edge.source in names for edge in edges)
    ]
    places = [f"{escaped(each.class_name)}, {line_text(analysis.document, each.element.span.start)}" for each in taken]
    return f"goes into {'; '.join(places)}" if places else ""


def _meaning_of_none(verdict: LayerVerdict | None) -> str:
    shape = verdict.output_shape if verdict else None
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
    return f"{escaped(weight.name)} {code(shape_text(weight.shape))}{frozen}"


def _refused(analysis: Analysis, model: ModelAnalysis, layer: LayerAnalysis, calls: str) -> Iterator[str]:
    told = diagnostics_of(analysis, layer)
    title = _title(layer)
    yield from problem_lines(told, f"{title} · ") if told else (f"{title} · error",)
    yield calls
    yield from shapes_in_question(model, layer)
    if model.model.caught:
        yield "The `try` around it catches the error\\."
    if model.model.expects_error:
        yield "The program expects this error\\."
    said = next((each.keras_message for each in told if each.keras_message), None) or layer.status.reason
    if said and isinstance(model.verdict, Refused):
        yield f"Keras says:\n\n{block(said)}"
