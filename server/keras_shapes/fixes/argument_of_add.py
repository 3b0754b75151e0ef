"""Give the layer the argument that stands behind it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import add_argument
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Call
from keras_shapes.rules.argument_of_add import keyword_behind
from keras_shapes.source import Span


def candidates(case: Case) -> Iterator[Candidate]:
    """`model.add(Dense(1), input_shape=(4,))` becomes `model.add(Dense(1, input_shape=(4,)))`."""
    for element in case.subject.model.nodes:
        if keyword_behind(case.document, element) != case.diagnostic.span:
            continue
        item = case.text.expression(element.span)
        call = case.text.parent(item) if item is not None else None
        if not isinstance(call, ast.Call) or not isinstance(element.expression, Call) or not call.keywords:
            return
        spans = [case.text.offsets.span(keyword) for keyword in call.keywords]
        written = case.document.slice(Span(spans[0].start, spans[-1].end))
        name = element.expression.target.last
        edits = (add_argument(case.text, element.expression, written), Edit(Span(element.span.end, spans[-1].end), ""))
        yield Candidate(
            f"Move {', '.join(str(keyword.arg) for keyword in call.keywords)} into {name}(…)", edits, safe=True
        )
