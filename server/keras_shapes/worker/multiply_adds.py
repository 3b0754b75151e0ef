"""Multiply-adds of a layer for one sample, counted from the weights and the shapes that Keras gave it.

One is a product that is added to a sum: those of matrix products and convolutions. What is done value by value
(biases, activations, normalization), comparisons and moves of data are not counted. A class of the user's may do
anything: it is not counted, and nor is what is not in the tables below.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Callable

from . import keras_api
from .keras_api import keras
from .models_inside import Uncounted, inside, is_made_by_keras, is_model, is_public, sizes_of
from .without_products import LAYERS, OPERATIONS

Count = Callable[[Any, Sequence[Any], Sequence[Any]], int]


def multiply_adds(layer: Any, given: Sequence[Any], gives: Sequence[Any]) -> int:
    """Those of a layer that takes and gives tensors of these shapes, of which the first axis is the batch.

    Raises:
        Uncounted: they are not known.
    """
    name = type(layer).__name__
    if is_model(layer):
        nodes = inside(layer, given)
        return sum(multiply_adds(each, sizes_of(inputs), sizes_of(outputs)) for each, inputs, outputs in nodes)
    if not _is_of_keras(layer):
        raise Uncounted(f"what {name} computes is not Keras' own, and is not counted")
    if name in LAYERS or name in OPERATIONS:
        return 0
    if name not in _COUNTS:
        raise Uncounted(f"what {name} computes is not counted")
    return _COUNTS[name](layer, given, gives)


def _is_of_keras(layer: Any) -> bool:
    operation = not isinstance(layer, keras.layers.Layer) and is_made_by_keras(layer)
    return is_public(type(layer)) or operation or (type(layer).__name__ == "InputLayer" and is_made_by_keras(layer))


def _numbers(sizes: Sequence[Any]) -> int:
    if any(size is None for size in sizes):
        raise Uncounted("a size is not known")
    return math.prod(sizes)


def _kernels(layer: Any, *names: str) -> int:
    """How many numbers there are in the kernels; in those of certain sublayers, where these are named."""
    total = 0
    for weight in keras_api.weights_of(layer):
        *path, name = keras_api.path_of(weight).split("/")
        if "lora" in name or "scale" in name:
            raise Uncounted(f"{name} changes what is multiplied")
        if "kernel" in name and (not names or path[-1:] == list(names)):
            total += _numbers(weight.shape)
    return total


def _map(layer: Any, shape: Sequence[Any]) -> Sequence[Any]:
    """The sizes of a map, without samples and channels."""
    return shape[2:] if getattr(layer, "data_format", None) == "channels_first" else shape[1:-1]


def _dense(layer: Any, _: Any, gives: Any) -> int:
    return _kernels(layer) * _numbers(gives[0][1:-1])


def _convolution(layer: Any, _: Any, gives: Any) -> int:
    return _kernels(layer) * _numbers(_map(layer, gives[0]))


def _transposed(layer: Any, given: Any, _: Any) -> int:
    """Each value that goes in meets the whole kernel."""
    return _kernels(layer) * _numbers(_map(layer, given[0]))


def _einsum_dense(layer: Any, given: Any, _: Any) -> int:
    """Each value that goes in meets all of the kernel that lies along axes of its own."""
    taken, kernel = str(layer.equation).replace(" ", "").partition("->")[0].split(",")
    _kernels(layer)
    own = [size for axis, size in zip(kernel, layer.kernel.shape) if axis not in taken]
    return _numbers(given[0][1:]) * _numbers(own)


def _recurrent(layer: Any, given: Any, _: Any) -> int:
    cell = getattr(layer, "cell", None)
    for part in getattr(cell, "cells", [cell]):
        if type(part).__name__ not in ("LSTMCell", "GRUCell", "SimpleRNNCell") or not is_made_by_keras(part):
            raise Uncounted(f"what {type(part).__name__} computes is not counted")
    return _kernels(layer) * _numbers(given[0][1:2])


def _recurrent_convolution(layer: Any, given: Any, gives: Any) -> int:
    """Both kernels go over a map as large as the one that comes out, at each step."""
    shape = [gives[0][0], *gives[0][2:]] if layer.return_sequences else gives[0]
    return _kernels(layer) * _numbers(given[0][1:2]) * _numbers(_map(layer, shape))


def _time_distributed(layer: Any, given: Any, gives: Any) -> int:
    each = [[shape[0], *shape[2:]] for shape in (given[0], gives[0])]
    return _numbers(given[0][1:2]) * multiply_adds(layer.layer, each[:1], each[1:])


def _bidirectional(layer: Any, given: Any, gives: Any) -> int:
    return sum(multiply_adds(each, given, gives) for each in (layer.forward_layer, layer.backward_layer))


def _wrapped(layer: Any, given: Any, gives: Any) -> int:
    return multiply_adds(layer.layer, given, gives)


def _steps(given: Any, gives: Any) -> tuple[int, int]:
    """How many queries there are, and how many keys: tensors of another length than the queries are keys or values."""
    if len(gives[0]) != 3:
        raise Uncounted("attention over several axes is not counted")
    queries = gives[0][1]
    others = {shape[1] for shape in given if len(shape) == 3} - {queries}
    if len(others) > 1:
        raise Uncounted("keys and values have several lengths")
    return _numbers([queries]), _numbers(list(others) or [queries])


def _heads(layer: Any, given: Any, gives: Any) -> int:
    queries, keys = _steps(given, gives)
    shapes = {
        keras_api.path_of(weight).split("/")[-2]: weight.shape
        for weight in keras_api.weights_of(layer)
        if keras_api.path_of(weight).endswith("/kernel")
    }
    heads, key_size = shapes["query"][1:]
    scores = queries * keys * heads * (key_size + shapes["value"][2])
    of_queries = _kernels(layer, "query") + _kernels(layer, "attention_output")
    return int(of_queries * queries + (_kernels(layer, "key") + _kernels(layer, "value")) * keys + scores)


def _attention(layer: Any, given: Any, gives: Any) -> int:
    """Scores of each query and key, then for each query a sum over the values."""
    additive = type(layer).__name__ == "AdditiveAttention"
    if not additive and getattr(layer, "score_mode", "dot") != "dot":
        raise Uncounted("its scores are no products")
    queries, keys = _steps(given, gives)
    scored = 0 if additive and not layer.use_scale else _numbers(given[0][-1:])
    return queries * keys * (scored + _numbers(gives[0][-1:]))


def _upsampling(layer: Any, _: Any, __: Any) -> int:
    if getattr(layer, "interpolation", "nearest") != "nearest":
        raise Uncounted(f"{layer.interpolation} interpolation is not counted")
    return 0


def _dot(layer: Any, given: Any, gives: Any) -> int:
    axis = layer.axes if isinstance(layer.axes, int) else layer.axes[0]
    return _numbers(gives[0][1:]) * _numbers([given[0][axis]])


def _matmul(_: Any, given: Any, gives: Any) -> int:
    """Each value that comes out is a sum over the last axis of the first tensor."""
    return _numbers(gives[0][1:]) * _numbers(given[0][-1:])


_COUNTS: dict[str, Count] = {
    "Dense": _dense,
    "EinsumDense": _einsum_dense,
    **dict.fromkeys(("Conv1D", "Conv2D", "Conv3D", "DepthwiseConv1D", "DepthwiseConv2D"), _convolution),
    **dict.fromkeys(("SeparableConv1D", "SeparableConv2D"), _convolution),
    **dict.fromkeys(("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"), _transposed),
    **dict.fromkeys(("LSTM", "GRU", "SimpleRNN", "RNN"), _recurrent),
    **dict.fromkeys(("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"), _recurrent_convolution),
    "TimeDistributed": _time_distributed,
    "Bidirectional": _bidirectional,
    "SpectralNormalization": _wrapped,
    **dict.fromkeys(("MultiHeadAttention", "GroupedQueryAttention", "GroupQueryAttention"), _heads),
    **dict.fromkeys(("Attention", "AdditiveAttention"), _attention),
    "UpSampling2D": _upsampling,
    "Dot": _dot,
    "Matmul": _matmul,
}
