"""Training calls on functional models, and on objects of subclassed models, whose `call` says what they are."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Argument, Attribute, Call, TrainingCall
from keras_shapes.reader.features import with_features
from keras_shapes.reader.inheritance import find_in_class
from keras_shapes.reader.python_lists import fed
from keras_shapes.reader.sequential import name_span
from keras_shapes.reader.symbolic import mentions_tensor
from keras_shapes.reader.training import FEEDING, TRAINING_METHODS
from keras_shapes.reader.values import Instance, TrainedGraph, Value
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

_MOST = 200
_OWN_STEPS = ("train_step", "test_step", "compute_loss")
"""Methods with which a class trains in its own way: what labels meet then is not known."""


def note_method(it: Interpreter, method: Attribute, arguments: tuple[Argument, ...], node: ast.AST) -> bool:
    """Note `model.fit(…)` and the like on a functional model, if it is that."""
    model = method.target
    if method.name not in TRAINING_METHODS or not isinstance(model, Call) or id(model) not in it.functionals:
        return False
    _note(it, model, method.name, arguments, node)
    return method.name not in ("predict", "predict_on_batch", "__call__")


def note_on_instance(
    it: Interpreter,
    owner: Instance,
    method: str,
    arguments: tuple[Argument, ...],
    node: ast.AST,
    *,
    given: Value = None,
    inside: Value = None,
) -> None:
    """Note a training call on an object of a subclass: `inside` is what its `call` makes of the tensor `given`."""
    if any(find_in_class(owner.cls, name) is not None for name in _OWN_STEPS):
        return
    span = it.span(node)
    ends: tuple[Argument, ...] = ()
    if mentions_tensor(inside):
        ends = (Argument("inputs", given, span, span), Argument("outputs", inside, span, span))
    _note(it, owner.graph or owner, method, arguments, node, ends)


def _note(
    it: Interpreter,
    owner: Value,
    method: str,
    arguments: tuple[Argument, ...],
    node: ast.AST,
    ends: tuple[Argument, ...] = (),
) -> None:
    span: Span = it.span(node)
    if it.source.foreign or it.caught or len(it.trained_graphs) >= _MOST:
        return
    if method in FEEDING:
        arguments = tuple(with_features(it, fed(it, argument, node)) for argument in arguments)
    call = TrainingCall(method, arguments, span, name_span(it, node), it.expects_error, it.caught)
    it.trained_graphs.append(TrainedGraph(owner, call, it.guards, ends))
