"""Let the last recurrent layer return a value for each step."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.fixes.missing_return_sequences import returns_steps
from keras_shapes.rules.label_causes import recurrent_without_steps


def candidates(case: Case) -> Iterator[Candidate]:
    """There are labels for all of them."""
    last = recurrent_without_steps(case.subject)
    edit = returns_steps(case, last.element) if last is not None else None
    if edit is not None:
        yield Candidate("Add return_sequences=True", (edit,))
