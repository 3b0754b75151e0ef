"""The loss for one unit."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.activations import activation_added
from keras_shapes.fixes.losses import loss_changed
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.training_views import first_judged, loss_name


def candidates(case: Case) -> Iterator[Candidate]:
    """`binary_crossentropy`, with `sigmoid` where there is no activation."""
    trial = first_judged(case.subject)
    if trial is None:
        return
    binary = "binary_crossentropy" if "_" in loss_name(trial) else "BinaryCrossentropy"
    changed = loss_changed(case, trial, binary)
    if changed is None:
        return
    added = activation_added(case, "sigmoid") if trial.meeting.activation == "linear" else None
    if added is not None:
        yield Candidate(f"{changed.title} and sigmoid", (*changed.edits, *added.edits))
    else:
        yield changed
