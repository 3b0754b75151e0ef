"""Edits that change nothing but the style: what somebody may want who is not wrong."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.analysis import Analysis, LayerAnalysis
from keras_shapes.diagnostic import Diagnostic, Fix
from keras_shapes.fixes.edits import remove_argument
from keras_shapes.fixes.inputs import tuple_text
from keras_shapes.fixes.layers import input_inserted, written_input
from keras_shapes.fixes.mending_case import Case
from keras_shapes.fixes.text import Text
from keras_shapes.rules import Subject
from keras_shapes.rules.refusal_facts import is_input
from keras_shapes.source import Span


def refactorings(analysis: Analysis, span: Span) -> Iterator[Fix]:
    """`keras.Input(shape=…)` in the place of each `input_shape=…` whose layer touches the span."""
    text = Text(analysis.document)
    for subject in analysis.subjects:
        declared = subject.model.nodes[:1]
        place = getattr(declared[0].expression, "span", None) if declared else None
        if isinstance(place, Span) and place.start <= span.end and span.start <= place.end:
            yield from _input_of(subject, text)


def keeps_models(before: Analysis, after: Analysis) -> bool:
    """Whether two texts give the same models: the same layers with the same outputs and parameters, and all is built.

    A layer that only declares an input is none of the layers, as in `model.layers`.
    """
    return len(after.diagnostics) <= len(before.diagnostics) and _models(before) == _models(after) and _built(after)


def _models(analysis: Analysis) -> list[list[object]]:
    return [[_outcome(layer) for layer in model.layers if not layer.is_input] for model in analysis.models]


def _outcome(layer: LayerAnalysis) -> object:
    verdict = layer.verdict
    return verdict and (layer.class_name, verdict.output_shape, verdict.output_shapes, verdict.params)


def _built(analysis: Analysis) -> bool:
    return all(model.status.kind == "built" for model in analysis.models)


def _input_of(subject: Subject, text: Text) -> Iterator[Fix]:
    case = Case(Diagnostic("", "hint", "", subject.model.span), subject, text)
    declared = written_input(case)
    if declared is None or is_input(subject.model.nodes[0]) or declared[0] is not subject.model.nodes[0].expression:
        return
    call, argument = declared
    written = case.document.slice(argument.value_span)
    shape = tuple_text([written]) if argument.name == "input_dim" else written
    inserted = input_inserted(case, f"shape={shape}")
    if inserted is not None and argument.name in {"input_shape", "input_dim"}:
        edits = (*inserted, remove_argument(text, call, argument))
        yield Fix(f"Replace {argument.name} with keras.Input(shape={shape})", edits)
