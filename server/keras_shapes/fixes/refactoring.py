"""Edits that change nothing but the style: what somebody may want who is not wrong.

They are offered where a proof says that Keras makes the same of both texts.
"""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.analysis import Analysis, LayerAnalysis
from keras_shapes.diagnostic import Fix
from keras_shapes.fixes.forms import forms
from keras_shapes.fixes.input_layer import input_in_place
from keras_shapes.fixes.text import Text
from keras_shapes.model import Unknown
from keras_shapes.source import Span
from keras_shapes.verdict import Built, Multiple, Shape


def refactorings(analysis: Analysis, span: Span) -> Iterator[Fix]:
    """`keras.Input(shape=…)` in the place of `input_shape=…`, other forms of a chain, and blocks that repeat.

    Those of the models that touch the span, where Keras builds them as they are.
    """
    text = Text(analysis.document)
    for subject in analysis.subjects:
        declared = subject.model.nodes[:1]
        place = getattr(declared[0].expression, "span", None) if declared else None
        touches = isinstance(place, Span) and place.start <= span.end and span.start <= place.end
        fix = input_in_place(subject, text) if touches and isinstance(subject.verdict, Built) else None
        if fix is not None:
            yield fix
    yield from forms(analysis, span, text)


def keeps_models(before: Analysis, after: Analysis) -> bool:
    """Whether two texts give the same models: the same layers with the same outputs and parameters, as built as before.

    A layer that only declares an input is none of the layers, as in `model.layers`.
    """
    return len(after.diagnostics) <= len(before.diagnostics) and _models(before) == _models(after)


def _models(analysis: Analysis) -> list[object]:
    return [
        (
            model.status.kind,
            [_outcome(layer) for layer in model.layers if not layer.is_input],
            [type(each) for each in model.training],
        )
        for model in analysis.models
    ]


def _outcome(layer: LayerAnalysis) -> object:
    verdict = layer.verdict
    if verdict is None:
        return None
    shapes = [_comparable(shape) for shape in (verdict.output_shape, *verdict.output_shapes)]
    return verdict.class_name, shapes, verdict.params


def _comparable(shape: Shape | None) -> object:
    """A shape with the words for its unknown sizes, which are others in each text that is read."""
    return tuple(map(_size, shape)) if isinstance(shape, tuple) else shape


def _size(size: object) -> object:
    if not isinstance(size, Multiple) or not isinstance(size.unknown, Unknown):
        return size
    return size.coefficient, size.unknown.name or size.unknown.reason
