"""How far a layer sees: the window of each value that it gives, and how far apart two windows are, axis by axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from . import keras_api
from .keras_api import keras
from .models_inside import Uncounted, is_model, is_public, nodes_inside, sizes_of

Reach = Optional[list[list[int]]]
"""For each axis of a map the window's extent and the stride. Empty where each value comes from the one in its place;
None where it comes from all of them, or is not known."""

_CONVOLUTIONS = frozenset(
    "Conv1D Conv2D Conv3D DepthwiseConv1D DepthwiseConv2D SeparableConv1D SeparableConv2D".split()
)
_POOLINGS = frozenset(
    "MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D".split()
)
_IN_PLACE = frozenset(
    """InputLayer Identity Activation ReLU LeakyReLU PReLU ELU Softmax ThresholdedReLU BatchNormalization Normalization
    UnitNormalization RMSNormalization Add Subtract Multiply Average Maximum Minimum Dropout AlphaDropout
    SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianDropout GaussianNoise ActivityRegularization Rescaling
    ZeroPadding1D ZeroPadding2D ZeroPadding3D Cropping1D Cropping2D Cropping3D Embedding
    Relu Relu6 Sigmoid Tanh Silu Gelu Elu TrueDivide Negative Divide""".split()
)


def reach_of(layer: Any, inputs: Sequence[Any]) -> Reach:
    """The reach of one layer that takes these tensors; of a model that is put in, from its input to its output."""
    try:
        if is_model(layer):
            return _of_model(layer)
        return _of_layer(layer, sizes_of(inputs))
    except Exception:  # noqa: BLE001 - what has no such attributes has no window
        return None


def joined(reaches: Sequence[Reach]) -> Reach:
    """The reach of what takes several tensors: the widest, where the strides agree."""
    known = [reach for reach in reaches if reach is not None]
    if len(known) < len(reaches):
        return None
    axes = max(map(len, known), default=0)
    maps = [reach or [[1, 1]] * axes for reach in known]
    if not axes:
        return []
    if len({tuple(stride for _, stride in reach) for reach in maps}) > 1:
        return None
    return [[max(extent for extent, _ in axis), axis[0][1]] for axis in zip(*maps)]


def behind(before: Reach, own: Reach) -> Reach:
    """The reach of a layer behind something that reaches so far itself."""
    if before is None or own is None or not own:
        return None if own is None else before
    before = before or [[1, 1]] * len(own)
    return [[extent + (window - 1) * jump, jump * stride] for (extent, jump), (window, stride) in zip(before, own)]


def _of_layer(layer: Any, given: Sequence[Any]) -> Reach:
    name = type(layer).__name__
    if name != "InputLayer" and isinstance(layer, keras.layers.Layer) and not is_public(type(layer)):
        return None
    if name in _CONVOLUTIONS:
        sizes = zip(layer.kernel_size, layer.strides, layer.dilation_rate)
        return [[(size - 1) * apart + 1, stride] for size, stride, apart in sizes]
    if name in _POOLINGS:
        return [[size, stride] for size, stride in zip(_sizes(layer.pool_size), _sizes(layer.strides))]
    rank = len(given[0]) if given else 0
    last = (-1, rank - 1)
    in_place = name in _IN_PLACE or (name == "Dense" and rank > 2)
    along_channels = name in ("Concatenate", "LayerNormalization") and _axis(layer) in last
    return [] if in_place or along_channels else None


def _of_model(model: Any) -> Reach:
    found: dict[int, Reach] = {id(tensor): [] for tensor in keras.tree.flatten(model.inputs)}
    for node in nodes_inside(model):
        tensors = keras_api.inputs_of(node)
        before = joined([found[id(tensor)] for tensor in tensors])
        own = reach_of(keras_api.layer_at(node), tensors)
        found.update({id(tensor): behind(before, own) for tensor in keras_api.outputs_of(node)})
    outputs = keras.tree.flatten(model.outputs)
    if len(outputs) != 1:
        raise Uncounted("it gives several tensors")
    return found[id(outputs[0])]


def _sizes(sizes: Any) -> tuple[int, ...]:
    return (sizes,) if isinstance(sizes, int) else tuple(sizes)


def _axis(layer: Any) -> Any:
    axis = layer.axis
    return axis[0] if isinstance(axis, (list, tuple)) and len(axis) == 1 else axis
