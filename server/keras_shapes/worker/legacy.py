"""Models of `tensorflow.python.keras`, the Keras 2 inside TensorFlow: built with the classes of Keras 3.

Shapes agree, refusals do not. So only what both understand is passed on, and no refusal counts.
"""

from __future__ import annotations

from typing import Any

from . import allowed
from .agreement import REFUSED
from .attempt import REFUSED_ABOVE
from .blame import constructor_parameters
from .describe import Plain
from .recipes import definitions, resolve

FLAVOUR = "tensorflow.python.keras"
NOT_JUDGED = "what tensorflow.python.keras refuses is not known here"


def translate(model: Plain) -> Plain:
    """The model in words of Keras 3."""
    elements = model["nodes"]
    first = resolve(elements[0], definitions(model)) if elements else None
    given = None
    if isinstance(first, dict) and str(first.get("call", "")).startswith("keras.layers."):
        given = _input_shape(first)
    if given is not None and model["input"] is None:
        model = {**model, "input": {"shape": given, "dtype": None}}
    return {**model, "nodes": _translated(elements)}


def without_refusals(answer: Plain) -> Plain:
    """The answer with every refusal turned into a layer that is not known."""
    for layer in answer["layers"]:
        if layer.get("because") in ([REFUSED], [REFUSED_ABOVE]):
            layer["because"] = [NOT_JUDGED]
    return {**answer, "refusals": []}


def _input_shape(first: dict[str, Any]) -> Any:
    """What Keras 2 takes as the input of a model from its first layer, and Keras 3 does not."""
    given = dict(first["kwargs"])
    batch_shape = given.get("batch_input_shape")
    if isinstance(batch_shape, dict) and "tuple" in batch_shape:
        return batch_shape["tuple"]
    if isinstance(batch_shape, list):
        return batch_shape
    if first["call"] == "keras.layers.Embedding" and "input_shape" not in given:
        return [None, given.get("input_length")]
    return None


def _translated(node: Any) -> Any:
    if isinstance(node, list):
        return [_translated(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "numpy" in node:
        return node["value"]
    translated = {key: _translated(value) for key, value in node.items()}
    if node.get("from") == FLAVOUR and str(node.get("call", "")).startswith("keras.layers."):
        try:
            known = constructor_parameters(allowed.public_object(node["call"], FLAVOUR))
        except (allowed.Missing, allowed.Forbidden):
            return translated
        translated["kwargs"] = [[name, value] for name, value in translated["kwargs"] if name in known]
    return translated
