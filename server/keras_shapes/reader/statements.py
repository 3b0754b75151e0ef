"""Statements: one short function for each kind of syntax node."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import PublicName
from keras_shapes.reader.assignment import assign, delete
from keras_shapes.reader.branches import execute_if, execute_match
from keras_shapes.reader.choices import each_way, settled
from keras_shapes.reader.classes import make_class
from keras_shapes.reader.declarations import declared
from keras_shapes.reader.errors import execute_try
from keras_shapes.reader.forgetting import forget
from keras_shapes.reader.functions import decorated, make_function
from keras_shapes.reader.imports import execute_import, execute_import_from
from keras_shapes.reader.in_place import change_in_place
from keras_shapes.reader.interpreter import BREAK, CONTINUE, NORMAL, RAISE, RETURN, STATEMENTS, Completion, Executor
from keras_shapes.reader.library_calls import library_augmented
from keras_shapes.reader.loops import execute_for, execute_while
from keras_shapes.reader.operators import OPERATOR_NAMES
from keras_shapes.reader.values import Builtin, Choice, Instance, Obscured, SequentialValue, Value
from keras_shapes.reader.with_statements import execute_with
from keras_shapes.repair import Broken

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope

_EXITS = frozenset({"sys.exit", "os._exit", "os.abort"})


def _expression(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    assert isinstance(node, ast.Expr)
    it.evaluate(node.value, scope)
    exits = isinstance(node.value, ast.Call) and _is_exit(it, node.value, scope)
    return Completion(RAISE) if exits else NORMAL


def _assign(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    assert isinstance(node, ast.Assign)
    value = declared(it, node, it.evaluate(node.value, scope))
    for target in node.targets:
        assign(it, target, value, scope)
    return NORMAL


def _annotated(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    assert isinstance(node, ast.AnnAssign)
    if node.value is not None:
        assign(it, node.target, declared(it, node, it.evaluate(node.value, scope)), scope)
    return NORMAL


def _augmented(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    assert isinstance(node, ast.AugAssign)
    from keras_shapes.reader.expressions import binary

    load = ast.copy_location(_as_load(node.target), node.target)
    old = it.evaluate(load, scope)
    new = it.evaluate(node.value, scope)

    def changed(old: Value) -> Value:
        if change_in_place(it, node.op, old, settled(new, it.guards), load):
            return old
        data = library_augmented(it, OPERATOR_NAMES[type(node.op)], old, new, load)
        return binary(it, type(node.op), old, new, load) if data is None else data

    old = settled(old, it.guards)
    value = each_way(it, old, changed) if isinstance(old, Choice) else changed(old)
    if value is not old or not isinstance(value, (list, set, dict)):
        assign(it, node.target, value, scope)
    return NORMAL


def _as_load(target: ast.expr) -> ast.expr:
    match target:
        case ast.Name(id=name):
            return ast.Name(name, ast.Load())
        case ast.Attribute(value=value, attr=name):
            return ast.Attribute(value, name, ast.Load())
        case ast.Subscript(value=value, slice=index):
            return ast.Subscript(value, index, ast.Load())
        case _:
            return target


def _delete(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    assert isinstance(node, ast.Delete)
    for target in node.targets:
        delete(it, target, scope)
    return NORMAL


def _function(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    function: Value = decorated(it, make_function(it, node, scope), node, scope)
    it.bind(scope, node.name, function)
    return NORMAL


def _class(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    assert isinstance(node, ast.ClassDef)
    it.bind(scope, node.name, make_class(it, node, scope))
    return NORMAL


def _return(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    assert isinstance(node, ast.Return)
    return Completion(RETURN, None if node.value is None else it.evaluate(node.value, scope))


def _raise(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    assert isinstance(node, ast.Raise)
    if node.exc is not None:
        it.evaluate(node.exc, scope)
    return Completion(RAISE)


def _global(_it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    assert isinstance(node, ast.Global)
    scope.global_names.update(node.names)
    return NORMAL


def _nonlocal(_it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    assert isinstance(node, ast.Nonlocal)
    scope.nonlocal_names.update(node.names)
    return NORMAL


def _is_exit(it: Interpreter, node: ast.Call, scope: Scope) -> bool:
    if not isinstance(node.func, (ast.Name, ast.Attribute)):
        return False
    text = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
    if text not in {"exit", "quit", "_exit", "abort"}:
        return False
    function = it.evaluate(node.func, scope)
    match function:
        case Builtin(name=name):
            return name in {"exit", "quit"}
        case PublicName(path=path):
            return path in _EXITS
        case _:
            return False


def _broken(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    """A statement that does not parse yet: what it would have changed is unknown, and only that."""
    assert isinstance(node, Broken)
    reason = it.unknown("this statement does not parse", node)
    for name in node.mentions:
        first, _, rest = name.partition(".")
        value = scope.find(first)
        held = value.model if isinstance(value, Instance) else value
        if isinstance(held, SequentialValue) and rest in {"add", "pop", "build"}:
            held.stale = True
            it.happen(held, Obscured(reason))
        elif rest and isinstance(value, (list, set, dict)):
            forget(it, value, reason)
    for target in node.targets:
        if target.isidentifier():
            it.bind(scope, target, it.unknown("the statement that sets it does not parse", node, name=target))
    return NORMAL


def _pass(_it: Interpreter, _node: ast.stmt, _scope: Scope) -> Completion:
    return NORMAL


def _break(_it: Interpreter, _node: ast.stmt, _scope: Scope) -> Completion:
    return Completion(BREAK)


def _continue(_it: Interpreter, _node: ast.stmt, _scope: Scope) -> Completion:
    return Completion(CONTINUE)


def _assert(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    assert isinstance(node, ast.Assert)
    it.evaluate(node.test, scope)
    return NORMAL


EXECUTORS: dict[type[ast.AST], Executor] = {
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Delete: _delete,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
    ast.With: execute_with,
    ast.AsyncWith: execute_with,
    ast.If: execute_if,
    ast.Match: execute_match,
    ast.Try: execute_try,
    ast.For: execute_for,
    ast.AsyncFor: execute_for,
    ast.While: execute_while,
    ast.Import: execute_import,
    ast.ImportFrom: execute_import_from,
    ast.Pass: _pass,
    Broken: _broken,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Assert: _assert,
}
if hasattr(ast, "TryStar"):
    EXECUTORS[ast.TryStar] = execute_try
STATEMENTS.update(EXECUTORS)
