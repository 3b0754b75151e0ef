"""Rename the key, change the order, or pass what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.case import Candidate, Case
from keras_shapes.fixes.ordering import other_order, renamed_key, with_missing
from keras_shapes.rules.clashes import first_refused
from keras_shapes.rules.ends import inputs_of
from keras_shapes.rules.model_inputs import given_inputs


def candidates(case: Case) -> Iterator[Candidate]:
    """What makes the data fit to the inputs."""
    trial, inputs = first_refused(case.subject), inputs_of(case.subject)
    argument = given_inputs(trial) if trial is not None else None
    if argument is not None:
        yield from renamed_key(case, argument, inputs)
        yield from other_order(case, argument, inputs)
        yield from with_missing(case, argument, inputs)
