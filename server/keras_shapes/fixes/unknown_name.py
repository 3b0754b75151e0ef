"""Write the nearest name that Keras has."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.layers import call_around
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.fixes.renaming import renamed
from keras_shapes.rules.unknown_name import nearest


def candidates(case: Case) -> Iterator[Candidate]:
    """The layer, its import and its other uses."""
    call = call_around(case.subject.model, case.diagnostic.span)
    near = nearest(call.target) if call is not None else None
    if call is not None and near is not None:
        # A layer that is not called yet is still being written: no name alone makes it one.
        yield Candidate(f"Change {call.target.last} to {near}", renamed(case, call, near))
