"""Put the channels last, as the layers take them."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.inputs import input_changed, written_sizes
from keras_shapes.fixes.layers import written_input
from keras_shapes.fixes.mending_case import Candidate, Case


def candidates(case: Case) -> Iterator[Candidate]:
    """`(1, 28, 28)` becomes `(28, 28, 1)`."""
    declared = written_input(case)
    sizes = written_sizes(case, *declared) if declared is not None else None
    if sizes is not None and (found := input_changed(case, [*sizes[1:], sizes[0]])) is not None:
        yield found
