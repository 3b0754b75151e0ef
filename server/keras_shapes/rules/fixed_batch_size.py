"""A model that is made for one batch size, and data in batches of another."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.data_causes import data_clash
from keras_shapes.rules.refusal_facts import declared_input, one_line
from keras_shapes.rules.rule import Rule, Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The declared batch is marked."""
    trial = data_clash(subject, "batch size")
    taken = trial.meeting.input_shape if trial else None
    if trial is None or trial.refusal is None or trial.x is None or not isinstance(taken, tuple):
        return
    met = trial.refusal.batch_size or next((size for size in trial.meeting.batch_sizes if size != taken[0]), None)
    declared = declared_input(subject.model)
    mark = one_line(subject.document, declared.argument.span) if declared else trial.x.span
    last = ", the last one" if (trial.refusal.batch_size,) == trial.meeting.batch_sizes[1:] else ""
    related = (trial.x.met("the model"),) if declared else ()
    yield RULE.report(
        mark,
        f"the model takes batches of {taken[0]} only; {trial.call.method} gives one of {met}{last}",
        related=related,
        keras_message=trial.refusal.message,
    )


RULE = Rule("fixed-batch-size", check, severity="error", needs="training", since="0.1.0")
