"""`super().__init__()` comes first."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.fixes.edits import insertion
from keras_shapes.fixes.mending_case import Candidate, Case


def candidates(case: Case) -> Iterator[Candidate]:
    """The call as the first statement, with the keywords that `__init__` collects for it."""
    span = case.subject.model.unprepared
    made = [node for node in ast.walk(case.text.tree) if isinstance(node, ast.FunctionDef) and node.name == "__init__"]
    node = next((each for each in made if span is not None and case.text.offsets.span(each).encloses(span)), None)
    if node is None:
        return
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    start = case.text.offsets.span(body[0]).start if body else 0
    indentation = case.text.indentation(start)
    if indentation:
        given = "" if node.args.kwarg is None else f"**{node.args.kwarg.arg}"
        call = f"super().__init__({given})"
        yield Candidate(f"Call {call} first", (insertion(start, f"{call}{case.text.newline}{indentation}"),), safe=True)
