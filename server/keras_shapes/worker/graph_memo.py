"""What Keras said of single nodes: after an edit, only the nodes that it touches are asked again.

What comes out of a node depends on how its layer is made, on the shapes of the tensors that go in, and on the settings.
That is not so where a layer is applied twice, holds others, passes a mask on, or where anything is not known: such
graphs are always made as a whole. Now and then an answer out of the memo is compared with a real one.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import re
from collections.abc import Sequence
from typing import Any, Optional

from . import keras_api, shortage
from .attempt import settings_of
from .describe import Plain, shape_of
from .graph import Nodes, NotRemembered, Steps, Taken, attempt_graph, used_of
from .graph_keys import NoKey, key_of, tensors_in
from .keras_api import keras
from .memo import MEMO
from .objects import Objects
from .recipes import definitions, given_names
from .session import session

_MOST_ASKED = 8
"""With more new nodes than these, making the graph as a whole costs less."""
_CHECK_EVERY = 50
_NUMBERED = re.compile(r"_\d+$")

_answers = itertools.count(1)


def attempt_graph_with_memo(model: Plain, values: dict[int, Any], kept: dict[int, Any] | None = None) -> Plain:
    """The same answer as `attempt_graph`, from the memo where that is possible."""
    if not MEMO.trusted:
        return attempt_graph(model, values, kept)
    remembered = _remembered(model, values)
    if remembered is not None and next(_answers) % _CHECK_EVERY != 0:
        return remembered
    answer = attempt_graph(model, values, kept, _Kept)
    if remembered is None:
        _remember(model, answer)
    elif remembered != answer:
        MEMO.distrust()
    return answer


class _Kept(Steps):
    """Makes nodes with Keras, and keeps what is said of them."""

    def take(self, node: Any) -> Optional[Taken]:
        """As Keras makes it."""
        key, sources = None, list[int]()
        if not _is_part(self.objects, node):
            with contextlib.suppress(NoKey):
                key, sources = key_of(self.objects, node, self.settings)
        taken = super().take(node)
        if key is not None:
            keep(self.objects, node, key, sources, taken)
        return taken


class _Recalled(Steps):
    """Recalls what was said of nodes; tensors of the same shapes stand for those that they gave."""

    asked = 0

    def take(self, node: Any) -> Optional[Taken]:
        """As Keras made it before, else as it makes it of these tensors."""
        if _is_part(self.objects, node):
            return {}, (), tensors_in(self.objects.make(node))
        try:
            key, sources = key_of(self.objects, node, self.settings)
        except NoKey:
            raise NotRemembered from None
        if key not in MEMO:
            self.asked += 1
            self._ask(node, key, sources)
        entry = MEMO.recall(key, lambda: None)
        if entry is None or self.asked > _MOST_ASKED:
            raise NotRemembered
        outputs = [keras_api.symbolic(shape, dtype) for shape, dtype in entry["tensors"]]
        for place, tensor in enumerate(outputs):
            tensor.place = place
        self.objects.made[node.get("ref", node.get("id"))] = outputs[0] if entry["one"] else outputs
        given = [tensors_in(self.objects.made[number]) for number in sources]
        return dict(entry["told"]), [given[source][place] for source, place in entry["sources"]], outputs

    def pass_over(self, unused: Sequence[int]) -> None:
        """Such nodes have names, which count."""
        if unused:
            raise NotRemembered

    def _ask(self, node: Any, key: str, sources: list[int]) -> None:
        try:
            taken = super().take(node)
        except Exception as error:  # noqa: BLE001 - the graph as a whole says it in its own words
            shortage.check(error)
            raise NotRemembered from None
        keep(self.objects, node, key, sources, taken)


def _is_part(objects: Objects, node: Any) -> bool:
    """Whether a node is one of several tensors that another one gave."""
    found = objects.definitions.get(node.get("ref", node.get("id")), {})
    target: Any = found["item"][0] if "item" in found else None
    number: Any = target.get("ref", target.get("id")) if isinstance(target, dict) else None
    return isinstance(objects.made.get(number), (list, tuple))


def keep(objects: Objects, node: Any, key: str, sources: list[int], taken: Any) -> None:
    """Keep what was said of a node, if it may be said again."""
    made = objects.made.get(node.get("ref", node.get("id")))
    if taken is None or made is None:
        return
    told, inputs, outputs = taken
    places = {
        id(tensor): [source, place]
        for source, number in enumerate(sources)
        for place, tensor in enumerate(tensors_in(objects.made[number]))
    }
    plain = tensors_in(made)
    same = len(plain) == len(outputs) and all(a is b for a, b in zip(plain, outputs))
    if not told["by_itself"] or not same or any(id(tensor) not in places for tensor in inputs):
        return
    if not isinstance(made, (keras.KerasTensor, list, tuple)) or told["params"] is None:
        return
    MEMO.keep(
        key,
        {
            "told": told,
            "sources": [places[id(tensor)] for tensor in inputs],
            "tensors": [[list(tensor.shape), str(tensor.dtype)] for tensor in outputs],
            "one": isinstance(made, keras.KerasTensor),
        },
    )


def _remember(model: Plain, answer: Plain) -> None:
    """Keep that Keras makes a model of such a graph."""
    if answer["outputs"] and not any("because" in layer for layer in answer["layers"]):
        MEMO.keep(_shape_of_graph(model, sorted(given_names(model)), answer["layers"]), {"made": True})


def _remembered(model: Plain, values: dict[int, Any]) -> Plain | None:
    if any(isinstance(node, dict) and node.get("aside") for node in model["nodes"]):
        return None
    names = sorted(given_names(model))
    with session(settings_of(model), names):
        run = _resumed(model, values)
        try:
            layers = run.layers_of(model["nodes"])
            return {"layers": _named(names, layers), **_whole(run.nodes.objects, model, names, layers)}
        except NotRemembered:
            return None
        except Exception as error:  # noqa: BLE001 - of tensors that are only recalled, Keras makes no model
            shortage.check(error)
            return None


class _Run:
    """The nodes of one graph as they are recalled, with all that is needed to go on behind any of them."""

    last: Optional[_Run] = None

    def __init__(self, values: dict[int, Any], settings: Plain) -> None:
        objects = Objects({}, values)
        self.values, self.settings = values, settings
        self.nodes = Nodes(objects, _Recalled(objects, settings))
        self._done: list[Any] = []
        self._marks = [self.nodes.mark()]
        self._layers: list[Plain] = []

    def go_back(self, nodes: Sequence[Any], defined: dict[int, Any]) -> None:
        """To where these nodes begin to differ from those of the last time."""
        pairs = enumerate(zip(nodes, self._done))
        same = next((index for index, (new, old) in pairs if new != old), min(len(nodes), len(self._done)))
        self.nodes.cut(self._marks[same])
        del self._done[same:], self._marks[same + 1 :], self._layers[same:]
        self.nodes.objects.definitions = defined
        self.nodes.steps = _Recalled(self.nodes.objects, self.settings)

    def layers_of(self, nodes: Sequence[Any]) -> list[Plain]:
        """What is known of each node."""
        for node in nodes[len(self._done) :]:
            self._layers.append(self.nodes.layer(node))
            self._done.append(node)
            self._marks.append(self.nodes.mark())
        return used_of(self.nodes, self._layers)


def _resumed(model: Plain, values: dict[int, Any]) -> _Run:
    """The run of before where it began like this, as that of one file does after each edit."""
    run = _Run.last
    if run is None or (run.values, run.settings) != (values, settings_of(model)):
        run = _Run.last = _Run(values, settings_of(model))
    run.go_back(model["nodes"], definitions(model))
    return run


def _whole(objects: Objects, model: Plain, names: Sequence[str], layers: Sequence[Plain]) -> Plain:
    if model.get("kind") != "functional":
        return {"params": None, "inputs": [], "outputs": []}
    if _shape_of_graph(model, names, layers) not in MEMO or any("because" in layer for layer in layers):
        raise NotRemembered
    inputs, outputs = (list(map(shape_of, tensors_in(objects.make(model[end])))) for end in ("inputs", "outputs"))
    return {"params": sum(layer.get("params", 0) for layer in layers), "inputs": inputs, "outputs": outputs}


def _shape_of_graph(model: Plain, names: Sequence[str], layers: Sequence[Plain]) -> str:
    """How nodes are connected: all that decides whether Keras makes a model of them."""
    connections = [[layer.get("from"), layer.get("skipped", False)] for layer in layers]
    return json.dumps([connections, model["inputs"], model["outputs"], model["arguments"], names])


def _named(given: Sequence[str], layers: Sequence[Plain]) -> list[Plain]:
    """The layers with the names that Keras would give them here.

    Raises:
        NotRemembered: they depend on more than the order of the nodes.
    """
    counts: dict[str, int] = {}
    taken = {name for layer in layers for name in layer.get("inner", ())} | {_NUMBERED.sub("", name) for name in given}
    names: list[str] = []
    for layer in layers:
        own = layer.get("name", "")
        if layer.get("skipped") or own in given:
            names.append(own)
            continue
        base = _NUMBERED.sub("", own)
        if base in taken:
            raise NotRemembered
        count = counts.get(base, 0)
        counts[base] = count + 1
        names.append(f"{base}_{count}" if count else base)
    return [_renamed(layer, name, names) for layer, name in zip(layers, names)]


def _renamed(layer: Plain, name: str, names: Sequence[str]) -> Plain:
    if layer.get("skipped") or "because" in layer:
        return layer
    if any(source is None for source in layer["from"]):
        raise NotRemembered
    places = [connection.rpartition("[")[2] for connection in layer["connected"]]
    connected = [f"{names[source]}[0][{place}" for source, place in zip(layer["from"], places)]
    return {**layer, "name": name, "connected": connected}
