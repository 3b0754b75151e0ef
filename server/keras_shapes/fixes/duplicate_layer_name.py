"""Let Keras name the layer."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.edits import remove_argument
from keras_shapes.fixes.layers import call_around
from keras_shapes.fixes.mending_case import Candidate, Case


def candidates(case: Case) -> Iterator[Candidate]:
    """It gives every layer a name of its own."""
    call = call_around(case.subject.model, case.diagnostic.span)
    given = call.argument("name") if call is not None else None
    if call is not None and given is not None:
        written = case.document.slice(given.span)
        yield Candidate(f"Remove {written}", (remove_argument(case.text, call, given),))
