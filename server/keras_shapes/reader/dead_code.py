"""Code that does not run: read so that its models are seen, without effect on anything else, and never reported."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from keras_shapes.reader.scopes import undo

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope


def execute_dead(it: Interpreter, statements: Sequence[ast.stmt], scope: Scope) -> None:
    """Read statements that are never reached, if they make a model that is made nowhere else."""
    if it.source.foreign or not any(_may_make_model(it, statement) for statement in statements):
        return
    before, it.expects_error = it.expects_error, True
    counts = [len(model.events) for model in it.models]
    models = list(it.models)
    settings, guards = dict(it.settings), it.guards
    with it.journal() as journal:
        try:
            it.execute(statements, scope)
        finally:
            undo(journal)
            it.expects_error, it.settings, it.guards = before, settings, guards
            for model, count in zip(models, counts, strict=True):
                del model.events[count:]


def _may_make_model(it: Interpreter, statement: ast.stmt) -> bool:
    is_definition = isinstance(
        statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    )
    return not is_definition and it.source.makes_model(statement)
