"""A `tf.data` dataset that gives one sample at a time, or batches of batches."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.rules.data_causes import cause_of, data_clash
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import Trial
from keras_shapes.rules.wording import axes_text, shape_text, size_text


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The dataset is marked where the model meets it."""
    trial = data_clash(subject, "not batched", "batched twice")
    if trial is None or trial.refusal is None or trial.x is None or trial.x.shape is None or trial.dataset is None:
        return
    one = cause_of(trial) == "not batched"
    gives = "one sample at a time" if one else "batches of batches"
    made = trial.dataset.span
    yield RULE.report(
        trial.x.span,
        f"the dataset gives {gives} {shape_text(trial.x.shape)}, the model needs {_needs(trial)}",
        related=(Related("the dataset is made here", one_line(subject.document, made)),) if made else (),
        keras_message=trial.refusal.message,
    )


def _needs(trial: Trial) -> str:
    taken = trial.input_shape
    if trial.meeting.declared and isinstance(taken, tuple):
        return axes_text(("batch", *map(size_text, taken[1:])))
    return "batches"


RULE = Rule("dataset-batches", check, severity="error", needs="training", since="0.1.0")
