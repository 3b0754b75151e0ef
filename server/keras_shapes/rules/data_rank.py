"""Data with another number of axes than the model takes."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Features
from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Argument
from keras_shapes.rules.call_data import data_met
from keras_shapes.rules.data_causes import data_clash, data_shape
from keras_shapes.rules.refusal_facts import (
    declared_input,
    input_spec,
    mark_of,
    name_of,
    one_line,
    refused_element,
    refused_expression,
)
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import Side, Trial, made_here
from keras_shapes.rules.wording import axes_of, axes_text, plural, shape_text, size_text
from keras_shapes.source import Span
from keras_shapes.verdict import Built, Refused

_GENERAL = {
    2: ("batch", "features"),
    3: ("batch", "steps", "features"),
    4: ("batch", "height", "width", "channels"),
    5: ("batch", "depth", "height", "width", "channels"),
}
"""What an input of so many axes usually is."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The data are marked; the declared input where it counts the samples or the batch as an axis."""
    if (met := data_met(subject)) is not None and subject.refusal is not None:
        yield _refused_in_call(subject, subject.refusal, met)
        return
    trial = data_clash(subject, "rank")
    if trial is None or trial.refusal is None or trial.x is None or trial.x.shape is None:
        return
    declared = declared_input(subject.model)
    counted = declared.argument if declared is not None and _counts_samples(trial, declared.argument) else None
    mark = one_line(subject.document, counted.span) if counted else trial.x.span
    yield RULE.report(
        mark,
        _message(trial, counted),
        related=tuple(each for each in _related(trial, declared.argument if declared else None) if each.span != mark),
        keras_message=trial.refusal.message,
    )


def _refused_in_call(subject: Subject, refusal: Refused, data: Side) -> Diagnostic:
    element, expression = refused_element(subject, refusal), refused_expression(subject, refusal)
    layer = refusal.layers[refusal.node]
    name, axes = name_of(subject.document, expression, layer), axes_of(layer.class_name)
    rank = input_spec(refusal.input_spec).rank or 0
    wanted = axes if axes is not None and len(axes) == rank else _GENERAL.get(rank)
    needs = plural(rank, "axis") if wanted is None else axes_text(wanted)
    batch = data.name if refusal.input_shape is None else f"{data.name} {shape_text(refusal.input_shape)}"
    gets = data.with_shape if data.shape is not None else batch
    return RULE.report(
        one_line(subject.document, data.span),
        f"{name} needs {needs}, gets {gets}",
        related=(Related(f"{name} raises the error here", mark_of(subject.document, element, expression)),),
        keras_message=refusal.message,
    )


def _message(trial: Trial, counted: Argument | None) -> str:
    assert trial.x is not None
    assert trial.x.shape is not None
    data, needs = shape_text(trial.x.shape), _needs(trial)
    if trial.x.shape == ():
        return f"the model needs {needs}, gets one number"
    features = trial.x.value
    if isinstance(features, Features):
        return f"the features that {features.giver} gives are {data}: the model takes {_taken(trial) or needs}"
    if counted is not None:
        name = counted.name or "shape"
        return f"{name} is the shape of one sample: the model needs {needs}, gets {trial.x.name} {data}"
    if _lacks_batch(trial):
        return f"one sample without its batch axis: {data} for {needs}"
    return f"the model needs {needs}, gets {trial.x.name} {data}"


def _taken(trial: Trial) -> str | None:
    """The input of the model as Keras has it."""
    taken = trial.input_shape if trial.meeting.declared else None
    return shape_text(taken) if isinstance(taken, tuple) else None


def _needs(trial: Trial) -> str:
    taken = trial.input_shape if trial.meeting.declared else None
    if isinstance(taken, tuple):
        return axes_text(("batch", *map(size_text, taken[1:])))
    refusal = trial.subject.refusal
    axes = None
    if refusal is not None:
        expression = refused_expression(trial.subject, refusal)
        axes = axes_of(refusal.layers[refusal.node].class_name) if expression is not None else None
    ranks = trial.refusal.ranks if trial.refusal else ()
    model_takes = _declared_axes(trial)
    if not ranks and model_takes is not None:
        return model_takes
    if axes is not None and len(axes) in ranks and "…" not in axes:
        return axes_text(axes)
    return axes_text(_GENERAL[min(ranks)]) if ranks and min(ranks) in _GENERAL else "more axes"


def _declared_axes(trial: Trial) -> str | None:
    """The input of the model as the verdict on its layers has it."""
    verdict = trial.subject.verdict
    taken = verdict.input_shape if isinstance(verdict, Built) else None
    return axes_text(("batch", *map(size_text, taken[1:]))) if isinstance(taken, tuple) else None


def _lacks_batch(trial: Trial) -> bool:
    """Whether the data are what one sample would be."""
    taken, data = trial.input_shape, data_shape(trial)
    return trial.meeting.declared and isinstance(taken, tuple) and isinstance(data, tuple) and data == taken[1:]


def _counts_samples(trial: Trial, declared: Argument) -> bool:
    """Whether the declared input is the whole shape of the data, or has the batch as its first axis."""
    taken, data = trial.input_shape, data_shape(trial)
    if not trial.meeting.declared or not isinstance(taken, tuple) or not isinstance(data, tuple) or not data:
        return False
    if _lacks_batch(trial):
        return ".shape" in trial.document.slice(declared.value_span)
    size = trial.call.argument("batch_size", 2)
    batch = {data[0], size.value if size else None}
    return len(taken) == len(data) + 1 and taken[2:] == data[1:] and isinstance(taken[1], int) and taken[1] in batch


def _related(trial: Trial, declared: Argument | None) -> Iterator[Related]:
    assert trial.x is not None
    yield trial.x.met("the model")
    if declared is not None:
        yield Related("the model's input is declared here", _line(trial, declared.span))
    yield from made_here(trial.x, document=trial.document)


def _line(trial: Trial, span: Span) -> Span:
    return one_line(trial.document, span)


RULE = Rule("data-rank", check, severity="error", needs="training", since="0.1.0")
