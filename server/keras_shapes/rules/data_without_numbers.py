"""Arrays of texts, of lists of different lengths or of other objects: Keras cannot make tensors of them."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Array, Fact
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.data_causes import data_clash, has_no_numbers, met_texts
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import made_here


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The data or labels are marked."""
    trial = data_clash(subject, "no numbers")
    if trial is None or trial.refusal is None:
        return
    for side in (trial.y,) if met_texts(trial) and trial.refusal.what == "y" else (trial.x, trial.y):
        if side is None or side.array is None or not has_no_numbers(side.array):
            continue
        yield RULE.report(
            side.span,
            f"{side.said('holds')} {_items(side.array)}; Keras takes numbers",
            related=made_here(side, document=subject.document),
            keras_message=trial.refusal.message,
        )
        return


def _items(array: Array) -> str:
    if Fact.RAGGED in array.provenance:
        return "lists of different lengths"
    if Fact.UNEVEN in array.provenance:
        return "arrays of different shapes"
    return "objects" if array.dtype == "object" else "texts"


RULE = Rule("data-without-numbers", check, severity="error", needs="training", since="0.1.0")
