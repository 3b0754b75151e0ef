"""The user's own layers and functions: what can be said of them without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.expressions import children
from keras_shapes.model import (
    Apply,
    Argument,
    Attribute,
    Call,
    Expression,
    Item,
    NumpyNumber,
    Operation,
    Parameter,
    PublicName,
    ReadableFunction,
    UserCode,
)
from keras_shapes.reader.applying import as_given, as_tensors, note_applied
from keras_shapes.reader.classes import initialise
from keras_shapes.reader.contents import is_open
from keras_shapes.reader.functions import call_function, parameter_names
from keras_shapes.reader.inheritance import find_in_class, public_bases
from keras_shapes.reader.late_state import REASON, is_set_late
from keras_shapes.reader.library import preprocessed_by
from keras_shapes.reader.limits import OutOfSteps
from keras_shapes.reader.needed import name_of, source_of
from keras_shapes.reader.scopes import Journal, undo
from keras_shapes.reader.sequential import name_span
from keras_shapes.reader.symbolic import mentions_tensor
from keras_shapes.reader.values import Class, Function, Instance, SequentialValue, Value
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = tuple[Argument, ...]
GIVEN_BY_KERAS = frozenset({"training", "mask"})
_NOT_TENSORS = frozenset({"load_weights", "summary", "compile", "fit", "save", "set_weights", "get_weights"})


def user_layer(it: Interpreter, cls: Class, arguments: Arguments, node: ast.AST) -> Value:
    """An instance of a custom layer class; its `__init__` is read, so that its inner layers and models are seen."""
    instance = Instance(cls, span=it.span(node))
    initialise(it, instance, arguments, node)
    layer = _user_layer(it, instance, arguments, node)
    it.instances_of_layers[id(layer)] = layer, instance
    return layer


def _user_layer(it: Interpreter, instance: Instance, arguments: Arguments, node: ast.AST) -> UserCode:
    cls = instance.cls
    if _is_set_late(it, cls):
        return UserCode(name_of(cls), arguments, it.span(node), name_span(it, node), REASON.format(cls.name))
    shape = _method(it, instance, "compute_output_shape", node)
    # Where the class says its output shape, Keras asks that and never traces `call`.
    told = shape is None and find_in_class(cls, "compute_output_shape") is not None
    base = next((one for one in public_bases(cls) if one.path.startswith("keras.")), None)
    return UserCode(
        name_of(cls),
        arguments,
        it.span(node),
        name_span(it, node),
        f"{cls.name} is code of this project, which was not run",
        source_of(cls),
        base,
        None if told else _method(it, instance, "call", node),
        shape,
    )


def user_function(it: Interpreter, function: Function) -> UserCode:
    """A function of the user's that Keras gets: an activation, a `Lambda` body, an initializer.

    It is read once: where a layer that has it is applied, which is when Keras calls it, else at the end.
    """
    if id(function) not in it.user_functions:
        it.user_functions[id(function)] = function, _user_function(it, function)
    return it.user_functions[id(function)][1]


def _user_function(it: Interpreter, function: Function) -> UserCode:
    span = Span(0, 0) if function.source.foreign else function.source.span(function.node)
    if _is_set_late(it, function):
        return UserCode(name_of(function), None, span, span, REASON.format(function.name))
    reason = f"{function.name} is code of this project, which was not run"
    parameters = len(parameter_names(function)) - len(function.defaults)
    readable = _readable(it, function, (), parameters, span)
    return UserCode(name_of(function), None, span, span, reason, source_of(function), None, readable)


def apply_layer(it: Interpreter, layer: Value, arguments: Arguments, node: ast.AST) -> Value:
    """`layer(x)`: an expression, whose shape Keras can be asked for."""
    if isinstance(layer, Attribute) and layer.name in _NOT_TENSORS:
        return None
    _read_functions(it, layer)
    inside = None
    if id(layer) in it.instances_of_layers and len(it.calls) < it.budget.limits.calls // 2:
        inside = call_inside(it, it.instances_of_layers[id(layer)][1], as_tensors(arguments), node)
    preprocessed = preprocessed_by(layer, arguments)
    if preprocessed is not None:
        return preprocessed
    given = as_tensors(tuple(map(as_given, arguments)))
    told = isinstance(layer, UserCode) and id(layer) in it.instances_of_layers and _tells_shape(it, layer)
    made = Apply(layer, given, it.span(node), inside if mentions_tensor(inside) and not told else None)
    # a method of a model (`get_layer`, `predict`) is no layer
    return made if isinstance(layer, Attribute) else note_applied(it, made)


def _read_functions(it: Interpreter, layer: Value) -> None:
    """Read the functions of a layer that is applied: what they use of the program has its value of now."""
    for argument in layer.arguments if isinstance(layer, Call) else ():
        if isinstance(argument.value, Function):
            user_function(it, argument.value)


def _tells_shape(it: Interpreter, layer: UserCode) -> bool:
    """Whether the class says what comes out: Keras believes that, and never asks `call`."""
    cls = it.instances_of_layers[id(layer)][1].cls
    return any(find_in_class(cls, name) is not None for name in ("compute_output_shape", "compute_output_spec"))


def apply_instance(it: Interpreter, owner: Instance, arguments: Arguments, node: ast.AST) -> Value:
    """`net(x)` of a subclassed model: what its `call` gives, as one application where that is a tensor."""
    given = as_tensors(tuple(map(as_given, arguments)))
    inside = call_inside(it, owner, given, node)
    return note_applied(it, Apply(owner, given, it.span(node), inside)) if mentions_tensor(inside) else inside


def call_inside(it: Interpreter, owner: Instance, arguments: Arguments, node: ast.AST) -> Value:
    """What the `call` of a custom layer or model does with tensors, after its `build`; None where it has none."""
    call = find_in_class(owner.cls, "call")
    if call is None or not isinstance(call[0], Function):
        return None
    span = it.span(node)
    itself = Argument(None, owner, span, span)
    _build(it, owner, arguments, node)
    return call_function(it, call[0], (itself, *arguments, *_filled_in(call[0], arguments, span)), node)


def _filled_in(call: Function, arguments: Arguments, span: Span) -> Iterator[Argument]:
    """What Keras gives a `call` that asks for it, where nobody else does."""
    required = call.node.args.args[: len(call.node.args.args) - len(call.defaults)]
    for parameter in required[1 + sum(argument.name is None for argument in arguments) :]:
        if parameter.arg in GIVEN_BY_KERAS and all(argument.name != parameter.arg for argument in arguments):
            yield Argument(parameter.arg, None, span, span)


def weight(arguments: Arguments) -> Value | None:
    """What `self.add_weight(shape=…)` gives: a tensor of that shape; None where it is not known."""
    given = next((argument.value for argument in arguments if argument.name in {"shape", None}), None)
    if not isinstance(given, tuple | list) or is_open(given):
        return None
    return Array(tuple(given), "float32", library="keras")


def _build(it: Interpreter, owner: Instance, arguments: Arguments, node: ast.AST) -> None:
    """Keras calls `build` with the shape of the first tensor, before the first `call`."""
    build = find_in_class(owner.cls, "build")
    if build is None or not isinstance(build[0], Function) or not arguments:
        return
    first, span = arguments[0].value, it.span(node)
    shape = first.shape if isinstance(first, Array) else Attribute(first, "shape", span)
    given = (Argument(None, owner, span, span), Argument(None, shape, span, span))
    call_function(it, build[0], given, node)


def _is_set_late(it: Interpreter, thing: Class | Function) -> bool:
    if thing.node not in it.set_late:
        it.set_late[thing.node] = is_set_late(thing, {thing.source.tree, it.source.tree})
    return it.set_late[thing.node]


def _method(it: Interpreter, instance: Instance, name: str, node: ast.AST) -> ReadableFunction | None:
    found = find_in_class(instance.cls, name)
    if found is None or not isinstance(found[0], Function):
        return None
    required = len(parameter_names(found[0])) - len(found[0].defaults) - 1
    return _readable(it, found[0], (instance,), required, it.span(node))


def _readable(
    it: Interpreter, function: Function, first: tuple[Value, ...], parameters: int, span: Span
) -> ReadableFunction | None:
    """What a function does with symbolic parameters, where that is an expression to its last part."""
    if not 1 <= parameters <= 4 or len(it.calls) >= it.budget.limits.calls // 2:
        return None
    symbols = [Parameter(number) for number in range(parameters)]
    arguments = tuple(Argument(None, value, span, span) for value in (*first, *symbols))
    with _trying(it) as journal:
        try:
            result = call_function(it, function, arguments, function.node)
        except OutOfSteps:
            return None
        finally:
            undo(journal)
    if not _is_expressed(result, set()):
        return None
    return ReadableFunction(parameters, result, span)


@contextmanager
def _trying(it: Interpreter) -> Iterator[Journal]:
    """Read something to see what it does; what it does to models and settings is forgotten."""
    models, applied = len(it.models), len(it.applied)
    trained = len(it.trained_graphs)
    settings, left, called = dict(it.settings), it.budget.left, set(it.called)
    it.budget.left = min(left, it.budget.limits.loop_steps)
    with it.journal() as journal, it.watching_models() as changes:
        try:
            yield journal
        finally:
            it.settings, it.budget.left, it.called = settings, left, called
            del it.models[models:], it.applied[applied:], it.trained_graphs[trained:]
            for model, count in changes.items():
                del model.events[count:]


def _is_expressed(value: Expression, seen: set[int]) -> bool:
    if id(value) in seen:
        return True
    seen.add(id(value))
    if value is ...:
        return True
    match value:
        case Parameter() | None | bool() | int() | float() | str() | slice() | NumpyNumber() | PublicName():
            return True
        case UserCode(readable=ReadableFunction()):
            return True
        case SequentialValue():
            return True
        case tuple() | list() if not value:
            return False
        case tuple() | list() | Call() | Apply() | Attribute() | Item() | Operation():
            return all(_is_expressed(child, seen) for child in children(value))
        case _:
            return False
