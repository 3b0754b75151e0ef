"""Functions and methods that the program does not call, but that hold models: read with what is known."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Argument
from keras_shapes.reader.attributes import find_in_class, public_bases
from keras_shapes.reader.classes import instantiate, kind_of_base
from keras_shapes.reader.functions import call_function
from keras_shapes.reader.limits import OutOfSteps
from keras_shapes.reader.values import Class, Function, Instance, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keras_shapes.reader.interpreter import Interpreter

_ROUNDS = 4


def read_uncalled(it: Interpreter) -> None:
    """Read functions until every place that makes a model was reached, or cannot be."""
    instances: dict[int, Value] = {}
    for _ in range(_ROUNDS):
        waiting = list(_waiting(it))
        if not waiting:
            return
        for function in waiting:
            if function.node not in it.called:
                it.budget.refill()
                try:
                    _read(it, function, instances)
                except OutOfSteps:
                    it.guards = ()
                it.called.add(function.node)


def _waiting(it: Interpreter) -> Iterator[Function]:
    """Functions of this document that hold a place that makes a model and were never called, outermost first."""
    for function in list(it.functions):
        if function.node not in it.called and not function.source.foreign and _is_wanted(function):
            yield function


def _is_wanted(function: Function) -> bool:
    if function.source.makes_model(function.node):
        return True
    if function.owner is not None and function.name in {"call", "train_step"}:
        return any(kind_of_base(base) == "model" for base in public_bases(function.owner))
    return False


def _read(it: Interpreter, function: Function, instances: dict[int, Value]) -> None:
    span = it.span(function.node)
    if function.owner is None or function.kind == "static" or isinstance(function.node, ast.Lambda):
        call_function(it, function, (), function.node)
        return
    if function.kind == "class":
        call_function(it, function, (Argument(None, function.owner, span, span),), function.node)
        return
    owner = instances.get(id(function.owner))
    if owner is None:
        owner = _instance(it, function.owner)
        instances[id(function.owner)] = owner
    if function.node not in it.called:
        call_function(it, function, (Argument(None, owner, span, span),), function.node)


def _instance(it: Interpreter, cls: Class) -> Value:
    """An instance to read a method with: `__init__` is read first, with unknown arguments."""
    value = instantiate(it, cls, (), cls.node)
    if isinstance(value, Instance):
        return value
    instance = Instance(cls, span=it.span(cls.node))
    found = find_in_class(cls, "__init__")
    if found is not None and isinstance(found[0], Function):
        span = it.span(cls.node)
        call_function(it, found[0], (Argument(None, instance, span, span),), cls.node)
    return instance
