"""What is known of a layer, as plain data."""

from typing import Any, Dict, List, Optional, Sequence

import keras
from sequential import Step

Plain = Dict[str, Any]


def describe(step: Step) -> Plain:
    """Name, shapes, weights and parameters of a layer that was called."""
    return {
        **name_of(step.layer),
        "input": shape_of(step.inputs[0]) if step.inputs else None,
        "outputs": [shape_of(tensor) for tensor in step.outputs],
        "dtype": str(step.outputs[0].dtype) if step.outputs else None,
        **weights_of(step.layer),
    }


def name_of(layer: Any) -> Plain:
    """Class, name and input spec of a layer, called or not."""
    return {
        "class_name": type(layer).__name__,
        "name": str(getattr(layer, "name", "")),
        "input_spec": _input_spec(layer),
    }


def weights_of(layer: Any) -> Plain:
    """Every weight with its name inside the layer, and how many numbers they hold together."""
    weights = [
        [_inner_name(layer, weight), list(weight.shape), bool(weight.trainable)]
        for weight in getattr(layer, "weights", ())
    ]
    return {"weights": weights, "params": count(getattr(layer, "weights", ()))}


def count(weights: Sequence[Any]) -> int:
    """The numbers in these weights; one that several layers share counts once."""
    total = 0
    for weight in {id(weight): weight for weight in weights}.values():
        numbers = 1
        for size in weight.shape:
            numbers *= size
        total += numbers
    return total


def shape_of(tensor: Any) -> List[Optional[int]]:
    """The shape of a symbolic tensor."""
    return [None if size is None else int(size) for size in tensor.shape]


def _inner_name(layer: Any, weight: Any) -> str:
    _, found, inner = f"/{weight.path}".partition(f"/{layer.name}/")
    return str(inner if found else weight.name)


def _input_spec(layer: Any) -> Optional[str]:
    spec = getattr(layer, "input_spec", None)
    if not isinstance(spec, keras.layers.InputSpec):
        return None
    known = {
        "ndim": spec.ndim,
        "min_ndim": spec.min_ndim,
        "max_ndim": spec.max_ndim,
        "axes": spec.axes or None,
        "shape": spec.shape,
    }
    return ", ".join(f"{name}={value}" for name, value in known.items() if value is not None)
