"""Data and labels with different numbers of samples."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.data_causes import data_clash
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import made_here
from keras_shapes.rules.wording import shape_text
from keras_shapes.verdict import Dim


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The labels are marked."""
    trial = data_clash(subject, "samples")
    if trial is None or trial.refusal is None or trial.x is None or trial.y is None:
        return
    x, y = trial.x.shape, trial.y.shape
    if not isinstance(x, tuple) or not isinstance(y, tuple) or not _differ(x[:1], y[:1]):
        return
    yield RULE.report(
        trial.y.span,
        f"as many labels as samples are needed: {trial.x.name} {shape_text(x)}, {trial.y.name} {shape_text(y)}",
        related=(*made_here(trial.x, document=subject.document), *made_here(trial.y, document=subject.document)),
        keras_message=trial.refusal.message,
    )


def _differ(x: tuple[Dim, ...], y: tuple[Dim, ...]) -> bool:
    """Whether two numbers of samples are known to differ; one that a name stands for may be any."""
    return x != y and all(isinstance(size, int) for size in (*x, *y))


RULE = Rule("sample-count", check, severity="error", needs="training", since="0.1.0")
