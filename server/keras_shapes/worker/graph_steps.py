"""One node of a graph: what it is made of, and the application of a layer that it turns out to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import keras_api
from .forms import chosen
from .keras_api import keras
from .objects import Objects
from .recipes import children, parts, resolve
from .sequential import Step


def step_of(objects: Objects, node: Any, made: Any) -> Step | None:
    """The application that gave these tensors: its layer, what went in, what came out."""
    outputs = [tensor for tensor in keras.tree.flatten(made) if isinstance(tensor, keras.KerasTensor)]
    if not outputs:
        return None
    layer, index, _ = outputs[0]._keras_history if hasattr(outputs[0], "_keras_history") else (None, 0, 0)  # noqa: SLF001
    called = _called(objects, node)
    if called is not None and called is not layer:
        # it gives back what it got, or something that another layer inside it made
        return Step(called, tuple(_tensors_given(objects, node)), tuple(outputs))
    if layer is None:
        return None
    history = layer._inbound_nodes[index]  # noqa: SLF001
    return Step(layer, keras_api.inputs_of(history), keras_api.outputs_of(history))


def applies(objects: Objects, node: Any) -> bool:
    """Whether a node is a call, and not only a part of what another one gave."""
    found = resolve(node, objects.definitions)
    return isinstance(found, dict) and "item" not in found


def needed(objects: Objects, node: Any) -> Iterator[int]:
    """The ids of all that a node is made of, on the ways that the program takes."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            number = part.get("ref", part.get("id"))
            if isinstance(number, int):
                yield number
            found = resolve(part, objects.definitions)
            if isinstance(found, dict) and "choose" in found:
                waiting += [found["choose"], chosen(objects, found)]
                continue
        waiting.extend(children(part))


def mentioned(node: Any) -> Iterator[int]:
    """The ids of all that a node refers to, and its own parts."""
    for part in parts(node):
        number = part.get("ref", part.get("id"))
        if isinstance(number, int):
            yield number


def connection(tensor: Any) -> str:
    """Where a tensor comes from, as `model.summary()` prints it: `conv2d[0][0]`."""
    history = getattr(tensor, "_keras_history", None)
    if history is None or history[0] is None:
        return f"[0][{getattr(tensor, 'place', 0)}]"  # it stands for one of a graph that was made before
    return f"{history[0].name}[{history[1]}][{history[2]}]"


def _called(objects: Objects, node: Any) -> Any:
    node = resolve(node, objects.definitions)
    layer = objects.make(node["apply"]) if isinstance(node, dict) and "apply" in node else None
    return layer if isinstance(layer, keras.Layer) else None


def _tensors_given(objects: Objects, node: Any) -> Iterator[Any]:
    node = resolve(node, objects.definitions)
    given = objects.make([*node["args"], *(value for _, value in node["kwargs"])])
    yield from (tensor for tensor in keras.tree.flatten(given) if isinstance(tensor, keras.KerasTensor))
