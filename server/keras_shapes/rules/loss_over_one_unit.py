"""A loss for several classes over one unit: it is 0 whatever the unit gives."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.label_causes import CATEGORICAL, SPARSE, placed
from keras_shapes.rules.refusal_facts import mark_of
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import first_judged, loss_name, loss_span
from keras_shapes.rules.wording import shape_text


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The loss is marked, unless softmax over that unit is reported already or Keras will refuse the labels."""
    trial = first_judged(subject)
    output = trial.output_shape if trial else None
    if trial is None or not isinstance(output, tuple) or output[-1:] != (1,):
        return
    if trial.meeting.loss not in CATEGORICAL | SPARSE or trial.meeting.activation == "softmax":
        return
    labels = trial.y.array if trial.y else None
    if trial.meeting.loss in SPARSE and labels is not None and (labels.maximum or 0) > 0:
        return
    layers = placed(subject)
    mark = loss_span(trial) or (mark_of(subject.document, layers[-1].element) if layers else trial.call.name_span)
    yield RULE.report(
        mark,
        f"runs, but {loss_name(trial)} is for several classes; over {shape_text(output)} it is always 0",
    )


RULE = Rule("loss-over-one-unit", check, severity="warning", needs="training", since="0.1.0")
