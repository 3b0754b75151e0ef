"""Leave out a `build` that comes too late, or declare the shape that it wants."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.fixes.edits import remove_statement
from keras_shapes.fixes.inputs import input_changed
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.built_already import refused_build


def candidates(case: Case) -> Iterator[Candidate]:
    """The model is built as it is declared; its data may say that it is declared wrongly."""
    trial = refused_build(case.subject)
    if trial is None:
        return
    node = case.text.expression(trial.call.span)
    statement = case.text.parent(node) if node is not None else None
    edit = remove_statement(case.text, statement) if isinstance(statement, ast.Expr) else None
    if edit is not None:
        yield Candidate("Remove build: the model has its input already", (edit,))
    wanted = trial.meeting.x
    if isinstance(wanted, tuple) and len(wanted) > 1 and wanted[0] is None:
        found = input_changed(case, list(wanted[1:]), rank=1)
        if found is not None:
            yield found
