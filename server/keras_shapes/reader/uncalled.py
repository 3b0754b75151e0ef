"""Functions and methods that the program does not call, but that hold models: read with what is known."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Argument
from keras_shapes.reader.classes import initialise, instantiate
from keras_shapes.reader.functions import call_function
from keras_shapes.reader.limits import OutOfSteps
from keras_shapes.reader.values import Class, Function, InputGiven, Instance, SequentialValue, Trained, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

_ROUNDS = 4


def read_uncalled(it: Interpreter) -> None:
    """Read functions until every place that makes or uses a model was reached, or cannot be."""
    for _ in range(_ROUNDS):
        waiting = [function for function in it.functions if _is_wanted(it, function)]
        if not waiting:
            return
        for function in waiting:
            if function.node not in it.called:
                _read_one(it, function)


def _read_one(it: Interpreter, function: Function) -> None:
    it.budget.refill()
    counts = {id(model): len(model.events) for model in it.models}
    try:
        _read(it, function)
    except OutOfSteps:
        it.guards = ()
    it.called.add(function.node)
    for model in it.models:
        # nobody calls it: it may tell what data a model would meet, and never what the model is made of
        known = counts.get(id(model), len(model.events))
        later = [event for event in model.events[known:] if isinstance(event.happening, (Trained, InputGiven))]
        model.events[known:] = later


def _is_wanted(it: Interpreter, function: Function) -> bool:
    """Whether an uncalled function of this document makes a model, or is a method where models are held."""
    if function.node in it.called or function.source.foreign:
        return False
    return function.source.makes_model(function.node) or (
        function.owner is not None and _holds_model(it, function.owner)
    )


def _holds_model(it: Interpreter, cls: Class) -> bool:
    instance = it.instances.get(cls)
    return instance is not None and any(isinstance(value, SequentialValue) for value in instance.attributes.values())


def _read(it: Interpreter, function: Function) -> None:
    span = it.span(function.node)
    if function.owner is None or function.kind == "static" or isinstance(function.node, ast.Lambda):
        call_function(it, function, (), function.node)
        return
    owner: Value = function.owner
    if function.kind != "class":
        owner = it.instances.get(function.owner) or _instance(it, function.owner)
    if function.node not in it.called:
        call_function(it, function, (Argument(None, owner, span, span),), function.node)


def _instance(it: Interpreter, cls: Class) -> Value:
    """An instance to read a method with: `__init__` is read first, with unknown arguments."""
    value = instantiate(it, cls, (), cls.node)
    if isinstance(value, Instance):
        return value
    instance = it.instances[cls] = Instance(cls, span=it.span(cls.node))
    initialise(it, instance, (), cls.node)
    return instance
