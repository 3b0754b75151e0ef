"""Bring loss and labels together: the loss follows the labels, unless other labels or metrics vote against it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from keras_shapes.data import Fact
from keras_shapes.fixes.encodings import encoded, without_encoding
from keras_shapes.fixes.labels import metric_names, other_labels
from keras_shapes.fixes.losses import loss_changed
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.label_causes import cause_of, clash_of
from keras_shapes.rules.training_views import Trial, loss_name


def candidates(case: Case) -> Iterator[Candidate]:
    """The other loss, the other code of the labels, or one encoding less."""
    trial = clash_of(case.subject, "class numbers", "one-hot", "encoded twice", "other")
    if trial is None or trial.y is None:
        return
    match cause_of(trial):
        case "class numbers":
            sparse_labels = not _one_hot_elsewhere(trial)
            yield from _other_loss(case, trial, rank=0 if sparse_labels else 1)
            yield from encoded(case, trial, rank=1 if sparse_labels else 0)
        case "one-hot":
            yield from _other_loss(case, trial, rank=0)
            yield from without_encoding(case, trial, rank=1)
        case "encoded twice":
            yield from without_encoding(case, trial, rank=0)
        case _:
            yield from without_encoding(case, trial, rank=0)


def _one_hot_elsewhere(trial: Trial) -> bool:
    one_hot = any(Fact.ONE_HOT in array.provenance for array in other_labels(trial))
    return one_hot or bool(metric_names(trial) & {"categorical_accuracy", "CategoricalAccuracy"})


def _other_loss(case: Case, trial: Trial, rank: int) -> Iterator[Candidate]:
    new = _counterpart(loss_name(trial))
    found = loss_changed(case, trial, new, rank) if new is not None else None
    if found is not None:
        yield found


def _counterpart(name: str) -> str | None:
    if re.match(r"sparse_|Sparse", name):
        return name.removeprefix("sparse_").removeprefix("Sparse")
    return {
        "categorical_crossentropy": "sparse_categorical_crossentropy",
        "CategoricalCrossentropy": "SparseCategoricalCrossentropy",
    }.get(name)
