"""What an application of a layer costs: multiply-adds, bytes of its weights and outputs, and how far it sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Optional

from . import keras_api
from .models_inside import Uncounted, inside, is_model, sizes_of
from .multiply_adds import multiply_adds
from .reach import reach_of

Plain = dict[str, Any]

_BITS = re.compile(r"\d+")


def costs_of(layer: Any, inputs: Sequence[Any], outputs: Sequence[Any]) -> Optional[Plain]:
    """What is known; nothing of a layer whose weights have no size.

    `multiply_adds` and `output_bytes` of one sample, None `because` of something; `weight_bytes`; `reach`.

    `trainable` are the numbers in the weights that are trained, and their bytes. The outputs of a model that is put in
    are those of all its layers.
    """
    counted, because = _known(lambda: multiply_adds(layer, sizes_of(inputs), sizes_of(outputs)))
    held, _ = _known(lambda: _output_bytes(layer, inputs, outputs))
    weights = list({id(weight): weight for weight in keras_api.weights_of(layer)}.values())
    trained = [weight for weight in weights if weight.trainable]
    stored, _ = _known(lambda: _bytes(weights))
    if stored is None:
        return None
    return {
        "multiply_adds": counted,
        "because": because,
        "output_bytes": held,
        "weight_bytes": stored,
        "trainable": [sum(map(_numbers, trained)), _bytes(trained)],
        "reach": reach_of(layer, inputs),
    }


def _known(count: Any) -> tuple[Optional[int], Optional[str]]:
    try:
        return int(count()), None
    except Uncounted as reason:
        return None, str(reason)
    except Exception as error:  # noqa: BLE001 - costs are an aside: a layer without them has its shapes
        return None, f"it could not be counted ({type(error).__name__})"


def _output_bytes(layer: Any, inputs: Sequence[Any], outputs: Sequence[Any]) -> int:
    if not is_model(layer):
        return sum(map(_sample_bytes, outputs))
    return sum(_output_bytes(*each) for each in inside(layer, sizes_of(inputs)))


def _sample_bytes(tensor: Any) -> int:
    numbers = 1
    for size in tensor.shape[1:]:
        if size is None:
            raise Uncounted("a size is not known")
        numbers *= int(size)
    return numbers * _itemsize(tensor.dtype)


def _numbers(weight: Any) -> int:
    numbers = 1
    for size in weight.shape:
        numbers *= int(size or 0)
    return numbers


def _bytes(weights: Iterable[Any]) -> int:
    return sum(_numbers(weight) * _itemsize(weight.dtype) for weight in weights)


def _itemsize(dtype: Any) -> int:
    """Bytes of one number: `float32`, `bfloat16`, `bool`; of a text, none are known."""
    name = getattr(dtype, "name", str(dtype))
    if name == "bool":
        return 1
    bits = _BITS.search(name)
    if bits is None:
        raise Uncounted(f"{name} has no fixed size")
    return (int(bits[0]) + 7) // 8
