"""Put the layers into one list."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.fixes.edits import insertion
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.source import Span


def candidates(case: Case) -> Iterator[Candidate]:
    """Square brackets around the arguments; a name given as the last one stays outside."""
    call = case.text.expression(case.subject.model.span)
    if not isinstance(call, ast.Call) or not call.args:
        return
    last = call.args[-1]
    if len(call.args) > 1 and isinstance(last, ast.Constant):
        last = call.args[-2]
    start, end = case.text.offsets.span(call.args[0]).start, case.text.offsets.span(last).end
    if last is call.args[-1] and not call.keywords:
        inside = Span(case.text.offsets.span(call.func).end + 1, case.text.offsets.span(call).end - 1)
        start, end = (inside.start, inside.end) if case.document.python[inside.start - 1] == "(" else (start, end)
    yield Candidate("Put the layers into a list", (insertion(start, "["), insertion(end, "]")), safe=True)
