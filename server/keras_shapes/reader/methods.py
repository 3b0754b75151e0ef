"""Methods of plain values, of models, and of what libraries give."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import Argument
from keras_shapes.reader.applying import functional_of
from keras_shapes.reader.choices import each_way, settled
from keras_shapes.reader.classes import kind_of_base
from keras_shapes.reader.command_line import Parser, method_of_parser
from keras_shapes.reader.dict_methods import method_of_dict
from keras_shapes.reader.forgetting import forget, forget_arguments
from keras_shapes.reader.functions import call_function
from keras_shapes.reader.graph_training import note_on_instance
from keras_shapes.reader.inheritance import find_in_class, public_bases
from keras_shapes.reader.library_calls import library_method
from keras_shapes.reader.list_methods import method_of_list
from keras_shapes.reader.sequential import give_layers, method_of_model
from keras_shapes.reader.set_methods import method_of_set
from keras_shapes.reader.tensors import tensor_of
from keras_shapes.reader.text_methods import method_of_text
from keras_shapes.reader.tuners import Tuner, method_of_tuner
from keras_shapes.reader.user_code import call_inside, weight
from keras_shapes.reader.values import (
    Builtin,
    Choice,
    Class,
    Function,
    Instance,
    Items,
    SequentialValue,
    SuperObject,
    Value,
)

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

_OF_A_TUPLE = frozenset({"count", "index", "copy"})
"""The methods that leave a list as it is."""
Arguments = tuple[Argument, ...]


def call_method(it: Interpreter, owner: Value, name: str, arguments: Arguments, node: ast.AST) -> Value:
    """`owner.name(…)`."""
    match owner:
        case Choice():
            return each_way(it, owner, lambda option: call_method(it, option, name, arguments, node))
        case SequentialValue():
            return method_of_model(it, owner, name, arguments, node)
        case Instance():
            return _of_instance(it, owner, name, arguments, node)
        case SuperObject():
            return _of_super(it, owner, name, arguments, node)
        case Tuner():
            return method_of_tuner(it, owner, name, arguments, node)
        case Parser():
            return method_of_parser(it, owner, name, arguments, node)
        case list():
            return method_of_list(it, owner, name, arguments, node)
        case Items() if name not in _OF_A_TUPLE:
            forget(it, owner, it.unknown("one of several lists was changed", node))
            forget_arguments(it, arguments, node)
            return it.unknown(f"{name}() is not read", node)
        case dict():
            return method_of_dict(it, owner, name, arguments, node)
        case set():
            return method_of_set(it, owner, name, arguments, node)
        case str():
            return method_of_text(it, owner, name, arguments, node)
        case Builtin(name="list" | "dict" | "set" | "str" | "deque") if arguments and arguments[0].name is None:
            # `list.append(items, x)`: the method of the first argument
            return call_method(it, settled(arguments[0].value, it.guards), name, arguments[1:], node)
        case Builtin(name="dict") if name == "fromkeys":
            return it.unknown("fromkeys() is not read", node)
        case _:
            value = library_method(it, owner, name, arguments, node)
            if value is not None:
                return value
            forget_arguments(it, arguments, node)
            return it.unknown(f"{name}() is not read", node)


def _of_instance(it: Interpreter, owner: Instance, name: str, arguments: Arguments, node: ast.AST) -> Value:
    if owner.model is not None:
        return method_of_model(it, owner.model, name, arguments, node)
    unknown = it.unknown(f"{name}() of a model of the user's own", node)
    if not public_bases(owner.cls):
        return unknown
    given = next((a for a in arguments if a.name in {"x", "input_shape", None}), None)
    match name:
        case "compile":
            note_on_instance(it, owner, name, arguments, node)
        case "fit" | "predict" | "evaluate" | "train_on_batch" if given is not None:
            tensor = tensor_of(it, given.value)
            inside = None if owner.graph is not None else _call_on(it, owner, tensor, given, node)
            note_on_instance(it, owner, name, arguments, node, given=tensor, inside=inside)
        case "build" if given is not None and isinstance(given.value, tuple | list):
            _call_on(it, owner, Array(tuple(given.value), "float32", library="keras"), given, node)
        case "add_weight" if (made := weight(arguments)) is not None:
            return made
    return unknown


def _call_on(it: Interpreter, owner: Instance, tensor: Value, given: Argument, node: ast.AST) -> Value:
    return call_inside(it, owner, (Argument(None, tensor, given.span, given.value_span),), node)


def _of_super(it: Interpreter, owner: SuperObject, name: str, arguments: Arguments, node: ast.AST) -> Value:
    for base in owner.cls.bases:
        found = find_in_class(base, name) if isinstance(base, Class) else None
        if found is not None and isinstance(found[0], Function):
            span = it.span(node)
            return call_function(it, found[0], (Argument(None, owner.owner, span, span), *arguments), node)
    instance = owner.owner
    if not isinstance(instance, Instance):
        return it.unknown(f"{name}() of a library's class", node)
    if name == "__init__":
        if instance.model is not None:
            give_layers(it, instance.model, arguments)
        elif any(kind_of_base(base) == "model" for base in public_bases(instance.cls)):
            instance.graph = functional_of(it, arguments, node)
        return None
    if instance.model is not None:
        return method_of_model(it, instance.model, name, arguments, node)
    return it.unknown(f"{name}() of a library's class", node)
