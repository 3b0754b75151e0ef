"""Features: what `predict` of a base model gives, a shape that only Keras knows."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from keras_shapes.data import Array, Features
from keras_shapes.model import Apply, Argument, Attribute, Call, PublicName
from keras_shapes.reader.choices import settled
from keras_shapes.reader.library import data_of
from keras_shapes.reader.values import Value
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

PREDICTING: Final = frozenset({"predict", "predict_on_batch"})


def gives_features(model: Call, method: str) -> bool:
    """Whether a method gives what a model of Keras makes of data."""
    path = model.target.path
    return method in PREDICTING and (path.startswith("keras.applications.") or path == "keras.Model")


def predicted(it: Interpreter, model: Call, arguments: tuple[Argument, ...], node: ast.AST) -> Array:
    """An array of unknown rank; met as it is, its shape is asked of Keras."""
    given = next((each for each in arguments if each.name in {"x", None}), None)
    value = data_of(settled(given.value, it.guards)) if given is not None else None
    span = it.span(node)
    array = Array(None, "float32", origin="what predict() gives", span=span, library="numpy")
    rows = value.shape[0] if isinstance(value, Array) and value.shape else None
    if isinstance(value, Array):
        it.features[id(array)] = array, Features(_shape(model, value, span), rows, _giver(it, node), span)
    return array


def with_features(it: Interpreter, argument: Argument) -> Argument:
    """An argument with what Keras can be asked about in the places of such arrays."""

    def known(value: Value) -> Value:
        found = it.features.get(id(value))
        return value if found is None else found[1]

    value = argument.value
    parts = tuple(map(known, value)) if isinstance(value, tuple) else ()
    changed = parts if any(isinstance(part, Features) for part in parts) else known(value)
    return argument if changed is value else replace(argument, value=changed)


def _shape(model: Call, images: Array, span: Span) -> Attribute:
    """What comes out for images of this size; where it is not known, what the model says of itself."""
    sizes = images.shape[1:] if images.shape else ()
    if not sizes or not all(isinstance(size, int) for size in sizes):
        return Attribute(model, "output_shape", span)
    tensor = Call(PublicName("keras.Input"), (Argument("shape", tuple(sizes), span, span),), span, span)
    return Attribute(Apply(model, (Argument(None, tensor, span, span),), span), "shape", span)


def _giver(it: Interpreter, node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    text = it.source.text(function.value) if isinstance(function, ast.Attribute) else ""
    return text if text.isidentifier() else "the model"
