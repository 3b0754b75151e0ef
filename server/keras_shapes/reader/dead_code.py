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
    if it.source.foreign or not any(_makes_model(statement) for statement in statements):
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


def _makes_model(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
        return False
    return any(
        isinstance(node, ast.Call) and "Sequential" in (getattr(node.func, "id", ""), getattr(node.func, "attr", ""))
        for node in ast.walk(statement)
    )
