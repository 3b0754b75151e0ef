"""What is known of a layer, as plain data."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from . import keras_api, shortage
from .costs import costs_of
from .keras_api import keras
from .own_layers import StandInLayer
from .sequential import Step

_NUMBERED = re.compile(r"_\d+$")

Plain = dict[str, Any]


def describe(step: Step) -> Plain:
    """Name, shapes, weights and parameters of a layer that was called."""
    return {
        **name_of(step.layer),
        "input": shape_of(step.inputs[0]) if step.inputs else None,
        "outputs": [shape_of(tensor) for tensor in step.outputs],
        "dtype": str(step.outputs[0].dtype) if step.outputs else None,
        "window": _window_of(step.layer),
        "by_itself": _is_by_itself(step),
        "inner": _inner_names(step.layer),
        "costs": costs_of(step.layer, step.inputs, step.outputs),
        **weights_of(step.layer),
    }


def name_of(layer: Any) -> Plain:
    """Class, name and input spec of a layer, called or not, and the layer itself."""
    return {
        "layer": layer,
        "class_name": type(layer).__name__,
        # A layer of ours has a name that the user's would not have.
        "name": "" if isinstance(layer, StandInLayer) else str(getattr(layer, "name", "")),
        "input_spec": _input_spec(layer),
    }


def weights_of(layer: Any) -> Plain:
    """Every weight with its name inside the layer, and how many numbers they hold together."""
    if any(isinstance(inner, StandInLayer) for inner in (layer, *layers_inside(layer))):
        return {"weights": [], "params": None}
    weights = [
        [_inner_name(layer, weight), [int(size or 0) for size in weight.shape], bool(weight.trainable)]
        for weight in keras_api.weights_of(layer)
    ]
    return {"weights": weights, "params": count(keras_api.weights_of(layer))}


def count(weights: Sequence[Any]) -> int:
    """The numbers in these weights; one that several layers share counts once."""
    total = 0
    for weight in {id(weight): weight for weight in weights}.values():
        numbers = 1
        for size in weight.shape:
            numbers *= int(size or 0)  # what a layer has yet to learn has no size
        total += numbers
    return total


def shape_of(tensor: Any) -> list[int | None]:
    """The shape of a symbolic tensor."""
    return [None if size is None else int(size) for size in tensor.shape]


def input_of(model: Any) -> list[int | None] | None:
    """The input shape of a `Sequential` that declares one, built or not."""
    shape = keras_api.input_of(model)
    return [None if size is None else int(size) for size in shape] if isinstance(shape, (list, tuple)) else None


def config_of(layer: Any) -> list[list[Any]]:
    """The values that a layer really uses, defaults included, where they are plain data."""
    try:
        config = layer.get_config()
    except Exception as error:  # noqa: BLE001 - a layer without a configuration has none to tell
        shortage.check(error)
        return []
    return [[name, value] for name, value in config.items() if _is_plain(value)]


def refuses_rank(layer: Any, rank: int) -> bool:
    """Whether the layer's own input spec refuses every input of this rank."""
    spec = getattr(layer, "input_spec", None)
    if not isinstance(spec, keras.layers.InputSpec):
        return False
    return (
        (spec.ndim is not None and spec.ndim != rank)
        or (spec.min_ndim is not None and spec.min_ndim > rank)
        or (spec.max_ndim is not None and spec.max_ndim < rank)
    )


def _is_plain(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(_is_plain(item) for item in value)
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, (bool, int, str))


def _inner_name(layer: Any, weight: Any) -> str:
    path = keras_api.path_of(weight)
    _, found, inner = f"/{path}".partition(f"/{layer.name}/")
    return inner if found else path


def _window_of(layer: Any) -> list[int] | None:
    """The window that a pooling layer really uses, where it is numbers."""
    sizes = getattr(layer, "pool_size", None)
    numbers = [sizes] if isinstance(sizes, int) else list(sizes) if isinstance(sizes, (list, tuple)) else []
    return numbers if numbers and all(isinstance(number, int) for number in numbers) else None


def _is_by_itself(step: Step) -> bool:
    """Whether the description holds in any model: no mask flows on, and there is no cycle."""
    masked = any(getattr(tensor, "_keras_mask", None) is not None for tensor in step.outputs)
    return not masked and not step.gives_back_input


def _inner_names(layer: Any) -> list[str]:
    """Names of the layers inside, without their numbers: Keras counts them together with those outside."""
    return sorted({_NUMBERED.sub("", inner.name) for inner in layers_inside(layer)})


def layers_inside(layer: Any) -> Iterable[Any]:
    """All layers that a layer or model holds, however deep."""
    return layer._flatten_layers(include_self=False) if hasattr(layer, "_flatten_layers") else ()  # noqa: SLF001


def _input_spec(layer: Any) -> str | None:
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
