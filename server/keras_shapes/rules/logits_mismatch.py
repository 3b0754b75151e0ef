"""A loss that takes probabilities over an output without activation, or one that takes logits over probabilities."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.rules.label_causes import CATEGORICAL, SPARSE, placed
from keras_shapes.rules.refusal_facts import mark_of
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import Trial, first_judged, loss_name, loss_span
from keras_shapes.source import Span

_OF_PROBABILITIES = CATEGORICAL - {"categorical_hinge"} | SPARSE | {"binary_crossentropy", "binary_focal_crossentropy"}
_GIVES_PROBABILITIES = frozenset({"softmax", "sigmoid"})


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Logits that are cut off as if they were probabilities, and probabilities that count as logits."""
    trial = first_judged(subject)
    layers = placed(subject)
    mark = loss_span(trial) if trial else None
    if trial is None or mark is None or not layers or trial.meeting.loss not in _OF_PROBABILITIES:
        return
    output = trial.output_shape
    if isinstance(output, tuple) and output[-1:] == (1,) and trial.meeting.loss != "binary_crossentropy":
        return
    last = mark_of(subject.document, layers[-1].element)
    if trial.meeting.from_logits and trial.meeting.activation in _GIVES_PROBABILITIES:
        yield _probabilities_as_logits(trial, mark, last)
    elif not trial.meeting.from_logits and trial.meeting.activation == "linear":
        yield _logits_as_probabilities(trial, mark, last)


def _logits_as_probabilities(trial: Trial, mark: Span, last: Span) -> Diagnostic:
    return RULE.report(
        mark,
        f"runs, but {loss_name(trial)} takes probabilities: without an activation, values outside 0…1 are cut off",
        related=(Related("the output is made here", last),),
    )


def _probabilities_as_logits(trial: Trial, mark: Span, last: Span) -> Diagnostic:
    applied = "sigmoid" if "binary" in (trial.meeting.loss or "") else "softmax"
    given = "it already" if applied == trial.meeting.activation else f"{trial.meeting.activation} already"
    return RULE.report(
        mark,
        f"runs, but {loss_name(trial)} with from_logits=True applies {applied}, and the last layer applies {given}",
        related=(Related("the output is made here", last),),
    )


RULE = Rule("logits-mismatch", check, severity="warning", needs="training", since="0.1.0")
