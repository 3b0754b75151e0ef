"""A graph of nodes: each is made in order by the real layers on symbolic tensors, whatever became of the others."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

from .attempt import NOT_TOLD, settings_of, told
from .describe import Plain, describe, shape_of
from .forms import bare, comes_to
from .graph_model import whole
from .graph_refusal import is_believed, is_refusal, refusal_of
from .graph_steps import applies, connection, mentioned, needed, step_of
from .graph_trace import try_call
from .objects import Objects
from .recipes import definitions, given_names, parts
from .refusal_text import because
from .session import session

Taken = tuple[Plain, Sequence[Any], Sequence[Any]]


class NotRemembered(Exception):
    """The memo does not hold enough: the graph has to be made as a whole."""


BEHIND_UNKNOWN = "it depends on a layer that is not known"


def attempt_graph(
    model: Plain, values: dict[int, Any], kept: dict[int, Any] | None = None, made_by: type[Steps] | None = None
) -> Plain:
    """`layers`, one for each node, and of a functional model that Keras makes `inputs`, `outputs` and `params`.

    A layer that is not known has no `outputs`, and a `because`; one that the program does not come to is `skipped`, and
    where the program `fails`, it comes to nothing behind.
    """
    with session(settings_of(model), given_names(model)):
        objects = Objects(definitions(model), values, kept)
        # what comes of data are no symbolic tensors in the program: functions of TensorFlow take them
        objects.traces = model.get("kind") == "call" or any(part.get("data") for part in parts(model["nodes"]))
        nodes = Nodes(objects, (made_by or Steps)(objects, settings_of(model)))
        layers = used_of(nodes, [nodes.layer(node) for node in model["nodes"]])
        found = whole(objects, model, layers)
        # what leads to another layer of a model that this one begins or ends in is no part of it
        strange = nodes.without(found.pop("tensors", None))
        return {"layers": [{"skipped": True} if i in strange else layer for i, layer in enumerate(layers)], **found}


def used_of(nodes: Nodes, layers: Sequence[Plain]) -> list[Plain]:
    """The layers, without what is known of nodes that the program does not come to."""
    unused = nodes.unused()
    nodes.steps.pass_over(unused)
    passed = set(unused)
    return [{"skipped": True} if index in passed else layer for index, layer in enumerate(layers)]


class Steps:
    """Makes nodes with Keras."""

    def __init__(self, objects: Objects, settings: Plain) -> None:
        self.objects = objects
        self.settings = settings

    def take(self, node: Any) -> Optional[Taken]:
        """The description of what a node applies, the tensors that go in, and those that come out.

        None where no tensor comes out of it.

        Raises:
            Exception: whatever Keras raises.
        """
        step = step_of(self.objects, node, self.objects.make(node))
        if step is None:
            return None
        try_call(self.objects, node, step.layer)
        described = {**describe(step), "believed": is_believed(step)}
        return told(described), step.inputs, step.outputs

    def pass_over(self, unused: Sequence[int]) -> None:
        """Nodes were made that the program does not come to."""


class Nodes:
    """The nodes made so far: which are `lost`, by id, and which tensor comes from which."""

    def __init__(self, objects: Objects, steps: Steps) -> None:
        self.objects = objects
        self.steps = steps
        self.lost: dict[int, None] = {}
        self._believed: dict[int, None] = {}
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
            known: Plain = {"because": because(error)}
        else:
            if not comes:
                return {"skipped": True}
            known = self._made(index, bare(node))
        self._note_refusal(known)
        if number is not None:
            self._indices.setdefault(number, index)
            if "because" in known:
                self.lost[number] = None
        tensors = known.pop("tensors", ())
        if isinstance(node, dict) and node.get("aside"):
            return {"skipped": True}
        for tensor in tensors:
            self._makers.setdefault(id(tensor), index)
        return known

    def unused(self) -> list[int]:
        """The nodes that only the options lead to which the program does not take."""
        doubtful = set[int]().union(*(needs.options for needs in self._needs.values()))
        used: set[int] = set()
        for index in sorted(self._needs, reverse=True):
            if index in used or index not in doubtful:
                used |= self._needs[index].taken
        return sorted(doubtful - used)

    def without(self, tensors: set[int] | None) -> set[int]:
        """The nodes that gave none of these tensors; none where these are not known."""
        if tensors is None:
            return set()
        return set(self._makers.values()) - {index for one, index in self._makers.items() if one in tensors}

    def mark(self) -> tuple[int, ...]:
        """How far the nodes go, for `cut`."""
        return self._count, *map(len, self._noted())

    def cut(self, mark: tuple[int, ...]) -> None:
        """Forget the nodes that were made since then."""
        self._count, *lengths = mark
        for noted, length in zip(self._noted(), lengths):
            for key in list(itertools.islice(reversed(noted), len(noted) - length)):
                del noted[key]

    def _noted(self) -> tuple[dict[int, Any], ...]:
        """All that is noted of nodes, in the order in which it was noted."""
        return self.objects.made, self.lost, self._believed, self._needs, self._indices, self._makers

    def _made(self, index: int, node: Any) -> Plain:
        try:
            numbers = set(needed(self.objects, node))
        except Exception as error:  # noqa: BLE001 - what is chosen by is not known
            return {"because": because(error)}
        taken = {self._indices[number] for number in numbers if number in self._indices}
        options = {self._indices[number] for number in mentioned(node) if number in self._indices} - taken
        self._needs[index] = Needs(taken, options)
        if self.lost.keys() & numbers:
            return {"because": [BEHIND_UNKNOWN]}
        self.objects.failed = None
        try:
            step = self.steps.take(node)
        except NotRemembered:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is raised, the other nodes have shapes
            refused = refusal_of(self.objects, node, error)
            return {"because": because(error), "refused": refused, "fails": is_refusal(error)}
        if step is None:
            return {"because": [NOT_TOLD]}
        described, inputs, outputs = step
        if described.get("believed") or any(id(tensor) in self._believed for tensor in inputs):
            self._believed.update(dict.fromkeys(map(id, outputs)))
        if all(id(tensor) in self._makers for tensor in outputs) and not applies(self.objects, node):
            return {"skipped": True}  # one of several tensors that a layer gave: nothing is applied to it
        return {
            **described,
            "tensors": outputs,
            "inputs": [shape_of(tensor) for tensor in inputs],
            "connected": [connection(tensor) for tensor in inputs],
            "from": [self._makers.get(id(tensor)) for tensor in inputs],
        }

    def _note_refusal(self, known: Plain) -> None:
        """Say of a refused node what went in, in the way that other nodes say it."""
        refused = known.get("refused")
        if refused is None:
            known.pop("refused", None)
            return
        tensors = refused.pop("tensors")
        if any(id(tensor) in self._believed for tensor in tensors):
            del known["refused"]  # it rests on a shape that nobody has tried
            return
        known.update(refused.pop("layer", {}))
        known["inputs"] = [shape_of(tensor) for tensor in tensors]
        known["connected"] = [connection(tensor) for tensor in tensors]
        known["from"] = [self._makers.get(id(tensor)) for tensor in tensors]


@dataclass(frozen=True)
class Needs:
    """The nodes that one node is made of, by index, and those that it would be made of on ways that are not taken."""

    taken: set[int]
    options: set[int]
