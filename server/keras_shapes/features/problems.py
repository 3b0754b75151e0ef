"""What is reported about one model: at its layers, at its data, or where something beside these has to do with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from keras_shapes.analysis import Analysis, ModelAnalysis
from keras_shapes.diagnostic import Diagnostic, Severity
from keras_shapes.features.layers import expression_span
from keras_shapes.model import TrainingCall
from keras_shapes.source import Document, Span
from keras_shapes.verdict import DataRefused

LONGEST = 32


def problems_of(analysis: Analysis, model: ModelAnalysis, severity: Severity = "error") -> tuple[Diagnostic, ...]:
    """The diagnostics of this severity that concern a model, in source order.

    One that stands at no model, as at the loading of data, concerns those that its related places are in.
    """
    places = list(spans_of(model))

    def concerns(diagnostic: Diagnostic) -> bool:
        if diagnostic.severity != severity:
            return False
        if _is_in(diagnostic.span, places):
            return True
        related = any(_is_in(each.span, places) for each in diagnostic.related)
        return related and not any(_is_in(diagnostic.span, spans_of(other)) for other in analysis.models)

    return tuple(filter(concerns, analysis.diagnostics))


def refused_call(model: ModelAnalysis) -> TrainingCall | None:
    """The first training call that Keras refuses, and that the program is not prepared for."""
    for call, verdict in zip(model.model.training, model.training, strict=False):
        if isinstance(verdict, DataRefused) and not (call.expects_error or call.caught):
            return call
    return None


def has_error(analysis: Analysis, model: ModelAnalysis) -> bool:
    """Whether a program ends with an error at this model: while it is made, or when it meets its data."""
    return model.status.kind == "refused" or bool(problems_of(analysis, model))


def what_is_marked(document: Document, model: ModelAnalysis, mark: Span) -> str:
    """What people call a marked place: the class of the layer, else the marked text, else the method that is called."""
    layers = [layer for layer in model.layers if expression_span(layer.element).encloses(mark)]
    layer = min(layers, key=lambda each: _length(expression_span(each.element)), default=None)
    if layer is not None and layer.class_name:
        return "Input" if layer.is_input else layer.class_name
    text = document.slice(mark).strip("\"'")
    if text and len(text) <= LONGEST and "\n" not in text:
        return text
    return next((call.method for call in model.model.training if call.span.encloses(mark)), "")


def spans_of(analysis: ModelAnalysis) -> Iterator[Span]:
    """The places of a model in the text: its own, those of its layers, and of its training calls."""
    model = analysis.model
    yield model.span
    for element in model.nodes:
        yield element.span
        if isinstance(span := getattr(element.expression, "span", None), Span):
            yield span
    for call in model.training:
        yield call.span


def _is_in(mark: Span, places: Iterable[Span]) -> bool:
    return any(place.encloses(mark) for place in places)


def _length(span: Span) -> int:
    return span.end - span.start
