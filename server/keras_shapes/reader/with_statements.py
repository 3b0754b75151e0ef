"""`with`: what a context manager does before and after its block, and whether it swallows errors."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from keras_shapes.model import Argument
from keras_shapes.reader.assignment import assign
from keras_shapes.reader.choices import settled
from keras_shapes.reader.contents import leaves_of
from keras_shapes.reader.errors import may_stop
from keras_shapes.reader.forgetting import forget
from keras_shapes.reader.functions import run_with_block
from keras_shapes.reader.inheritance import find_in_class
from keras_shapes.reader.interpreter import NORMAL, RAISE, Completion
from keras_shapes.reader.operators import truth
from keras_shapes.reader.values import Bound, Choice, Function, Instance, Partial, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope

_EXPECTING = frozenset({"raises", "assertRaises", "assertRaisesRegex", "assertRaisesRegexp"})


def execute_with(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    """`with a as b, c as d:`: each manager holds the rest."""
    assert isinstance(node, (ast.With, ast.AsyncWith))
    return _enter(it, node.items, node.body, scope)


def _enter(it: Interpreter, items: Sequence[ast.withitem], body: list[ast.stmt], scope: Scope) -> Completion:
    if not items:
        return it.execute(body, scope)
    first, *rest = items
    manager = settled(it.evaluate(first.context_expr, scope), it.guards)

    def block(value: Value) -> Completion:
        if first.optional_vars is not None:
            assign(it, first.optional_vars, value, scope)
        return _enter(it, rest, body, scope)

    match manager:
        case Partial(function=Function(kind="context manager") as function, arguments=arguments):
            return run_with_block(it, function, arguments, first.context_expr, block)
        case Instance(cls=cls) if find_in_class(cls, "__enter__") is not None:
            return _of_instance(it, manager, first.context_expr, block)
        case Choice() if any(isinstance(leaf, Instance | Partial) for leaf in leaves_of(manager)):
            return _one_of_several(it, manager, first.context_expr, block)
        case _ if _name(first.context_expr) in _EXPECTING:
            return _expecting_error(it, lambda: block(manager))
        case _ if _name(first.context_expr) == "suppress" and not rest:
            return may_stop(it, body, [], scope)
        case _:
            return block(manager)


def _of_instance(
    it: Interpreter, manager: Instance, node: ast.expr, block: Callable[[Value], Completion]
) -> Completion:
    """`__enter__` gives the value; an `__exit__` that returns something true swallows an error."""
    completion = block(_call(it, manager, "__enter__", (), node))
    swallowed = truth(_call(it, manager, "__exit__", (None, None, None), node))
    return NORMAL if completion.kind == RAISE and swallowed is not False else completion


def _one_of_several(
    it: Interpreter, managers: Choice, node: ast.expr, block: Callable[[Value], Completion]
) -> Completion:
    """Which manager it is, is not known: what it does to what it holds is not either, nor whether it swallows."""
    reason = it.unknown(f"depends on {managers.decision.text}", node)
    forget(it, managers, reason)
    completion = block(reason)
    forget(it, managers, reason)
    return NORMAL if completion.kind == RAISE else completion


def _call(it: Interpreter, owner: Instance, name: str, values: tuple[Value, ...], node: ast.expr) -> Value:
    found = find_in_class(owner.cls, name)
    if found is None or not isinstance(found[0], Function):
        return None
    span = it.span(node)
    return it.call(
        Bound(owner, name, found[0]), [Argument(None, value, span, span) for value in values], node, it.globals
    )


def _expecting_error(it: Interpreter, block: Callable[[], Completion]) -> Completion:
    """Code that is meant to fail: what it builds is not reported."""
    before, it.expects_error = it.expects_error, True
    try:
        completion = block()
    finally:
        it.expects_error = before
    return NORMAL if completion.kind == RAISE else completion


def _name(node: ast.expr) -> str:
    function = node.func if isinstance(node, ast.Call) else node
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
