"""Code that does not run: read so that its models are seen, without effect on anything else, and never reported."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from keras_shapes.reader.scopes import undo

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Changes, Interpreter
    from keras_shapes.reader.scopes import Scope
    from keras_shapes.reader.values import SequentialValue


def execute_dead(it: Interpreter, statements: Sequence[ast.stmt], scope: Scope) -> None:
    """Read statements that are never reached, if they make a model that is made nowhere else."""
    if it.source.foreign or not any(_may_make_model(it, statement) for statement in statements):
        return
    before, it.expects_error = it.expects_error, True
    models = len(it.models)
    settings, guards = dict(it.settings), it.guards
    with it.journal() as journal, it.watching_models() as changes:
        try:
            it.execute(statements, scope)
        finally:
            undo(journal)
            it.expects_error, it.settings, it.guards = before, settings, guards
            for model, count in _of_before(it, changes, models):
                del model.events[count:]


def _of_before(it: Interpreter, changes: Changes, models: int) -> list[tuple[SequentialValue, int]]:
    """The changed models that are not among those made since there were so many."""
    made = set(it.models[models:])
    return [(model, count) for model, count in changes.items() if model not in made]


def _may_make_model(it: Interpreter, statement: ast.stmt) -> bool:
    is_definition = isinstance(
        statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    )
    return not is_definition and it.source.makes_model(statement)
