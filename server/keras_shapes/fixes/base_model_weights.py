"""Weights or shape: one of them has to follow the other, and only the author knows which."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import set_argument
from keras_shapes.fixes.inputs import tuple_text
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Call
from keras_shapes.rules.refusal_facts import bound_arguments, refused_expression


def candidates(case: Case) -> Iterator[Candidate]:
    """Equally likely, so that none is preferred."""
    refusal = case.subject.refusal
    call = refused_expression(case.subject, refusal) if refusal is not None else None
    if refusal is None or not isinstance(call, Call):
        return
    yield Candidate("Use weights=None", (set_argument(case.text, call, "weights", "None"),))
    shape = bound_arguments(call, refusal.parameters).get("input_shape")
    value = shape.value if shape is not None else None
    if shape is not None and isinstance(value, tuple | list) and len(value) == 3 and value[-1] != 3:
        new = tuple_text([*value[:-1], 3])
        yield Candidate(f"Change input_shape to {new}", (Edit(shape.value_span, new),))
