"""Rename the key, change the order, or pass what is missing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.fixes.ordering import other_order, renamed_key, with_missing
from keras_shapes.model import Argument
from keras_shapes.rules.ends import inputs_of
from keras_shapes.rules.model_inputs import given_inputs, is_yielded_list
from keras_shapes.rules.training_views import first_refused
from keras_shapes.source import Span


def candidates(case: Case) -> Iterator[Candidate]:
    """What makes the data fit to the inputs."""
    trial, inputs = first_refused(case.subject), inputs_of(case.subject)
    argument = given_inputs(trial) if trial is not None else None
    if trial is not None and argument is not None and is_yielded_list(trial, argument):
        yield from _as_tuple(case, argument)
    elif argument is not None:
        yield from renamed_key(case, argument, inputs)
        yield from other_order(case, argument, inputs)
        yield from with_missing(case, argument, inputs)


def _as_tuple(case: Case, argument: Argument) -> Iterator[Candidate]:
    """`yield [a, b], y` becomes `yield (a, b), y`."""
    node = case.text.expression(argument.value_span)
    if isinstance(node, ast.List) and len(node.elts) > 1:
        span = argument.value_span
        edits = (Edit(Span(span.start, span.start + 1), "("), Edit(Span(span.end - 1, span.end), ")"))
        yield Candidate("Yield a tuple of inputs", edits)
