"""Rename the key of an output, change the order of the labels, or pass those that are missing."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.fixes.ordering import other_order, renamed_key, with_missing
from keras_shapes.rules.ends import outputs_of
from keras_shapes.rules.model_outputs import given_labels
from keras_shapes.rules.training_views import first_refused


def candidates(case: Case) -> Iterator[Candidate]:
    """What makes losses and labels fit to the outputs."""
    trial, outputs = first_refused(case.subject), outputs_of(case.subject)
    if trial is None:
        return
    for argument in (trial.loss, trial.compiled.argument("loss_weights", 2) if trial.compiled else None):
        if argument is not None:
            yield from renamed_key(case, argument, outputs)
    labels = given_labels(trial)
    if labels is not None:
        yield from renamed_key(case, labels, outputs)
        yield from other_order(case, labels, outputs)
        yield from with_missing(case, labels, outputs)
    if trial.loss is not None:
        yield from other_order(case, trial.loss, outputs)
