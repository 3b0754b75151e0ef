"""What a symbolic call does not prove: an application that Keras would only try with the first batch is traced once.

Keras 3.15 asks a layer that says its own output shape, and walks through a model inside, without looking whether
`call` can do it. That cannot go wrong where a layer was built for the one tensor that it gets.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import keras_api
from .keras_api import keras
from .objects import Objects
from .own_layers import StandInLayer
from .recipes import resolve


def try_call(objects: Objects, node: Any, layer: Any) -> None:
    """Trace the call of a layer on the tensors that it gets, where only that tells whether it can.

    Raises:
        Exception: what the first batch would raise.
    """
    if keras_api.RUNS_CALLS:
        return
    node = resolve(node, objects.definitions)
    if not isinstance(node, dict) or "apply" not in node or not isinstance(layer, keras.Layer):
        return
    if objects.make(node["apply"]) is not layer or isinstance(layer, StandInLayer):
        return
    args = [objects.make(value) for value in node["args"]]
    kwargs = {name: objects.make(value) for name, value in node["kwargs"]}
    tensors = [part for part in keras.tree.flatten([args, kwargs]) if isinstance(part, keras.KerasTensor)]
    if _is_in_doubt(layer, tensors):
        _trace(layer, args, kwargs)


def _is_in_doubt(layer: Any, tensors: Sequence[Any]) -> bool:
    shapes = [tuple(tensor.shape) for tensor in tensors]
    if isinstance(layer, keras.Model):
        return shapes != [tuple(tensor.shape) for tensor in getattr(layer, "inputs", None) or ()]
    if len(shapes) > 1:
        return _says_its_shape(layer)
    first = next(iter(keras_api.nodes_of(layer)), None)
    return first is not None and shapes != [tuple(tensor.shape) for tensor in keras_api.inputs_of(first)]


def _says_its_shape(layer: Any) -> bool:
    names = ("compute_output_spec", "compute_output_shape")
    return any(getattr(type(layer), name) is not getattr(keras.layers.Layer, name) for name in names)


def _trace(layer: Any, args: Any, kwargs: Any) -> None:
    variables = keras_api.weights_to_stand_in_for(layer)
    values = [keras_api.spec(variable.shape, variable.dtype) for variable in variables]
    flat = keras.tree.flatten([args, kwargs])
    specs = [keras_api.spec(part.shape, part.dtype) for part in flat if isinstance(part, keras.KerasTensor)]

    def step(given: Any, values: Any) -> Any:
        tensors = iter(given)
        parts = [next(tensors) if isinstance(part, keras.KerasTensor) else part for part in flat]
        positional, named = keras.tree.pack_sequence_as([args, kwargs], parts)
        with keras_api.stateless(list(zip(variables, values))):
            return layer(*positional, **named)

    keras_api.trace(step, specs, values)
