"""Labels that the loss takes in another form: class numbers, one-hot rows, or encoded twice."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.rules.encoding import last_encoding
from keras_shapes.rules.label_causes import cause_of, clash_of, placed
from keras_shapes.rules.refusal_facts import mark_of
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import Trial, loss_name, loss_span, made_here
from keras_shapes.rules.wording import shape_text
from keras_shapes.source import Span
from keras_shapes.verdict import Shape


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The loss is marked where labels and loss speak of different codes, the second encoding where there are two."""
    trial = clash_of(subject, "class numbers", "one-hot", "encoded twice", "other")
    if trial is None or trial.refusal is None or trial.y is None or trial.y.shape is None:
        return
    mark = _mark(trial)
    related = tuple(each for each in _related(trial) if each.span != mark)
    yield RULE.report(mark, _message(trial), related=related, keras_message=trial.refusal.message)


def _mark(trial: Trial) -> Span:
    assert trial.y is not None
    match cause_of(trial):
        case "class numbers" | "one-hot":
            return loss_span(trial) or trial.y.span
        case "encoded twice":
            return last_encoding(trial.document, trial.y, trial.call.span.start) or trial.y.span
    return trial.y.span


def _message(trial: Trial) -> str:
    assert trial.y is not None
    assert trial.y.shape is not None
    labels, output = f"{trial.y.name} {shape_text(trial.y.shape)}", _text(trial.output_shape)
    match cause_of(trial):
        case "class numbers":
            return f"{loss_name(trial)} needs one-hot labels {output}; {labels} {trial.y.verb('holds')} class numbers"
        case "one-hot":
            return f"{loss_name(trial)} needs class numbers; {labels} {trial.y.verb('is')} one-hot"
        case "encoded twice":
            return f"{trial.y.said('is')} one-hot already: encoding it again gives {shape_text(trial.y.shape)}"
    return f"{loss_name(trial)} cannot compare {labels} with the model's output {output}"


def _text(shape: Shape | None) -> str:
    return "" if shape is None else shape_text(shape)


def _related(trial: Trial) -> Iterator[Related]:
    assert trial.y is not None
    yield trial.y.met("the loss")
    yield from made_here(trial.y, document=trial.document)
    layers = placed(trial.subject)
    if layers and trial.output_shape is not None:
        place = mark_of(trial.document, layers[-1].element)
        yield Related(f"the model gives {shape_text(trial.output_shape)} here", place)


RULE = Rule("labels-rank", check, severity="error", needs="training", since="0.1.0")
