"""Take the argument out that Keras does not look at."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.edits import remove_argument
from keras_shapes.fixes.layers import call_around
from keras_shapes.fixes.mending_case import Candidate, Case


def candidates(case: Case) -> Iterator[Candidate]:
    """Nothing changes but the text."""
    call = call_around(case.subject.model, case.diagnostic.span)
    for argument in call.arguments if call is not None else ():
        if call is not None and argument.span.start == case.diagnostic.span.start:
            yield Candidate(f"Remove {argument.name}", (remove_argument(case.text, call, argument),), safe=True)
