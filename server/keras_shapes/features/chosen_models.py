"""Which models of a file are meant: all of them, or those at a line."""

from __future__ import annotations

from collections.abc import Sequence

from keras_shapes.analysis import Analysis, ModelAnalysis


def chosen_models(analysis: Analysis, line: int | None = None) -> Sequence[ModelAnalysis]:
    """The models of a file, or those that have something at a 1-based line, in any cell.

    Tensors that no model takes are meant only where there is nothing else, or by their line.
    """
    if line is None:
        return [model for model in analysis.models if model.model.kind != "open"] or analysis.models
    return [model for model in analysis.models if _touches(analysis, model, line)]


def _touches(analysis: Analysis, model: ModelAnalysis, line: int) -> bool:
    document = analysis.document
    spans = [model.model.span, *(layer.element.span for layer in model.layers)]
    rows = [(document.location(span.start).row, document.location(span.end).row) for span in spans]
    return any(first <= line <= last for first, last in rows)
