"""The functional model that a graph ends in, where every node of it is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import keras_api
from .describe import Plain, count, shape_of, weights_of
from .forms import functional
from .graph_refusal import is_refusal, plain_error
from .keras_api import keras
from .objects import Objects
from .refusal_text import because


def whole(objects: Objects, model: Plain, layers: Sequence[Plain]) -> Plain:
    """The functional model itself, where every node of it is known; `tensors` are the identities of those in it."""
    if model.get("kind") != "functional" or any("because" in layer for layer in layers):
        return {"params": None, "inputs": [], "outputs": []}
    try:
        objects.make([model["inputs"], model["outputs"]])
    except Exception as error:  # noqa: BLE001 - it is raised before the program comes to `Model`
        return _unknown(error)
    try:
        made = functional(objects, model)
    except Exception as error:  # noqa: BLE001 - the nodes have their shapes all the same
        refused = {"refused": {**plain_error(error), "stage": "model"}} if is_refusal(error) else {}
        return {**_unknown(error), **refused}
    declared = len(keras.tree.flatten(objects.make(model["inputs"])))
    params = weights_of(made)["params"] if declared == len(made.inputs) else _params_behind(made, declared)
    ends = {"inputs": _shapes(made.inputs[:declared]), "outputs": _shapes(made.outputs)}
    tensors = {id(tensor) for node in _nodes(made) for tensor in keras_api.outputs_of(node)}
    # a model that begins in the middle of another one is made of copies
    own = all(id(tensor) in tensors for tensor in keras.tree.flatten(objects.make(model["outputs"])))
    return {"params": params, **ends, "tensors": tensors if own else None}


def _unknown(error: Exception) -> Plain:
    return {"params": None, "inputs": [], "outputs": [], "because": because(error)}


def _nodes(model: Any) -> list[Any]:
    """The applications that a model is made of, in an order in which they can be done."""
    return [node for depth in sorted(model._nodes_by_depth, reverse=True) for node in model._nodes_by_depth[depth]]  # noqa: SLF001


def _params_behind(model: Any, declared: int) -> Any:
    """Numbers in the weights of the layers behind the declared inputs: what is behind data alone is a constant."""
    behind = {id(tensor) for tensor in model.inputs[:declared]}
    weights: list[Any] = []
    for node in _nodes(model):
        if any(id(tensor) in behind for tensor in keras_api.inputs_of(node)):
            behind.update(id(tensor) for tensor in keras_api.outputs_of(node))
            layer = keras_api.layer_at(node)
            told_of = weights_of(layer)
            if told_of["params"] is None:
                return None
            weights += keras_api.weights_of(layer)
    return count(weights)


def _shapes(tensors: Sequence[Any]) -> list[Any]:
    return [shape_of(tensor) for tensor in tensors]
