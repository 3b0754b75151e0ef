"""`sigmoid` for one unit, unless loss and labels say that there are classes."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.activations import activation_changed
from keras_shapes.fixes.labels import head_for
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.label_causes import CATEGORICAL, SPARSE
from keras_shapes.rules.training_views import first_judged, head, units_of


def candidates(case: Case) -> Iterator[Candidate]:
    """The vote of the loss and of the labels."""
    trial = first_judged(case.subject)
    classes = trial is not None and trial.meeting.loss in CATEGORICAL | SPARSE
    found = activation_changed(case, "sigmoid", rank=1 if classes else 0)
    if found is not None:
        yield found
    units = units_of(head(case.subject.model))
    wanted = head_for(trial) if trial is not None and classes else None
    if units is not None and wanted is not None and wanted[0] > 1:
        yield Candidate(f"Change Dense units to {wanted[0]}", (Edit(units.value_span, str(wanted[0])),))
