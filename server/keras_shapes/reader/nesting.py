"""How many layers there are in models inside models, where what is shared counts as often as it is there.

Keras makes each of them, so that a model which holds another one twice takes twice as long, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.model import Apply, Call, Expression, Model, Unknown
from keras_shapes.reader.limits import TOO_MANY

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


def within_bounds(it: Interpreter, model: Model) -> Model:
    """The model, or one that is not known in its place where it has more layers than Keras is asked to make."""
    holds_models = any(True for node in model.nodes for _ in _models_in(node.expression))
    return too_many(model) if holds_models and _layers(it, model) > it.budget.limits.layers_inside else model


def too_many(model: Model) -> Model:
    """A model that is not known, because there is too much of it."""
    incomplete = Unknown(TOO_MANY, model.span)
    return replace(model, nodes=(), training=(), ends=(), incomplete=incomplete)


def _layers(it: Interpreter, model: Model) -> int:
    if id(model) not in it.layers:
        inner = sum(_layers(it, each) for node in model.nodes for each in _models_in(node.expression))
        it.layers[id(model)] = model, len(model.nodes) + inner
    return it.layers[id(model)][1]


def _models_in(expression: Expression) -> Iterator[Model]:
    """The models that a node applies, also in wrappers: `TimeDistributed(model)`."""
    match expression:
        case Model():
            yield expression
        case Apply(target=Model() | Call() as target):
            yield from _models_in(target)
        case Call(arguments=arguments):
            for argument in arguments:
                if isinstance(argument.value, Model | Call):
                    yield from _models_in(argument.value)
