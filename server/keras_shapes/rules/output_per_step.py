"""A recurrent model that gives an output for each step, and labels with one for each sequence."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.label_causes import clash_of, recurrent_with_steps
from keras_shapes.rules.refusal_facts import mark_of, name_of, one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import made_here
from keras_shapes.rules.wording import shape_text


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The last recurrent layer is marked: its `return_sequences`, where it says so itself."""
    trial = clash_of(subject, "output per step")
    last = recurrent_with_steps(subject)
    if trial is None or last is None or trial.y is None or trial.y.shape is None or trial.output_shape is None:
        return
    document = subject.document
    argument = last.layer.argument("return_sequences") if last.layer else None
    mark = one_line(document, argument.span) if argument else mark_of(document, last.element)
    name = name_of(document, last.layer or last.element.expression, last.verdict)
    output, labels = shape_text(trial.output_shape), f"{trial.y.said('is')} {shape_text(trial.y.shape)}"
    related = (trial.y.met("the loss"), *made_here(trial.y, document=document))
    if trial.refusal:
        message = f"{name} returns every step: the model gives {output}, {labels}"
    else:
        message = (
            f"runs, but {name} returns every step: the model gives {output}, {labels}, each compared with all steps"
        )
    yield RULE.report(
        mark,
        message,
        severity="error" if trial.refusal else "warning",
        related=tuple(each for each in related if each.span != mark),
        keras_message=trial.refusal.message if trial.refusal else None,
    )


RULE = Rule("output-per-step", check, severity="error", needs="training", since="0.1.0")
