"""Write the comma that makes a tuple."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import value_span
from keras_shapes.fixes.layers import written_input
from keras_shapes.fixes.mending_case import Candidate, Case


def candidates(case: Case) -> Iterator[Candidate]:
    """`(100)` becomes `(100,)`, and so does `100`."""
    declared = written_input(case)
    if declared is None:
        return
    call, argument = declared
    span = argument.value_span
    text = case.document.slice(span)
    whole = value_span(case.text, call, argument)
    edit = Edit(span, f"({text},)") if whole == span else Edit(type(span)(span.end, span.end), ",")
    yield Candidate(f"Change {argument.name or 'shape'} to ({text},)", (edit,), safe=True)
