"""From an analysis, which speaks of offsets and values, to results, which speak of rows and texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from keras_shapes.analysis import Analysis, LayerAnalysis, ModelAnalysis
from keras_shapes.api.results import (
    DiagnosticResult,
    EditResult,
    FileResult,
    FixResult,
    LayerResult,
    LineResult,
    ModelResult,
    RelatedResult,
    Shape,
)
from keras_shapes.diagnostic import Diagnostic, Fix
from keras_shapes.features.layers import expression_span
from keras_shapes.features.model_graphs import Edge, ends_of, graph_of, outputs_of
from keras_shapes.features.problems import has_error
from keras_shapes.features.shapes import size_text
from keras_shapes.source import Document, Location, Span
from keras_shapes.verdict import Built, Unavailable, UnknownRank
from keras_shapes.verdict import Shape as KerasShape


def describe(filename: str, analysis: Analysis | None) -> FileResult:
    """What is known of a file; None where there can be no model in it."""
    if analysis is None:
        return FileResult(filename)
    document = analysis.document
    return FileResult(
        filename,
        models=tuple(_model(analysis, model) for model in analysis.models),
        unread=tuple(document.location(span.start) for span in analysis.reading.unread),
        problem=analysis.reading.problem,
        diagnostics=tuple(_diagnostic(document, each) for each in analysis.diagnostics),
        lines=tuple(marked_lines(document, analysis.diagnostics)),
    )


def marked_lines(document: Document, diagnostics: Sequence[Diagnostic]) -> Iterator[LineResult]:
    """The lines where marks begin, and the single lines between two of them."""
    wanted: set[int] = set()
    for diagnostic in diagnostics:
        spans = [diagnostic.span, *(each.span for each in diagnostic.related)]
        marked = {document.line(span.start) for span in spans}
        wanted |= marked | {line + 1 for line in marked if line + 2 in marked}
    for line in sorted(wanted):
        span = document.line_span(line)
        place = document.location(span.start)
        yield LineResult(place.row, place.cell, document.slice(span))


class _Range(NamedTuple):
    location: Location
    end_location: Location


def _model(analysis: Analysis, model: ModelAnalysis) -> ModelResult:
    document, verdict, status = analysis.document, model.verdict, model.status
    graph = graph_of(model)
    inputs, outputs = ends_of(model)
    return ModelResult(
        name=model.model.name,
        kind=model.model.kind,
        location=document.location(model.model.span.start),
        variant=model.model.variant,
        status=status.kind,
        reason=status.reason,
        reason_location=document.location(status.span.start) if status.span else None,
        has_error=has_error(analysis, model),
        answered=not isinstance(verdict, Unavailable),
        input_shape=_shape(inputs[0]) if len(inputs) == 1 else None,
        input_shapes=tuple(map(_shape, inputs)),
        output_shapes=tuple(map(_shape, outputs)),
        params=verdict.params if isinstance(verdict, Built) else None,
        layers=tuple(
            _layer(document, model.layers[index], edges) for index, edges in zip(graph.rows, graph.edges, strict=True)
        ),
    )


def _layer(document: Document, layer: LayerAnalysis, edges: Sequence[Edge]) -> LayerResult:
    verdict = layer.verdict
    outputs = () if verdict is None else tuple(map(_shape, outputs_of(verdict)))
    return LayerResult(
        class_name=layer.class_name,
        name=(verdict.name if verdict else "") or None,
        location=document.location(expression_span(layer.element).start),
        inputs=tuple(edge.source for edge in edges),
        output_shape=outputs[0] if len(outputs) == 1 else None,
        output_shapes=outputs or None,
        params=verdict.params if verdict else None,
        status=layer.status.kind,
        reason=layer.status.reason,
    )


def _diagnostic(document: Document, diagnostic: Diagnostic) -> DiagnosticResult:
    return DiagnosticResult(
        diagnostic.code,
        diagnostic.severity,
        diagnostic.message,
        diagnostic.keras_message,
        *_range(document, diagnostic.span),
        source=document.slice(diagnostic.span),
        related=tuple(
            RelatedResult(each.message, *_range(document, each.span), document.slice(each.span))
            for each in diagnostic.related
        ),
        url=f"docs/rules/{diagnostic.code}.md",
        fixes=tuple(_fix(document, fix) for fix in diagnostic.fixes),
    )


def _fix(document: Document, fix: Fix) -> FixResult:
    edits = tuple(EditResult(*_range(document, edit.span), edit.content) for edit in fix.edits)
    return FixResult(fix.title, fix.proven, fix.preferred, fix.safe, edits)


def _range(document: Document, span: Span) -> _Range:
    return _Range(document.location(span.start), document.location(span.end))


def _shape(shape: KerasShape | None) -> Shape:
    if shape is None or isinstance(shape, UnknownRank):
        return None
    return tuple(size if size is None or isinstance(size, int) else size_text(size) for size in shape)
