"""What `check` prints for programs: one JSON object, described by docs/check-output.schema.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from keras_shapes.analysis import Analysis, LayerAnalysis, ModelAnalysis
from keras_shapes.cli.batch import Checked
from keras_shapes.diagnostic import Diagnostic, Fix
from keras_shapes.features.layers import expression_span
from keras_shapes.features.shapes import size_text
from keras_shapes.keras_process import Versions
from keras_shapes.source import Document, Span
from keras_shapes.verdict import Built, LayerVerdict, Refused, Shape, UnknownRank

Json = dict[str, Any]

VERSION = 1


def report(checked: Sequence[Checked], diagnostics: Sequence[Sequence[Diagnostic]], versions: Versions | None) -> str:
    """The whole report as a line of JSON; characters beyond ASCII are escaped, so that every pipe takes it."""
    files = [_file(file, found) for file, found in zip(checked, diagnostics, strict=True)]
    keras = versions.keras if versions else None
    backend = f"{versions.backend} {versions.tensorflow}" if versions else None
    return json.dumps({"version": VERSION, "keras": keras, "backend": backend, "files": files})


def _file(file: Checked, diagnostics: Sequence[Diagnostic]) -> Json:
    models = [_model(file.analysis, model) for model in file.analysis.models] if file.analysis else []
    document = file.analysis.document if file.analysis else None
    found = [_diagnostic(document, diagnostic) for diagnostic in diagnostics if document is not None]
    return {"filename": str(file.path), "models": models, "diagnostics": found}


def _model(analysis: Analysis, model: ModelAnalysis) -> Json:
    layers = [layer for layer in model.layers if not layer.is_input or layer.status.kind == "refused"]
    return {
        "name": model.model.name,
        "location": _location(analysis.document, model.model.span.start),
        "variant": model.model.variant,
        "status": model.status.kind,
        "reason": model.status.reason,
        "input_shape": _shape(_input_shape(model)),
        "params": model.verdict.params if isinstance(model.verdict, Built) else None,
        "layers": [_layer(analysis.document, layer) for layer in layers],
    }


def _layer(document: Document, layer: LayerAnalysis) -> Json:
    verdict = layer.verdict
    return {
        "class_name": layer.class_name,
        "name": (verdict.name if verdict else "") or None,
        "location": _location(document, expression_span(layer.element).start),
        "output_shape": _output(verdict),
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


def _input_shape(model: ModelAnalysis) -> Shape | None:
    match model.verdict:
        case Built(input_shape=shape) | Refused(model_input_shape=shape):
            return shape
        case _:
            return None


def _output(verdict: LayerVerdict | None) -> list[Any] | None:
    if verdict is None:
        return None
    if len(verdict.output_shapes) > 1:
        return [_shape(shape) for shape in verdict.output_shapes]
    return _shape(verdict.output_shape)


def _shape(shape: Shape | None) -> list[Any] | None:
    if shape is None or isinstance(shape, UnknownRank):
        return None
    return [size if size is None or isinstance(size, int) else size_text(size) for size in shape]
