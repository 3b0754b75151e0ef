"""Labels of the same rank as the output, but of other sizes: an autoencoder that does not give its input back."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.rules.label_causes import clash_of, placed
from keras_shapes.rules.refusal_facts import declared_input, mark_of, one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import loss_name, made_here
from keras_shapes.rules.wording import shape_text


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The last layer is marked, as it gives the shape that the labels do not have."""
    trial = clash_of(subject, "sizes")
    layers = placed(subject)
    if trial is None or trial.y is None or trial.y.shape is None or trial.output_shape is None or not layers:
        return
    mark = mark_of(subject.document, layers[-1].element)
    related = [
        trial.y.met("the loss"),
        *made_here(trial.y, document=subject.document),
    ]
    declared = declared_input(subject.model)
    if declared is not None:
        related.append(
            Related("the model's input is declared here", one_line(subject.document, declared.argument.span))
        )
    yield RULE.report(
        mark,
        f"the model gives {shape_text(trial.output_shape)}, {trial.y.said('is')} {shape_text(trial.y.shape)}: "
        f"{loss_name(trial)} " + ("needs equal sizes" if trial.refusal else "stretches one over the other"),
        severity="error" if trial.refusal else "warning",
        related=tuple(each for each in related if each.span != mark),
        keras_message=trial.refusal.message if trial.refusal else None,
    )


RULE = Rule("labels-shape", check, severity="error", needs="training", since="0.1.0")
