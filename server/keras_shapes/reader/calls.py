"""Calls: arguments are evaluated here, and whatever is called is found here."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import Apply, Argument, Attribute, Call, Item, PublicName, ReadableFunction, Unknown, UserCode
from keras_shapes.reader.builtin_calls import call_builtin
from keras_shapes.reader.choices import each_way, settled
from keras_shapes.reader.classes import instantiate
from keras_shapes.reader.contents import as_items, is_guarded
from keras_shapes.reader.declarations import declared_layer
from keras_shapes.reader.features import gives_features, predicted
from keras_shapes.reader.forgetting import forget_arguments
from keras_shapes.reader.functions import call_function
from keras_shapes.reader.graph_training import note_method
from keras_shapes.reader.library import asked_of_layer
from keras_shapes.reader.library_calls import named
from keras_shapes.reader.methods import call_method
from keras_shapes.reader.public_calls import call_public
from keras_shapes.reader.sequential import apply_model
from keras_shapes.reader.symbolic import is_layer
from keras_shapes.reader.unknowns import derived
from keras_shapes.reader.user_code import apply_instance, apply_layer
from keras_shapes.reader.values import (
    Bound,
    Builtin,
    Choice,
    Class,
    Function,
    Instance,
    Partial,
    SequentialValue,
    Value,
)

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope

Arguments = tuple[Argument, ...]


def call_expression(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    """The value of `node`, an `ast.Call`."""
    assert isinstance(node, ast.Call)
    function = it.evaluate(node.func, scope)
    value = settled(call(it, function, _arguments(it, node, scope), node, scope), it.guards)
    if isinstance(value, Unknown) or (isinstance(value, Array) and value.shape is None):
        it.risks += 1
    return declared_layer(it, node, value) if it.source.has_declarations and is_layer(value) else value


def call(it: Interpreter, function: Value, arguments: Arguments, node: ast.AST, scope: Scope) -> Value:
    """Call a value."""
    function = settled(function, it.guards)
    match function:
        case Choice():
            return each_way(it, function, lambda option: call(it, option, arguments, node, scope))
        case PublicName():
            return call_public(it, function, arguments, node)
        case Function():
            return call_function(it, function, arguments, node)
        case Bound():
            return _call_bound(it, function, arguments, node)
        case Builtin():
            return call_builtin(it, function.name, arguments, node, scope)
        case Class():
            return instantiate(it, function, arguments, node)
        case Partial():
            given = (*function.arguments, *arguments)
            in_order = sorted(given, key=lambda argument: argument.name not in {None, "*"})
            return call(it, function.function, tuple(in_order), node, scope)
        case SequentialValue():
            return apply_model(it, function, arguments, node)
        case Instance():
            return _call_instance(it, function, arguments, node)
        case Unknown():
            return _call_unknown(it, function, arguments, node)
        case Attribute(target=Call() as layer, name=name) if (asked := asked_of_layer(layer, name)) is not None:
            return named(it, asked, node)
        case Attribute() if note_method(it, function, arguments, node):
            return None if function.name == "compile" else it.unknown("what training gives", node)
        case Attribute(target=Call() as model, name=name) if gives_features(model, name):
            return predicted(it, model, arguments, node)
        case Call() | UserCode() | Item() | Attribute() | Apply() | ReadableFunction():
            return apply_layer(it, function, arguments, node)
        case _:
            forget_arguments(it, arguments, node)
            return it.unknown("this is called, and is not known to be a function", node)


def _arguments(it: Interpreter, node: ast.Call, scope: Scope) -> Arguments:
    from keras_shapes.reader.iteration import items_of

    found: list[Argument] = []
    for item in node.args:
        span = it.span(item)
        if not isinstance(item, ast.Starred):
            found.append(Argument(None, it.evaluate(item, scope), span, span))
            continue
        values = items_of(it, settled(it.evaluate(item.value, scope), it.guards), item)
        if isinstance(values, list) and not is_guarded(values):
            found += [Argument(None, value, span, span) for value in values]
        else:
            found.append(Argument("*", as_items(values) if isinstance(values, list) else values, span, span))
    for keyword in node.keywords:
        found += _keyword(it, keyword, scope)
    return tuple(found)


def _keyword(it: Interpreter, keyword: ast.keyword, scope: Scope) -> list[Argument]:
    value = it.evaluate(keyword.value, scope)
    span, value_span = it.span(keyword), it.span(keyword.value)
    if keyword.arg is not None:
        return [Argument(keyword.arg, value, span, value_span)]
    value = settled(value, it.guards)
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return [Argument(key, item, span, value_span) for key, item in value.items()]
    return [Argument("**", value, span, value_span)]


def _call_bound(it: Interpreter, bound: Bound, arguments: Arguments, node: ast.AST) -> Value:
    if bound.function is not None:
        span = it.span(node)
        return call_function(it, bound.function, (Argument(None, bound.owner, span, span), *arguments), node)
    return call_method(it, bound.owner, bound.name, arguments, node)


def _call_instance(it: Interpreter, instance: Instance, arguments: Arguments, node: ast.AST) -> Value:
    from keras_shapes.reader.inheritance import find_in_class, public_bases

    if instance.model is not None:
        return apply_model(it, instance.model, arguments, node)
    if instance.graph is not None and find_in_class(instance.cls, "call") is None:
        return apply_layer(it, instance.graph, arguments, node)
    for name in ("__call__", "call", "forward"):
        found = find_in_class(instance.cls, name)
        if found is not None and isinstance(found[0], Function):
            span = it.span(node)
            if name == "call" and public_bases(instance.cls):
                return apply_instance(it, instance, arguments, node)
            return call_function(it, found[0], (Argument(None, instance, span, span), *arguments), node)
    reason = "a model of the user's own" if public_bases(instance.cls) else "not a function"
    return it.unknown(f"{instance.cls.name} is {reason}", node)


def _call_unknown(it: Interpreter, function: Unknown, arguments: Arguments, node: ast.AST) -> Value:
    """A function that is not known may do anything to the lists and dictionaries that it gets."""
    from keras_shapes.reader.hyperparameters import hyperparameter

    known = hyperparameter(it, function, arguments, node)
    if known is not None:
        return known
    values = tuple(argument.value for argument in arguments)
    forget_arguments(it, arguments, node)
    return derived(it, function, node, ("call", function, values))
