"""Sigmoid outputs and a loss that takes them for the probabilities of classes that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.rules.label_causes import CATEGORICAL, SPARSE, last_activation, placed
from keras_shapes.rules.refusal_facts import mark_of, one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import first_judged, loss_name, loss_span


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The activation is marked: it is the one that differs."""
    trial = first_judged(subject)
    layers = placed(subject)
    if trial is None or not layers or trial.meeting.activation != "sigmoid" or trial.meeting.from_logits:
        return
    output = trial.output_shape
    many = isinstance(output, tuple) and isinstance(output[-1], int) and output[-1] > 1
    if not many or trial.meeting.loss not in CATEGORICAL | SPARSE:
        return
    argument = last_activation(subject)
    mark = (
        one_line(subject.document, argument.value_span) if argument else mark_of(subject.document, layers[-1].element)
    )
    place = loss_span(trial)
    count = output[-1] if isinstance(output, tuple) else ""
    yield RULE.report(
        mark,
        f"runs, but the {count} outputs are not probabilities that sum to 1, as {loss_name(trial)} takes them to be",
        related=(Related("the loss is chosen here", place),) if place else (),
    )


RULE = Rule("sigmoid-with-categorical-loss", check, severity="warning", needs="training", since="0.1.0")
