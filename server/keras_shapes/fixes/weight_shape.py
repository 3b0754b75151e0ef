"""The weight is made for the last axis of the input."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.weight_shape import asked_size


def candidates(case: Case) -> Iterator[Candidate]:
    """`input_shape[1]` becomes `input_shape[-1]`."""
    refusal = case.subject.refusal
    size = asked_size(case.subject.model.nodes[refusal.node].expression) if refusal is not None else None
    node = case.text.expression(size.span) if size is not None else None
    if isinstance(node, ast.Subscript):
        content = f"{case.text.slice(node.value)}[-1]"
        yield Candidate(
            f"Change {case.text.slice(node)} to {content}", (Edit(case.text.offsets.span(node.slice), "-1"),)
        )
