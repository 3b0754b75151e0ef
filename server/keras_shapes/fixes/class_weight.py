"""Number the weights: `dict(enumerate(weights))`."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.edits import wrapped
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.class_weight import weights_of


def candidates(case: Case) -> Iterator[Candidate]:
    """The classes count from 0, as the outputs of the model do."""
    for call in case.subject.model.training:
        given = weights_of(call)
        if given is not None and given.value_span.start == case.diagnostic.span.start:
            edits = wrapped(given.value_span, "dict(enumerate(", "))")
            name = case.document.slice(case.diagnostic.span)
            yield Candidate(f"Use dict(enumerate({name if len(name) <= 20 else '…'}))", edits, safe=True)
