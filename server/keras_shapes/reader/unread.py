"""Code that is not read to its end, because there is too much of it: what it would have changed is not known."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from keras_shapes.model import Unknown
from keras_shapes.reader.forgetting import forget
from keras_shapes.reader.values import Choice, Function, Instance, Obscured, Once, SequentialValue, Value
from keras_shapes.repair import Broken

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope

_CHANGEABLE = (list, set, dict, tuple, Once, Instance, Choice)


def leave_unread(it: Interpreter, node: ast.AST, scope: Scope, reason: Unknown) -> None:
    """Whatever a statement names may be anything from here on, and so may what the functions change that it names."""
    it.budget.left = sys.maxsize  # it is as long as the code and what it names, and must not end halfway
    _leave(it, node, scope, reason, set())


def _leave(it: Interpreter, node: ast.AST, scope: Scope, reason: Unknown, seen: set[int]) -> None:
    for name, is_set in _names(node):
        value = scope.find(name)
        if is_set:
            it.bind(scope, name, Unknown(reason.reason, reason.span, name))
        if id(value) not in seen:
            seen.add(id(value))
            _lose(it, value, reason, seen)


def _lose(it: Interpreter, value: Value, reason: Unknown, seen: set[int]) -> None:
    model = value.model if isinstance(value, Instance) else value
    if isinstance(model, SequentialValue):
        it.happen(model, Obscured(reason))
    if isinstance(value, _CHANGEABLE):
        forget(it, value, reason, seen - {id(value)})
    if isinstance(value, Function) and not value.source.foreign:
        _leave(it, value.node, value.scope, reason, seen)


def _names(node: ast.AST) -> Iterator[tuple[str, bool]]:
    """The names in some code, and whether it sets them."""
    for each in ast.walk(node):
        match each:
            case ast.Name(id=name, ctx=context):
                yield name, not isinstance(context, ast.Load)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, each is not node
            case ast.alias(name=name, asname=other):
                yield other or name.partition(".")[0], True
            case Broken(mentions=mentions, targets=targets):
                yield from ((name.partition(".")[0], False) for name in mentions)
                yield from ((name, True) for name in targets if name.isidentifier())
