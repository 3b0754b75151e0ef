"""What Keras said of single layers, as plain data: after an edit, only the layers that it touches are asked again.

A layer's output depends on how it is made, on its input and on the settings. That is not so where a layer occurs
twice, has a name of its own, holds other layers, or where a mask flows: such models are always built as a whole, and
so is every model of which anything is refused. Now and then an answer out of the memo is compared with a real build.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from . import shortage
from .attempt import attempt, settings_of, told
from .describe import Plain, describe
from .objects import Objects
from .recipes import children, definitions
from .sequential import call_alone
from .session import session

_LARGEST = 4_000
_MOST_ASKED = 4
"""With more new layers than these, building the model as a whole costs less."""
_CHECK_EVERY = 50
_NUMBERED = re.compile(r"_\d+$")
_SHARED = ("ref", "model", "code", "layer", "declared", "apply", "attribute", "item")
"""Forms that make an element more than one call with plain arguments."""

_IDENTITY = {"call": "keras.layers.Identity", "id": -1, "args": [], "kwargs": []}

_answers = itertools.count(1)


class Memo:
    """Descriptions by key, None where Keras refuses; the ones that were not used for longest go first."""

    def __init__(self) -> None:
        self.trusted = True
        self._known: OrderedDict[str, Plain | None] = OrderedDict()
        self._size = 0

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def recall(self, key: str | None, ask: Callable[[], Plain | None]) -> Plain | None:
        """What was said under this key, or what `ask` says now."""
        if key is None or not self.trusted:
            return ask()
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        self.keep(key, ask())
        return self._known.get(key)

    def keep(self, key: str, description: Plain | None) -> None:
        """Keep a description under its key."""
        self._size += _size(description) - _size(self._known.get(key))
        self._known[key] = description
        self._known.move_to_end(key)
        while self._size > _LARGEST and len(self._known) > 1:
            self._size -= _size(self._known.popitem(last=False)[1])

    def distrust(self) -> None:
        """Forget everything, for good: it was wrong once."""
        self.trusted = False
        self._known.clear()


MEMO = Memo()


def attempt_with_memo(model: Plain, values: dict[int, Any], kept: dict[int, Any] | None = None) -> Plain:
    """The same answer as `attempt`, from the memo where that is possible."""
    remembered = _from_memo(model, values) if MEMO.trusted else None
    if remembered is not None and next(_answers) % _CHECK_EVERY != 0:
        return remembered
    answer = attempt(model, values, kept)
    if remembered is None:
        _remember(model, values, answer)
    elif remembered != answer:
        MEMO.distrust()
    return answer


def layer_key(element: Any, fed: Any, model: Plain, values: dict[int, Any]) -> str | None:
    """All that decides what comes out of a layer; None where that is more than the layer itself."""
    normal = _normal(element, values)
    return None if normal is None else json.dumps([normal, fed, settings_of(model)], sort_keys=True)


def _from_memo(model: Plain, values: dict[int, Any]) -> Plain | None:
    if len(model["nodes"]) < 2 or model["arguments"]["args"] or model["arguments"]["kwargs"]:
        return None
    layers: list[Plain] = []
    asked = 0
    for element in model["nodes"]:
        above = layers[-1] if layers else None
        key = layer_key(element, _fed(model, above, values), model, values)
        if key is not None and key not in MEMO:
            asked += 1
        if key is None or asked > _MOST_ASKED:
            return None
        layer = MEMO.recall(key, functools.partial(_ask, model, element, above, values))
        if layer is None:
            return None
        layers.append(layer)
    names = _names(model["nodes"], layers)
    if names is None:
        return None
    return {
        "layers": [{**layer, "name": name} for layer, name in zip(layers, names)],
        "refusals": [],
        "because": [],
        "params": sum(layer["params"] for layer in layers),
        "nested": [],
    }


def _remember(model: Plain, values: dict[int, Any], answer: Plain) -> None:
    """Keep what a real build says of its layers, up to the first one that is more than a layer by itself."""
    above = None
    for element, layer in zip(model["nodes"], answer["layers"]):
        key = layer_key(element, _fed(model, above, values), model, values)
        if key is None or not _is_usable(layer):
            return
        MEMO.keep(key, layer)
        above = layer


def _fed(model: Plain, above: Plain | None, values: dict[int, Any]) -> Any:
    """What a layer gets: from the layer above, or as the first one."""
    return [above["outputs"][0], above["dtype"]] if above else ["first", _with_values(model["input"], values)]


def _ask(model: Plain, element: Any, above: Plain | None, values: dict[int, Any]) -> Plain | None:
    """What Keras says of the layer behind an input like the one that it gets in the model."""
    if above is None:
        # Keras does not build a model of one layer that brings its own input.
        answer = attempt({**model, "nodes": [element, _IDENTITY]}, values)
        layer: Plain = answer["layers"][0]
        return layer if not answer["refusals"] and _is_usable(layer) else None
    with session(settings_of(model)):
        try:
            step = call_alone(Objects(definitions(element), values), element, above["outputs"][0], above["dtype"])
        except Exception as error:  # noqa: BLE001 - the model as a whole is asked for the official words
            shortage.check(error)
            return None
        layer = told(describe(step))
    return layer if _is_usable(layer) else None


def _is_usable(layer: Plain) -> bool:
    return len(layer.get("outputs", ())) == 1 and bool(layer["by_itself"])


def _names(elements: Sequence[Any], layers: Sequence[Plain]) -> list[str] | None:
    """The automatic names of the layers, counted as Keras does; None where the memo does not know."""
    counts: dict[str, int] = {}
    inner: set[str] = set()
    names = []
    for element, layer in zip(elements, layers):
        base = _NUMBERED.sub("", layer["name"])
        if base in inner:
            return None
        inner.update(layer["inner"])
        count = counts.get(base, 0)
        counts[base] = count + 1
        named = element["call"].startswith("keras.applications.")
        names.append(layer["name"] if named else f"{base}_{count}" if count else base)
    return names if len(set(names)) == len(names) else None


def _normal(node: Any, values: dict[int, Any]) -> Any:
    """The recipe of an element without numbers that only count; None where it is not an element by itself."""
    if not isinstance(node, dict) or "call" not in node or any(_is_shared(part) for part in _inside(node)):
        return None
    if any(name == "name" for name, _ in node["kwargs"]):
        return None
    return _with_values(node, values)


def _with_values(node: Any, values: dict[int, Any]) -> Any:
    if isinstance(node, list):
        return [_with_values(item, values) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("unknown") in values:
        value = values[node["unknown"]]
        return {"value": repr(value), "type": type(value).__name__}
    return {name: _with_values(value, values) for name, value in node.items() if name not in ("id", "unknown")}


def _inside(node: Any) -> Any:
    for child in children(node):
        if isinstance(child, dict):
            yield child
        yield from _inside(child)


def _is_shared(node: dict[str, Any]) -> bool:
    return any(form in node for form in _SHARED) or str(node.get("call", "")).startswith("keras.layers.")


def _size(description: Plain | None) -> int:
    return 0 if description is None else 1 + len(description.get("weights", ())) // 4
