"""Labels for each step of a sequence, and a recurrent model that gives only its last step."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.label_causes import clash_of, recurrent_without_steps
from keras_shapes.rules.refusal_facts import mark_of, name_of
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import made_here
from keras_shapes.rules.wording import shape_text


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The recurrent layer that drops the steps is marked."""
    trial = clash_of(subject, "labels per step")
    last = recurrent_without_steps(subject)
    if trial is None or last is None or trial.y is None or trial.y.shape is None or trial.output_shape is None:
        return
    document, layer = subject.document, last.layer
    mark = layer.name_span if layer else mark_of(document, last.element)
    name = name_of(document, layer or last.element.expression, last.verdict)
    related = (trial.y.met("the loss"), *made_here(trial.y, document=document))
    yield RULE.report(
        mark,
        f"{name} returns only its last step: the model gives {shape_text(trial.output_shape)}, "
        f"{trial.y.with_shape} {trial.y.verb('has')} labels for each step",
        severity="error" if trial.refusal else "warning",
        related=related,
        keras_message=trial.refusal.message if trial.refusal else None,
    )


RULE = Rule("labels-per-step", check, severity="error", needs="training", since="0.1.0")
