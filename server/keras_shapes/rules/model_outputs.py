"""Labels, losses and their weights against a model of several outputs: number, names, order, shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Argument
from keras_shapes.rules.ends import End, Part, fits, outputs_of, parts_of
from keras_shapes.rules.model_inputs import unknown_key
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import Trial, trials
from keras_shapes.rules.wording import plural, shape_text
from keras_shapes.source import Span


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The first call whose labels or losses Keras refuses, where they or the outputs are several."""
    trial = next((trial for trial in trials(subject) if trial.refusal is not None), None)
    outputs = outputs_of(subject)
    if trial is None or trial.refusal is None or trial.refusal.what not in ("y", "loss") or not outputs:
        return
    labels = given_labels(trial)
    several = [
        each for each in (labels, trial.loss) if each is not None and isinstance(each.value, list | tuple | dict)
    ]
    if trial.refusal.argument != "x" or (len(outputs) < 2 and not several):
        return
    found = _loss_told(subject, trial, outputs) or _labels_told(subject, labels, outputs)
    if found is None:
        return
    yield RULE.report(
        one_line(subject.document, found[0]),
        found[1],
        related=tuple(_related(subject)),
        keras_message=trial.refusal.message,
    )


def given_labels(trial: Trial) -> Argument | None:
    """The argument of a training call that holds the labels."""
    return trial.call.argument("y", 1)


def _loss_told(subject: Subject, trial: Trial, outputs: Sequence[End]) -> tuple[Span, str] | None:
    for name, place in (("loss", 1), ("loss_weights", 2), ("metrics", 3)):
        argument = trial.compiled.argument(name, place) if trial.compiled is not None else None
        if argument is None or not isinstance(argument.value, dict | list | tuple):
            continue
        parts = parts_of(subject.document, argument.value_span, argument.value)
        told = _structure(argument, parts, outputs, name)
        if told is not None:
            return told
    return None


def _labels_told(subject: Subject, labels: Argument | None, outputs: Sequence[End]) -> tuple[Span, str] | None:
    if labels is None:
        return None
    parts = parts_of(subject.document, labels.value_span, labels.value)
    told = _structure(labels, parts, outputs, "labels")
    if told is not None:
        return told
    gives = f"the model gives {' and '.join(end.text for end in outputs)}"
    if len(parts) != len(outputs) and not isinstance(labels.value, dict):
        return labels.value_span, f"{gives}: it gets {plural(len(parts), 'array')} of labels"
    if not isinstance(labels.value, dict):
        for part, end in zip(parts, outputs, strict=True):
            if part.shape is not None and not fits(part.shape, end.shape) and _is_of_another(part, outputs):
                return labels.value_span, f"{end.text} gets labels {shape_text(part.shape)}: they are in another order"
    return labels.value_span, f"{gives}: the labels do not fit"


def _structure(argument: Argument, parts: Sequence[Part], outputs: Sequence[End], what: str) -> tuple[Span, str] | None:
    if isinstance(argument.value, dict):
        unknown = unknown_key(parts, outputs)
        if unknown is None or unknown[0].key_span is None:
            return None
        names = " and ".join(end.name for end in outputs)
        plural_form = "outputs are" if len(outputs) > 1 else "output is"
        return unknown[0].key_span, f"the model has no output {unknown[0].key}: its {plural_form} {names}"
    values = argument.value
    if what != "labels" and isinstance(values, list | tuple) and len(values) != len(outputs):
        counted = plural(len(values), {"loss": "loss", "metrics": "metric"}.get(what, "weight"))
        return argument.value_span, f"the model has {plural(len(outputs), 'output')}, {what} has {counted}"
    return None


def _is_of_another(part: Part, outputs: Sequence[End]) -> bool:
    return any(fits(part.shape, end.shape) for end in outputs)


def _related(subject: Subject) -> Iterator[Related]:
    argument = next((end for end in subject.model.ends if end.name == "outputs"), None)
    if argument is not None:
        yield Related("the outputs of the model", one_line(subject.document, argument.value_span))


RULE = Rule("model-outputs", check, severity="error", needs="training", since="0.2.0", models="graphs")
