"""Functions of the user's: made, given their arguments, and run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Argument, Unknown
from keras_shapes.reader.choices import choose
from keras_shapes.reader.exits import catching
from keras_shapes.reader.forgetting import lose_options
from keras_shapes.reader.interpreter import NORMAL, RAISE, RETURN, Completion, Frame, Yielded
from keras_shapes.reader.scopes import Scope
from keras_shapes.reader.values import Class, Function, Generated, Guards, Partial, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keras_shapes.reader.interpreter import Interpreter

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_KINDS = {
    "staticmethod": "static",
    "classmethod": "class",
    "property": "property",
    "cached_property": "property",
    "contextmanager": "context manager",
}


def make_function(it: Interpreter, node: Definition, scope: Scope, owner: Class | None = None) -> Function:
    """The value of a `def` or `lambda`, with its defaults evaluated now, as Python does."""
    arguments = node.args
    defaults = tuple(it.evaluate(default, scope) for default in arguments.defaults)
    keyword_defaults = tuple(None if node is None else it.evaluate(node, scope) for node in arguments.kw_defaults)
    name = node.name if not isinstance(node, ast.Lambda) else "<lambda>"
    function = Function(node, name, scope, it.source, defaults, keyword_defaults, owner)
    if not isinstance(node, ast.Lambda):
        function.kind = _kind(node)
    it.functions.append(function)
    return function


def call_function(it: Interpreter, function: Function, arguments: Sequence[Argument], node: ast.AST) -> Value:
    """Run a function with arguments; `node` is the call. What a context manager does waits for its `with`."""
    if function.kind == "context manager":
        return Partial(function, tuple(arguments))
    return _run_in_scope(it, function, arguments, node, None)


def run_with_block(
    it: Interpreter,
    function: Function,
    arguments: Sequence[Argument],
    node: ast.AST,
    block: Callable[[Value], Completion],
) -> Completion:
    """Run a function of `contextlib.contextmanager`, with the block of its `with` at the place of its `yield`."""
    completions: list[Completion] = []

    def at_yield(value: Value) -> None:
        if not completions:
            completions.append(block(value))

    _run_in_scope(it, function, arguments, node, at_yield)
    return completions[0] if completions else block(it.unknown("a context manager that was not read", node))


def _run_in_scope(
    it: Interpreter,
    function: Function,
    arguments: Sequence[Argument],
    node: ast.AST,
    at_yield: Callable[[Value], None] | None,
) -> Value:
    limits = it.budget.limits
    if len(it.calls) >= limits.calls or sum(one.node is function.node for one in it.calls) > limits.calls // 6:
        return it.unknown("functions call each other too deeply", node)
    scope = Scope(module=function.scope.module or function.scope, parent=function.scope, name=function.name)
    crossing = it.span(node)
    it.calls.append(function)
    it.sites.append(None if node is function.node else crossing)
    depth, it.depth = it.depth, 0
    try:
        with it.reading(function.source, crossing):
            scope.bindings.update(bind_arguments(it, function, arguments, node))
            return _run(it, function, scope, at_yield)
    finally:
        it.calls.pop()
        it.sites.pop()
        it.depth = depth


def bind_arguments(
    it: Interpreter, function: Function, arguments: Sequence[Argument], node: ast.AST | None
) -> dict[str, Value]:
    """What the parameters stand for in a call. A parameter that got nothing is a named unknown."""
    parameters = function.node.args
    names = [item.arg for item in (*parameters.posonlyargs, *parameters.args)]
    bound: dict[str, Value] = {}
    rest: list[Value] = []
    extra: dict[Value, Value] = {}
    opaque = False
    for argument in arguments:
        if argument.name in {"*", "**"}:
            opaque = True
        elif argument.name is None:
            if len(bound) < len(names):
                bound[names[len(bound)]] = argument.value
            else:
                rest.append(argument.value)
        elif argument.name in names or argument.name in [item.arg for item in parameters.kwonlyargs]:
            bound[argument.name] = argument.value
        else:
            extra[argument.name] = argument.value
    _fill_defaults(it, function, bound, opaque=opaque)
    if parameters.vararg is not None:
        bound[parameters.vararg.arg] = parameter_of(function, parameters.vararg.arg) if opaque else tuple(rest)
    if parameters.kwarg is not None:
        bound[parameters.kwarg.arg] = extra
    return bound


def parameter_names(function: Function) -> list[str]:
    """Names of the positional parameters."""
    return [item.arg for item in (*function.node.args.posonlyargs, *function.node.args.args)]


def _fill_defaults(it: Interpreter, function: Function, bound: dict[str, Value], *, opaque: bool) -> None:
    names = parameter_names(function)
    first = len(names) - len(function.defaults)
    for position, name in enumerate(names):
        if name not in bound:
            has_default = position >= first and not opaque
            bound[name] = function.defaults[position - first] if has_default else parameter_of(function, name)
    for parameter, node, default in zip(
        function.node.args.kwonlyargs, function.node.args.kw_defaults, function.keyword_defaults, strict=True
    ):
        if parameter.arg not in bound:
            bound[parameter.arg] = default if node is not None else parameter_of(function, parameter.arg)


def parameter_of(function: Function, name: str) -> Unknown:
    """What a parameter stands for that no call gives a value."""
    return Unknown(
        f"{name} is a parameter of {function.name} that no call gives a value",
        None,
        name=name,
        key=("parameter", function.node, name),
    )


def _run(it: Interpreter, function: Function, scope: Scope, at_yield: Callable[[Value], None] | None) -> Value:
    it.called.add(function.node)
    if isinstance(function.node, ast.Lambda):
        return it.evaluate(function.node.body, scope)
    guards = it.guards
    frame = Frame(at_yield=at_yield)
    it.frames.append(frame)
    it.scopes.append(scope)
    try:
        with catching(it, RETURN):
            completion = it.execute(function.node.body, scope)
    except Yielded:
        completion = NORMAL
    finally:
        it.frames.pop()
        it.scopes.pop()
        it.guards = guards
    if completion.kind == RAISE and not frame.returned and frame.yielded is None:
        return it.fails(f"{function.name} raises an error", function.node)
    value = completion.value if completion.kind == RETURN else None
    if frame.yielded is not None:
        *earlier, last = frame.yielded
        return Generated(last, Unknown("a generator of unknown length"), tuple(earlier))
    return _returned(it, frame.returned, value, ended=completion.kind == RETURN)


def _returned(it: Interpreter, early: list[tuple[Guards, Value]], value: Value, *, ended: bool) -> Value:
    """Early returns on some ways and the last value, as one choice."""
    result = value
    for guards, returned in reversed(early):
        guard = guards[-1]
        if not ended and result is None:
            result = returned
            continue
        options = [returned if way in guard.allowed else result for way in range(guard.decision.count)]
        result = choose(guard.decision, options)
        lose_options(it, result, options)
    return result


def _kind(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    for decorator in node.decorator_list:
        text = decorator.attr if isinstance(decorator, ast.Attribute) else getattr(decorator, "id", "")
        if text in _KINDS:
            return _KINDS[text]
    return "function"


def decorated(it: Interpreter, function: Value, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Value:
    """The function after its decorators; those of libraries are taken to change nothing that matters here."""
    for decorator in reversed(node.decorator_list):
        value = it.evaluate(decorator, scope)
        if isinstance(value, Function):
            span = it.span(decorator)
            inner = it.call(value, [Argument(None, function, span, span)], decorator, scope)
            function = inner if isinstance(inner, Function) else function
    return function
