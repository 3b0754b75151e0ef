"""`Dense` works on the last axis only: without `Flatten` or pooling, a map stays a map."""

from __future__ import annotations

import re
from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Severity
from keras_shapes.rules.label_causes import Placed, clash_of, last_activation, map_head, placed, recurrent_with_steps
from keras_shapes.rules.refusal_facts import mark_of, name_of
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import Trial, class_name, made_here, wrapped
from keras_shapes.rules.wording import shape_text, times_text
from keras_shapes.source import Document, Span

_OVER_ALL_AXES = frozenset({"softmax", "sigmoid"})
_ENLARGES = re.compile("UpSampling|Transpose")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """An error where the loss refuses the labels, a warning where it runs and is surely wrong, else a hint."""
    trial = clash_of(subject, "map")
    first = map_head(subject)
    if first is None:
        return
    if trial is not None:
        yield _against_labels(trial, first)
    elif class_name(wrapped(first.element.expression)) == "Dense" and not _has_labels(subject):
        yield from _without_labels(subject, first)


def _has_labels(subject: Subject) -> bool:
    """Whether training calls tell what the model is for."""
    return any(call.method in {"fit", "evaluate", "train_on_batch", "test_on_batch"} for call in subject.model.training)


def _against_labels(trial: Trial, first: Placed) -> Diagnostic:
    assert trial.y is not None
    document = trial.document
    output, labels = shape_text(trial.output_shape or ()), trial.y.with_shape
    mark = _mark(document, first)
    name = name_of(document, wrapped(first.element.expression), first.verdict)
    related = (trial.y.met("the loss"), *made_here(trial.y, document=document))
    why = (
        f"{name} works on the last axis only"
        if class_name(wrapped(first.element.expression)) == "Dense"
        else (f"the model ends with the map of {name}")
    )
    if trial.refusal is not None:
        message = f"{why}: the model gives {output}, {labels} {trial.y.verb('needs')} {_wanted(trial)}"
    else:
        positions = times_text(trial.output_shape[1:-1]) if isinstance(trial.output_shape, tuple) else ""
        message = f"runs, but {why}: each label of {labels} is compared with all {positions} outputs of {output}"
    severity: Severity = "error" if trial.refusal else "warning"
    return RULE.report(
        mark,
        message,
        severity=severity,
        related=related,
        keras_message=trial.refusal.message if trial.refusal else None,
    )


def _without_labels(subject: Subject, first: Placed) -> Iterator[Diagnostic]:
    """A classifier over a map that pooling has made smaller; one per pixel is legal style."""
    layers = placed(subject)
    output = layers[-1].verdict.output_shape
    if not isinstance(output, tuple) or len(output) < 4 or recurrent_with_steps(subject):
        return
    names = [class_name(wrapped(each.element.expression)) for each in layers]
    if not any("Pooling" in name for name in names) or any(_ENLARGES.search(name) for name in names):
        return
    activation = last_activation(subject)
    classifies = activation is not None and activation.value in _OVER_ALL_AXES
    name = name_of(subject.document, wrapped(first.element.expression), first.verdict)
    yield RULE.report(
        _mark(subject.document, first),
        f"{name} works on the last axis only: the model gives {shape_text(output)}, a map of outputs",
        severity="warning" if classifies else "hint",
    )


def _mark(document: Document, first: Placed) -> Span:
    if first.layer is None or first.element.elsewhere:
        return mark_of(document, first.element)
    return first.layer.name_span


def _wanted(trial: Trial) -> str:
    output = trial.output_shape
    last = output[-1:] if isinstance(output, tuple) else ()
    return shape_text((None, *last))


RULE = Rule("map-into-classifier", check, severity="error", needs="training", since="0.1.0")
