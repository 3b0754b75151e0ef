"""The layers of models that are put in as layers, as Keras noted them when it made the model."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from . import keras_api
from .keras_api import keras

_KERAS = ("keras.", "tf_keras.")


class Uncounted(Exception):
    """Why the costs of a layer are not known, in words for people."""


def is_model(layer: Any) -> bool:
    """Whether it is a model whose layers are known: one of Keras' own classes, not the user's."""
    named = type(layer).__name__ in ("Functional", "Sequential", "Model") and is_made_by_keras(layer)
    return named and isinstance(layer, keras.Model)


def inside(model: Any, given: Sequence[Any]) -> Iterator[tuple[Any, tuple[Any, ...], tuple[Any, ...]]]:
    """The applications in a model that takes tensors of these shapes: each layer, with its inputs and outputs.

    Raises:
        Uncounted: the model is used on other shapes than it was made for.
    """
    own = sizes_of(keras.tree.flatten(getattr(model, "inputs", None) or []))
    if [shape[1:] for shape in own] != [shape[1:] for shape in given]:
        raise Uncounted(f"the layers of {model.name} were made for other sizes")
    for node in nodes_inside(model):
        yield keras_api.layer_at(node), keras_api.inputs_of(node), keras_api.outputs_of(node)


def nodes_inside(model: Any) -> list[Any]:
    """The calls that lead to the outputs of a model, without its inputs; each after those that it depends on."""
    ends = {id(tensor) for tensor in keras.tree.flatten(model.inputs)}
    found: dict[int, Any] = {}
    waiting = [(tensor, False) for tensor in keras.tree.flatten(model.outputs)]
    while waiting:
        tensor, ready = waiting.pop()
        node = keras_api.node_of(tensor)
        if id(tensor) in ends or id(node) in found:
            continue
        if ready:
            found[id(node)] = node
        else:
            waiting.append((tensor, True))
            waiting += [(each, False) for each in keras_api.inputs_of(node)]
    return list(found.values())


def sizes_of(tensors: Iterable[Any]) -> list[list[Any]]:
    """The shapes of tensors, as lists."""
    return [list(tensor.shape) for tensor in tensors]


def is_public(kind: Any) -> bool:
    """Whether a class is in `keras.layers`, under any name."""
    return kind in _public()


@functools.cache
def _public() -> frozenset[Any]:
    return frozenset(each for each in vars(keras.layers).values() if isinstance(each, type))


def is_made_by_keras(layer: Any) -> bool:
    """Whether its class is one of Keras, public or not."""
    return type(layer).__module__.startswith(_KERAS)
