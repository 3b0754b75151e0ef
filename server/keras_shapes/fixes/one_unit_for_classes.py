"""One unit for each class."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.activations import activation_changed
from keras_shapes.fixes.labels import classes
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.training_views import first_judged, head, units_of


def candidates(case: Case) -> Iterator[Candidate]:
    """With the activation and the loss that go with it."""
    trial, units = first_judged(case.subject), units_of(head(case.subject.model))
    activation = activation_changed(case, "softmax")
    array = trial.y.array if trial is not None and trial.y is not None else None
    count = classes(array) if array is not None else None
    loss = trial.loss if trial is not None else None
    if units is None or activation is None or count is None or loss is None or not isinstance(loss.value, str):
        return
    name = "sparse_categorical_crossentropy"
    edits = (
        Edit(units.value_span, str(count)),
        *activation.edits,
        Edit(loss.value_span, case.text.quoted(name, loss.value_span)),
    )
    yield Candidate(f"Use {count} units with softmax and {name}", edits)
