"""Leave out what the dataset gives itself."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.edits import remove_argument
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.data_causes import data_clash


def candidates(case: Case) -> Iterator[Candidate]:
    """The argument that is marked."""
    trial = data_clash(case.subject, "beside dataset")
    for argument in trial.call.arguments if trial is not None else ():
        if trial is not None and argument.span.start == case.diagnostic.span.start:
            name = argument.name or "y"
            yield Candidate(f"Remove {name}", (remove_argument(case.text, trial.call, argument),))
