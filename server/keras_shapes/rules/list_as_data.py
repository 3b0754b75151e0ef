"""A Python list in the place of an array: Keras takes it for several inputs."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Array
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.data_causes import data_clash, is_list
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import Side


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The list is marked."""
    trial = data_clash(subject, "list")
    sides: tuple[Side | None, ...] = (trial.x, trial.y) if trial else ()
    for side in sides:
        if trial is None or trial.refusal is None or side is None or not is_list(side.value):
            continue
        if side is trial.x or not _holds_arrays(side.value):
            what = "a list means several inputs" if side is trial.x else f"{side.name} is a list of numbers"
            yield RULE.report(side.span, f"Keras takes an array; {what}", keras_message=trial.refusal.message)
            return


def _holds_arrays(value: object) -> bool:
    """Whether it is a list of labels for several outputs."""
    return isinstance(value, list | tuple) and any(isinstance(item, Array) for item in value)


RULE = Rule("list-as-data", check, severity="error", needs="training", since="0.1.0")
