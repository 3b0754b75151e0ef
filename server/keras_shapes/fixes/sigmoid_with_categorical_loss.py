"""`softmax`, as the loss takes it."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.activations import activation_changed
from keras_shapes.fixes.mending_case import Candidate, Case


def candidates(case: Case) -> Iterator[Candidate]:
    """The activation is the one that differs: loss and labels agree."""
    found = activation_changed(case, "softmax")
    if found is not None:
        yield found
