"""All that decides what comes out of a node, as a text: how it is made, and the shapes of the tensors that go in."""

from __future__ import annotations

import json
from typing import Any

from .forms import chosen
from .keras_api import keras
from .objects import Objects
from .recipes import resolve

_MORE_THAN_A_NODE = ("code", "layer", "inside", "declared", "function", "parameter", "model", "float", "complex")
"""Forms of things that hold others, or that only look like plain data."""
_OF_SHAPES = ("shape", "ndim", "dtype")


class NoKey(Exception):
    """More than the node itself decides what comes out of it."""


def key_of(objects: Objects, node: Any, settings: Any) -> tuple[str, list[int]]:
    """The key of a node, and the ids of the nodes whose tensors go in, in the order of the key.

    Raises:
        NoKey: it has none.
    """
    sources: list[int] = []
    normal = _normal(objects, resolve(node, objects.definitions), sources, top=True)
    return json.dumps([normal, settings], sort_keys=True), sources


def tensors_in(made: Any) -> list[Any]:
    """The symbolic tensors of what a node gave."""
    return [part for part in keras.tree.flatten(made) if isinstance(part, keras.KerasTensor)]


def _normal(objects: Objects, node: Any, sources: list[int], *, top: bool = False) -> Any:
    if isinstance(node, list):
        return [_normal(objects, item, sources) for item in node]
    if not isinstance(node, dict):
        return node
    if "choose" in node:
        return _normal(objects, chosen(objects, node), sources)
    if "ref" in node or ("id" in node and not top and node["id"] in objects.made):
        return _tensors(objects, node.get("ref", node.get("id")), sources)
    if "unknown" in node:
        if node["unknown"] not in objects.values:
            raise NoKey
        value = objects.values[node["unknown"]]
        return {"value": repr(value), "type": type(value).__name__}
    if any(form in node for form in _MORE_THAN_A_NODE):
        raise NoKey
    if "attribute" in node and node["attribute"][1] not in _OF_SHAPES:
        raise NoKey
    return {name: _normal(objects, value, sources) for name, value in node.items() if name != "id"}


def _tensors(objects: Objects, number: Any, sources: list[int]) -> Any:
    """Tensors by their shapes. What is no tensor is an object that others hold, too."""
    found = objects.definitions.get(number)
    if isinstance(found, dict) and "choose" in found:
        return _normal(objects, chosen(objects, found), sources)
    made = objects.made.get(number)
    tensors = tensors_in(made) if made is not None else []
    if not tensors or any(getattr(tensor, "_keras_mask", None) is not None for tensor in tensors):
        raise NoKey
    if number not in sources:
        sources.append(number)
    shapes = [[list(tensor.shape), str(tensor.dtype)] for tensor in tensors]
    return {"tensors": shapes, "one": isinstance(made, keras.KerasTensor), "source": sources.index(number)}
