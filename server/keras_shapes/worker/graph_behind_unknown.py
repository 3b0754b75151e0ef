"""What is certain of nodes that depend on something unknown: a parameter, data, a layer of the user's that did not run.

As in `tails`, each node is tried on tensors of many shapes, and what all accepted ones agree on is kept. A node behind
one that fails has no shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .attempt import settings_of
from .behind_unknown import SECONDS, UNKNOWN_RANK
from .budget import Budget
from .describe import Plain
from .forms import bare
from .graph_trials import Gives, Trial, certain
from .recipes import definitions, given_names, parts, resolve
from .session import session

_OF_THE_USER = ("code", "layer", "function", "declared", "inside")
_TAKES_STRUCTURES = ("Lambda", "TimeDistributed", "Wrapper")
_TENSORS = ("inputs", "query", "value", "key", "sequence", "sequences")
"""Names of arguments that take tensors."""


def fill_graph(
    model: Plain, layers: list[Plain], rounds: Sequence[dict[int, Any]], kept: dict[int, Any], failed: set[int]
) -> bool:
    """Put what is certain into the descriptions of unknown nodes; whether there was time for all of it.

    `rounds` are values for the unknowns, `kept` base models that are made already, `failed` the indices of the nodes
    where the program fails.
    """
    with session(settings_of(model), given_names(model)):
        tails = _Tails(model, rounds, kept)
        whole = Budget(SECONDS)
        for index, (node, layer) in enumerate(zip(model["nodes"], layers)):
            if whole.is_spent:
                return False
            tails.fill(node, layer, fails=index in failed)
    return True


class _Tails:
    """The nodes up to one, and what each of them gives."""

    def __init__(self, model: Plain, rounds: Sequence[dict[int, Any]], kept: dict[int, Any]) -> None:
        self.defined = definitions(model)
        self.given: dict[int, Gives] = {}
        self._trial = Trial(model, self.defined, rounds, kept, self.given)

    def fill(self, node: Any, layer: Plain, *, fails: bool) -> None:
        """Note what a node gives, after it was tried, where that is not known."""
        number = _number(bare(node))
        found = resolve(bare(node), self.defined)
        if number < 0 or not isinstance(found, dict):
            return
        sources = [self.given[one] for one in self._sources(node)]
        lost = fails or any(source.lost for source in sources)
        if not lost and "outputs" not in layer and "skipped" not in layer:
            layer.update(self._certain(number, found, self._sources(found)))
        outputs = layer.get("outputs") or ([UNKNOWN_RANK] if found.get("call") == "keras.Input" else None)
        moved = any(isinstance(shape, list) and shape[:1] != [None] for shape in outputs or ())
        # an operation that could not be tried may have moved it
        kept = all(source.batch_first for source in sources) and (outputs is not None or "apply" in found)
        batch_first = layer.pop("batch_first", kept) and not moved
        self.given[number] = Gives(outputs, layer.get("dtype"), lost, batch_first)

    def _sources(self, node: Any) -> list[int]:
        """The nodes before it that it is made of."""
        found: dict[int, None] = {}
        waiting, seen = [node], set[int]()
        while waiting:
            for part in parts(waiting.pop()):
                number = _number(part)
                if number in self.given:
                    found[number] = None
                elif "ref" in part and number not in seen:
                    seen.add(number)
                    waiting.append(self.defined.get(number))
        return list(found)

    def _certain(self, number: int, node: Plain, sources: Sequence[int]) -> Plain:
        if node.get("call") == "keras.Input":
            return {}
        if "inside" in node:
            return self._as_made(node["inside"])
        if "item" in node and isinstance(node["item"][1], int):
            return self._one_of(node)
        unread = sorted(_unknown_tensors(node))
        unsure = [one for one in sources if self.given[one].outputs is None]
        if (unread or unsure) and not _takes_tensors(node, self.defined):
            return {}
        return certain(self._trial, number, sources, unread) if not self._takes_apart(node, unsure) else {}

    def _as_made(self, inside: Any) -> Plain:
        """A layer of the user's gives what its `call` makes."""
        made = self.given.get(_number(inside))
        return {"outputs": list(made.outputs)} if made is not None and made.outputs else {}

    def _one_of(self, node: Plain) -> Plain:
        """One of several tensors that another node gave; of one tensor, it would be a part."""
        target, place = node["item"]
        made = self.given.get(_number(target))
        shapes = made.outputs if made is not None and made.outputs else ()
        return {"outputs": [shapes[place]]} if len(shapes) > 1 and 0 <= place < len(shapes) else {}

    def _takes_apart(self, node: Plain, unsure: Sequence[int]) -> bool:
        """Whether a node takes a part of what may be one tensor or several."""
        return any("item" in part and _number(part["item"][0]) in unsure for part in parts(node))


def _number(node: Any) -> int:
    number = node.get("ref", node.get("id")) if isinstance(node, dict) else None
    return number if isinstance(number, int) else -1


def _unknown_tensors(node: Plain) -> set[int]:
    """The unknowns that stand where a tensor belongs."""
    if "apply" not in node:
        return set()
    given = [*node["args"], *(value for name, value in node["kwargs"] if name in _TENSORS)]
    unknown = [value for value in given if isinstance(value, dict) and "unknown" in value]
    return {value["unknown"] for value in unknown if value.get("kind", "object") == "object"}


def _takes_tensors(node: Plain, defined: dict[int, Any]) -> bool:
    """Whether a node is a layer of Keras, which gives the same with several tensors as with one, or refuses them."""
    if "apply" not in node:
        return False
    target = resolve(node["apply"], defined)
    if not isinstance(target, dict) or any(form in part for part in parts(target) for form in _OF_THE_USER):
        return False
    path = str(target.get("call", ""))
    return "model" in target or (path.startswith("keras.layers.") and not path.endswith(_TAKES_STRUCTURES))
