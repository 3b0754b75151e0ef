"""Let the layer keep its state to itself."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.edits import remove_argument
from keras_shapes.fixes.layers import call_around
from keras_shapes.fixes.mending_case import Candidate, Case


def candidates(case: Case) -> Iterator[Candidate]:
    """Only where `return_state` is what is marked."""
    call = call_around(case.subject.model, case.diagnostic.span)
    given = call.argument("return_state") if call is not None else None
    if call is not None and given is not None and given.span.start == case.diagnostic.span.start:
        yield Candidate("Remove return_state=True", (remove_argument(case.text, call, given),))
