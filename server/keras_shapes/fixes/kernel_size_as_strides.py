"""A window written as one argument."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.layers import call_around
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.source import Span


def candidates(case: Case) -> Iterator[Candidate]:
    """In all layers of the model that are written so: `Conv2D(32, 3, 3)` becomes `Conv2D(32, (3, 3))`."""
    call = call_around(case.subject.model, case.diagnostic.span)
    positional = [argument for argument in call.arguments if argument.name is None] if call is not None else []
    if len(positional) < 3:
        return
    first, second = positional[1:3]
    span = Span(first.value_span.start, second.value_span.end)
    window = f"({case.document.slice(first.value_span)}, {case.document.slice(second.value_span)})"
    yield Candidate(f"Change {case.document.slice(span)} to {window}", (Edit(span, window),))
