"""Say what the model takes, as far as its data tell."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.inputs import data_sizes
from keras_shapes.fixes.layers import with_input
from keras_shapes.fixes.mending_case import Candidate, Case


def candidates(case: Case) -> Iterator[Candidate]:
    """None where no data are known: a shape is not guessed."""
    sizes = data_sizes(case)
    if sizes is not None:
        yield from with_input(case, sizes)
