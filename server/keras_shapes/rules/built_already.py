"""`build` with another shape than the one that the model has already."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.rules.refusal_facts import DeclaredInput, declared_input, one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import Trial, first_refused
from keras_shapes.rules.wording import shape_text


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The call of `build` is marked, where Keras refuses it because the model has an input."""
    trial = refused_build(subject)
    if trial is None or trial.meeting.x is None or trial.input_shape is None or trial.refusal is None:
        return
    declared = declared_input(subject.model)
    yield RULE.report(
        one_line(subject.document, trial.call.span),
        f"the model takes {shape_text(trial.input_shape)} already: it cannot be built for"
        f" {shape_text(trial.meeting.x)} any more",
        related=() if declared is None else (_declared(subject, declared),),
        keras_message=trial.refusal.message,
    )


def _declared(subject: Subject, declared: DeclaredInput) -> Related:
    return Related("the input is declared here", one_line(subject.document, declared.argument.span))


def refused_build(subject: Subject) -> Trial | None:
    """The call of `build` at which the program stops."""
    trial = first_refused(subject)
    return trial if trial is not None and trial.call.method == "build" else None


RULE = Rule("built-already", check, severity="error", needs="training", since="0.2.0", models="chains")
