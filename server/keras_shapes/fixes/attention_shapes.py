"""Make query and value as wide as each other."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.branch_sizes import other_width
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.branches import branches


def candidates(case: Case) -> Iterator[Candidate]:
    """Another number of units on the one side, or on the other."""
    refusal = case.subject.refusal
    met = branches(case.subject, refusal) if refusal is not None else []
    if refusal is not None and len(met) > 1:
        yield from other_width(case, refusal, met[0], met[-1] if len(met) == 3 else met[1])
