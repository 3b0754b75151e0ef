"""`globals()`, `setattr()`, `exec()`: names that are bound without an assignment."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from keras_shapes.data import Array, Dataset
from keras_shapes.model import Argument, NumpyNumber, Unknown
from keras_shapes.reader.attributes import set_attribute
from keras_shapes.reader.choices import settled
from keras_shapes.reader.forgetting import forget, forget_arguments
from keras_shapes.reader.values import Instance, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope

Arguments = tuple[Argument, ...]


def _globals(it: Interpreter, _arguments: Arguments, _node: ast.AST, scope: Scope) -> Value:
    return (scope.module or scope).bindings


def _locals(it: Interpreter, arguments: Arguments, node: ast.AST, scope: Scope) -> Value:
    """A copy in a function; `vars(x)` is the attributes of `x` themselves."""
    if not arguments:
        return scope.bindings if scope.module is None else dict(scope.bindings)
    owner = settled(arguments[0].value, it.guards)
    return owner.attributes if isinstance(owner, Instance) else it.unknown("vars() of this is not read", node)


def _setattr(it: Interpreter, arguments: Arguments, node: ast.AST, _scope: Scope) -> Value:
    match [settled(argument.value, it.guards) for argument in arguments]:
        case [owner, str() as name, value]:
            set_attribute(it, owner, name, value)
        case [owner, *_]:
            forget(it, owner, it.unknown("an attribute was set whose name is not known here", node))
    return None


def _delattr(it: Interpreter, arguments: Arguments, node: ast.AST, _scope: Scope) -> Value:
    match [settled(argument.value, it.guards) for argument in arguments]:
        case [Instance() as owner, str() as name]:
            it.remove_entry(owner.attributes, name)  # type: ignore[arg-type]
        case _:
            forget_arguments(it, arguments, node)
    return None


def _execute(it: Interpreter, _arguments: Arguments, node: ast.AST, scope: Scope) -> Value:
    """`exec` may bind any name to anything: numbers, texts, data and containers are not known from here on."""
    reason = it.unknown("exec() may have changed it", node)
    for bindings in {id(one): one for one in (scope.bindings, (scope.module or scope).bindings)}.values():
        for name, value in list(bindings.items()):
            if isinstance(value, (bool, int, float, str, tuple, NumpyNumber, Array, Dataset)):
                it.set_entry(bindings, name, Unknown(reason.reason, reason.span, name))  # type: ignore[arg-type]
            else:
                forget(it, value, reason)
    return reason


Namespace = Callable[["Interpreter", Arguments, ast.AST, "Scope"], Value]
NAMESPACES: dict[str, Namespace] = {
    "globals": _globals,
    "locals": _locals,
    "vars": _locals,
    "setattr": _setattr,
    "delattr": _delattr,
    "exec": _execute,
}
"""Python's own functions that reach names and attributes by their texts."""
