"""What a model meets at its end, if the program trains it: the loss, the labels, and whether Keras takes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from keras_shapes.analysis import ModelAnalysis
from keras_shapes.data import Array
from keras_shapes.features.shapes import shape_text
from keras_shapes.model import Argument, Call, Expression, PublicName, TrainingCall, UserCode
from keras_shapes.source import Document, Span
from keras_shapes.verdict import DataAccepted, DataRefused, TrainingUnknown, TrainingVerdict

LONGEST_NAME = 24

_METHODS = frozenset({"fit", "fit_generator", "train_on_batch", "evaluate", "test_on_batch"})


@dataclass(frozen=True, slots=True)
class Fitting:
    """`labels` is the source text of the labels, or of what holds data and labels together; `shape` is theirs.

    `fits` is None where Keras was not asked about them. `span` is the call, or `compile` where there is no other.
    """

    loss: str | None
    labels: str | None
    shape: str | None
    fits: bool | None
    span: Span


def fitting_of(document: Document, model: ModelAnalysis) -> Fitting | None:
    """The end of a model: of its calls the first that Keras refuses, else the first that it has judged."""
    found = list(_fittings(document, model))
    order = (False, True, None)
    return min(found, key=lambda each: order.index(each.fits), default=None) or _compiled(model)


def _fittings(document: Document, model: ModelAnalysis) -> Iterator[Fitting]:
    compiled = None
    verdicts = [*model.training, *[None] * len(model.model.training)]
    for call, verdict in zip(model.model.training, verdicts, strict=False):
        compiled = call if call.method == "compile" else compiled
        if call.method in _METHODS:
            yield _fitting(document, call, verdict, _loss(compiled))


def _fitting(document: Document, call: TrainingCall, verdict: TrainingVerdict | None, compiled: str | None) -> Fitting:
    argument = call.argument("y", 1) or call.argument("x", 0) or call.argument("generator")
    told = verdict.meeting.loss if isinstance(verdict, DataAccepted | DataRefused) else None
    return Fitting(told or compiled, _name(document, argument), _shape(argument), _fits(verdict), call.name_span)


def _fits(verdict: TrainingVerdict | None) -> bool | None:
    match verdict:
        case DataRefused():
            return False
        case DataAccepted(reason=None, meeting=meeting) if meeting.loss is not None:
            return True
        case DataAccepted() | TrainingUnknown() | None:
            return None


def _compiled(model: ModelAnalysis) -> Fitting | None:
    call = next((call for call in reversed(model.model.training) if call.method == "compile"), None)
    return None if call is None else Fitting(_loss(call), None, None, None, call.name_span)


def _loss(call: TrainingCall | None) -> str | None:
    argument = None if call is None else call.argument("loss", 1)
    return None if argument is None else _loss_text(argument.value)


def _loss_text(value: Expression) -> str | None:
    match value:
        case str():
            return value
        case PublicName() | Call(target=PublicName()):
            return value.last if isinstance(value, PublicName) else value.target.last
        case UserCode(name=name):
            return name
        case _:
            return None


def _name(document: Document, argument: Argument | None) -> str | None:
    text = "" if argument is None else document.slice(argument.value_span)
    return text if 0 < len(text) <= LONGEST_NAME and "\n" not in text else None


def _shape(argument: Argument | None) -> str | None:
    """The shape of the labels with all samples; of a dataset there is none."""
    value = None if argument is None else argument.value
    return shape_text(value.shape) if isinstance(value, Array) and value.shape is not None else None
