"""A graph of nodes: each is made in order by the real layers on symbolic tensors, whatever became of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import keras

from . import code
from .attempt import NOT_TOLD, settings_of, told
from .describe import Plain, describe, shape_of, weights_of
from .forms import bare, chosen, comes_to, functional
from .objects import Objects
from .recipes import children, definitions, given_names, parts, resolve
from .sequential import Step
from .session import session
from .unreadable import Unreadable

_LONGEST = 190
BEHIND_UNKNOWN = "it depends on a layer that is not known"


def attempt_graph(model: Plain, values: dict[int, Any], kept: dict[int, Any] | None = None) -> Plain:
    """`layers`, one for each node, and of a functional model that Keras makes `inputs`, `outputs` and `params`.

    A layer that is not known has no `outputs`, and a `because`; one that the program does not come to is `skipped`.
    """
    with session(settings_of(model), given_names(model)):
        objects = Objects(definitions(model), values, kept)
        objects.traces = model.get("kind") == "call"
        nodes = _Nodes(objects)
        layers = [nodes.layer(node) for node in model["nodes"]]
        for index in nodes.unused():
            layers[index] = {"skipped": True}
        return {"layers": layers, **_whole(objects, model, layers)}


class _Nodes:
    """The nodes made so far: which are `lost`, by id, and which tensor comes from which."""

    def __init__(self, objects: Objects) -> None:
        self.objects = objects
        self.lost: set[int] = set()
        self._needs: dict[int, Needs] = {}
        self._indices: dict[int, int] = {}
        self._makers: dict[int, int] = {}
        self._count = 0

    def layer(self, node: Any) -> Plain:
        """What is known of one node."""
        index, self._count = self._count, self._count + 1
        number = bare(node).get("ref", bare(node).get("id")) if isinstance(bare(node), dict) else None
        try:
            comes = comes_to(self.objects, node)
        except Exception as error:  # noqa: BLE001 - the condition is not known, and nor is the node
            known: Plain = {"because": list(error.because) if isinstance(error, Unreadable) else [_why(error)]}
        else:
            if not comes:
                return {"skipped": True}
            known = self._made(index, bare(node))
        if number is not None:
            self._indices.setdefault(number, index)
            if "because" in known:
                self.lost.add(number)
        tensors = known.pop("tensors", ())
        if isinstance(node, dict) and node.get("aside"):
            return {"skipped": True}
        for tensor in tensors:
            self._makers.setdefault(id(tensor), index)
        return known

    def unused(self) -> list[int]:
        """The nodes that only the options lead to which the program does not take."""
        used: set[int] = set()
        for index in sorted(self._needs, reverse=True):
            needs = self._needs[index]
            if index in used or not any(index in other.options for other in self._needs.values()):
                used |= needs.taken
        return [
            index
            for index in self._needs
            if index not in used and any(index in other.options for other in self._needs.values())
        ]

    def _made(self, index: int, node: Any) -> Plain:
        try:
            numbers = set(needed(self.objects, node))
        except Exception as error:  # noqa: BLE001 - what is chosen by is not known
            return {"because": list(error.because) if isinstance(error, Unreadable) else [_why(error)]}
        taken = {self._indices[number] for number in numbers if number in self._indices}
        options = {self._indices[number] for number in _mentioned(node) if number in self._indices} - taken
        self._needs[index] = Needs(taken, options)
        if self.lost & numbers:
            return {"because": [BEHIND_UNKNOWN]}
        try:
            step = _step(self.objects, node, self.objects.make(node))
        except Unreadable as unreadable:
            return {"because": list(unreadable.because)}
        except Exception as error:  # noqa: BLE001 - whatever is raised, the other nodes have shapes
            return {"because": [_why(error)]}
        if step is None:
            return {"because": [NOT_TOLD]}
        if all(id(tensor) in self._makers for tensor in step.outputs) and not _applies(self.objects, node):
            return {"skipped": True}  # one of several tensors that a layer gave: nothing is applied to it
        return {
            **told(describe(step)),
            "tensors": step.outputs,
            "inputs": [shape_of(tensor) for tensor in step.inputs],
            "connected": [_connection(tensor) for tensor in step.inputs],
            "from": [self._makers.get(id(tensor)) for tensor in step.inputs],
        }


@dataclass(frozen=True)
class Needs:
    """The nodes that one node is made of, by index, and those that it would be made of on ways that are not taken."""

    taken: set[int]
    options: set[int]


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


def _connection(tensor: Any) -> str:
    """Where a tensor comes from, as `model.summary()` prints it: `conv2d[0][0]`."""
    history = getattr(tensor, "_keras_history", None)
    return "" if history is None else f"{history[0].name}[{history[1]}][{history[2]}]"


def _why(error: Exception) -> str:
    """Why there is no tensor.

    Raises:
        Shortage: there was too little of something.
    """
    try:
        code.check(error)
    except code.HeldBack as reason:
        return str(reason)
    return f"Keras refuses it: {error}"[:_LONGEST]


def _mentioned(node: Any) -> Iterator[int]:
    """The ids of all that a node refers to, and its own parts."""
    for part in parts(node):
        number = part.get("ref", part.get("id"))
        if isinstance(number, int):
            yield number


def _step(objects: Objects, node: Any, made: Any) -> Step | None:
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
    return Step(layer, tuple(history.input_tensors), tuple(history.output_tensors))


def _applies(objects: Objects, node: Any) -> bool:
    """Whether a node is a call, and not only a part of what another one gave."""
    found = resolve(node, objects.definitions)
    return isinstance(found, dict) and "item" not in found


def _called(objects: Objects, node: Any) -> Any:
    node = resolve(node, objects.definitions)
    layer = objects.make(node["apply"]) if isinstance(node, dict) and "apply" in node else None
    return layer if isinstance(layer, keras.Layer) else None


def _tensors_given(objects: Objects, node: Any) -> Iterator[Any]:
    node = resolve(node, objects.definitions)
    given = objects.make([*node["args"], *(value for _, value in node["kwargs"])])
    yield from (tensor for tensor in keras.tree.flatten(given) if isinstance(tensor, keras.KerasTensor))


def _whole(objects: Objects, model: Plain, layers: Sequence[Plain]) -> Plain:
    """The functional model itself, where every node of it is known."""
    if model.get("kind") != "functional" or any("because" in layer for layer in layers):
        return {"params": None, "inputs": [], "outputs": []}
    try:
        made = functional(objects, model)
    except Unreadable as unreadable:
        return {"params": None, "inputs": [], "outputs": [], "because": list(unreadable.because)}
    except Exception as error:  # noqa: BLE001 - the nodes have their shapes all the same
        return {"params": None, "inputs": [], "outputs": [], "because": [_why(error)]}
    params = weights_of(made)["params"]
    return {"params": params, "inputs": _shapes(made.inputs), "outputs": _shapes(made.outputs)}


def _shapes(tensors: Sequence[Any]) -> list[Any]:
    return [shape_of(tensor) for tensor in tensors]
