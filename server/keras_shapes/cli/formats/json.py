"""What `check` prints for programs: one JSON object, described by docs/check-output.schema.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from keras_shapes.analysis import Analysis, LayerAnalysis, ModelAnalysis
from keras_shapes.cli.batch import Checked
from keras_shapes.cli.formats.report import Report
from keras_shapes.diagnostic import Diagnostic, Fix
from keras_shapes.features.graphs import Edge, ends_of, graph_of, outputs_of
from keras_shapes.features.layers import expression_span
from keras_shapes.features.shapes import size_text
from keras_shapes.source import Document, Span
from keras_shapes.verdict import Built, Shape, UnknownRank

Json = dict[str, Any]

VERSION = 2


def write(report: Report, file: TextIO) -> None:
    """The whole report as a line of JSON; characters beyond ASCII are escaped, so that every pipe takes it."""
    files = [_file(each, found) for each, found in zip(report.checked, report.diagnostics, strict=True)]
    versions = report.versions
    keras = versions.keras if versions else None
    backend = f"{versions.backend} {versions.backend_version}" if versions else None
    print(json.dumps({"version": VERSION, "keras": keras, "backend": backend, "files": files}), file=file)


def _file(file: Checked, diagnostics: Sequence[Diagnostic]) -> Json:
    models = [_model(file.analysis, model) for model in file.analysis.models] if file.analysis else []
    document = file.analysis.document if file.analysis else None
    found = [_diagnostic(document, diagnostic) for diagnostic in diagnostics if document is not None]
    unread = file.analysis.reading.unread if file.analysis else ()
    places = [_location(document, span.start) for span in unread if document is not None]
    problem = file.analysis.reading.problem if file.analysis else None
    why = {"problem": problem} if problem is not None else {}
    return {"filename": str(file.path), "models": models, "unread": places, **why, "diagnostics": found}


def _model(analysis: Analysis, model: ModelAnalysis) -> Json:
    verdict = model.verdict
    graph = graph_of(model)
    inputs, outputs = ends_of(model)
    return {
        "name": model.model.name,
        "kind": model.model.kind,
        "location": _location(analysis.document, model.model.span.start),
        "variant": model.model.variant,
        "status": model.status.kind,
        "reason": model.status.reason,
        "input_shape": _shape(inputs[0]) if len(inputs) == 1 else None,
        "input_shapes": [_shape(shape) for shape in inputs],
        "output_shapes": [_shape(shape) for shape in outputs],
        "params": verdict.params if isinstance(verdict, Built) else None,
        "layers": [
            _layer(analysis.document, model.layers[index], edges)
            for index, edges in zip(graph.rows, graph.edges, strict=True)
        ],
    }


def _layer(document: Document, layer: LayerAnalysis, edges: Sequence[Edge]) -> Json:
    verdict = layer.verdict
    outputs = [] if verdict is None else [_shape(shape) for shape in outputs_of(verdict)]
    return {
        "class_name": layer.class_name,
        "name": (verdict.name if verdict else "") or None,
        "location": _location(document, expression_span(layer.element).start),
        "inputs": [edge.source for edge in edges],
        "output_shape": outputs[0] if len(outputs) == 1 else None,
        "output_shapes": outputs or None,
        "params": verdict.params if verdict else None,
        "status": layer.status.kind,
        "reason": layer.status.reason,
    }


def _diagnostic(document: Document, diagnostic: Diagnostic) -> Json:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "keras_message": diagnostic.keras_message,
        **_range(document, diagnostic.span),
        "related": [{"message": each.message, **_range(document, each.span)} for each in diagnostic.related],
        "url": f"docs/rules/{diagnostic.code}.md",
        "fixes": [_fix(document, fix) for fix in diagnostic.fixes],
    }


def _fix(document: Document, fix: Fix) -> Json:
    return {
        "title": fix.title,
        "proven": fix.proven,
        "preferred": fix.preferred,
        "safe": fix.safe,
        "edits": [{**_range(document, edit.span), "content": edit.content} for edit in fix.edits],
    }


def _range(document: Document, span: Span) -> Json:
    return {"location": _location(document, span.start), "end_location": _location(document, span.end)}


def _location(document: Document, offset: int) -> Json:
    place = document.location(offset)
    return {"row": place.row, "column": place.column, "cell": place.cell}


def _shape(shape: Shape | None) -> list[Any] | None:
    if shape is None or isinstance(shape, UnknownRank):
        return None
    return [size if size is None or isinstance(size, int) else size_text(size) for size in shape]
