"""What several attempts at one model agree on, each made with other values for its unknown numbers.

A refusal counts only where no unknown has a part in it: where none reaches the refused layer's arguments or the sizes
of its input, or where every size would be refused (a wrong rank, an unknown keyword).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .attempt import REFUSED_ABOVE
from .describe import Plain
from .recipes import definitions, resolve
from .roles import kinds_of, roles_of
from .stand_ins import PRIMES, join_layers, join_shapes

_NUMBER = re.compile(r"(\d+)")

REFUSED = "Keras refuses it"

_ALWAYS_KNOWN = ("class_name", "name", "input_spec", "parameters")


def agree(model: Plain, answers: Sequence[Plain], rounds: Sequence[dict[int, Any]]) -> Plain:
    """One answer for all: `layers`, `refusals`, `nested`, `params`.

    Layers that are not known have no `outputs`, and a `because`.
    """
    defined = definitions(model)
    elements = [resolve(element, defined) for element in model["nodes"]]
    layers, agreeing = _common_layers(elements, answers, rounds)
    answers, rounds = [answers[one] for one in agreeing], [rounds[one] for one in agreeing]
    reached = len(layers)
    fed = layers[-1]["outputs"][0] if layers and layers[-1]["outputs"] else None
    refusals = _refusals(elements, answers, rounds, reached, fed)
    because = _because(elements, answers, refusals, reached, fed)
    for index in range(reached, len(elements)):
        known = {name: value for name, value in answers[0]["layers"][index].items() if name in _ALWAYS_KNOWN}
        layers.append({**known, "input": fed if index == reached else None, "because": because})
    for refusal in refusals:
        layers[refusal["path"][0]]["because"] = [REFUSED]
    return {
        "layers": layers,
        "refusals": refusals,
        "params": answers[0]["params"] if len({answer["params"] for answer in answers}) == 1 else None,
        "nested": _nested(answers, rounds),
    }


def _common_layers(
    elements: Sequence[Any], answers: Sequence[Plain], rounds: Sequence[dict[int, Any]]
) -> tuple[list[Plain], list[int]]:
    """The layers that are built for all values, or for all but some small ones, and which attempts these are."""
    layers: list[Plain] = []
    agreeing = list(range(len(answers)))
    for index in range(len(elements)):
        built = [one for one in agreeing if "outputs" in answers[one]["layers"][index]]
        if built != agreeing and built[:PRIMES] != list(range(PRIMES)):
            break
        agreeing = built
        layer = join_layers([answers[one]["layers"][index] for one in built], [rounds[one] for one in built])
        if any(isinstance(shape, dict) or "?" in shape for shape in layer["outputs"]):
            above = layers[-1].get("because", ()) if layers else ()
            fed = layers[-1]["outputs"] if layers else []
            because = {*roles_of(elements[index]), *above, *(one for shape in fed for one in _unknowns_of(shape))}
            layer = {**layer, "because": sorted(because)}
        layers.append(layer)
    return layers, agreeing


def _refusals(
    elements: Sequence[Any], answers: Sequence[Plain], rounds: Sequence[dict[int, Any]], reached: int, fed: Any
) -> list[Plain]:
    """The refusals that count: at most one while building, and every constructor's."""
    found = []
    for index in range(len(elements)):
        same = [_refusal_at(answer, index) for answer in answers]
        if any(refusal is None for refusal in same):
            continue
        first = same[0]
        if first["stage"] == "constructor":
            counts = all(refusal["certain"] for refusal in same)
        else:
            unknown = bool(roles_of(elements[index])) or not _is_known(fed)
            counts = index == reached and (not unknown or all(refusal["rank"] for refusal in same))
        if counts:
            shapes = [refusal.get("input") for refusal in same]
            messages = [refusal["message"] for refusal in same]
            found.append({**first, "input": join_shapes(shapes, rounds), "message": without_stand_ins(messages)})
    return found


def without_stand_ins(messages: Sequence[str]) -> str:
    """Keras' words; a number in them that is another one for each stand-in is a `?`."""
    split = [_NUMBER.split(message) for message in messages]
    if len({len(parts) for parts in split}) != 1:
        return messages[0]
    return "".join(parts[0] if len(set(parts)) == 1 else "?" for parts in zip(*split))


def _refusal_at(answer: Plain, index: int) -> Any:
    return next((refusal for refusal in answer["refusals"] if refusal["path"][0] == index), None)


def _because(
    elements: Sequence[Any], answers: Sequence[Plain], refusals: Sequence[Plain], reached: int, fed: Any
) -> list[Any]:
    """Why the layers from `reached` on are not known."""
    if reached == len(elements):
        return []
    if any(refusal["path"][0] == reached for refusal in refusals):
        return [REFUSED_ABOVE]
    if all(_refusal_at(answer, reached) is None for answer in answers):
        return list(answers[0]["because"])
    unknowns = {*kinds_of(elements[reached]), *_unknowns_of(fed)}
    return sorted(unknowns or kinds_of(list(elements[:reached])))


def _is_known(shape: Any) -> bool:
    return shape is None or (isinstance(shape, list) and all(size is None or isinstance(size, int) for size in shape))


def _unknowns_of(shape: Any) -> list[int]:
    return [size[1] for size in shape if isinstance(size, list)] if isinstance(shape, list) else []


def _nested(answers: Sequence[Plain], rounds: Sequence[dict[int, Any]]) -> list[Any]:
    """The layers of models inside that all attempts have."""
    joined = []
    for index, (path, layers) in enumerate(answers[0]["nested"]):
        others = [answer["nested"][index][1] for answer in answers if len(answer["nested"]) > index]
        if len(others) < len(answers) or any(len(other) != len(layers) for other in others):
            continue
        same = [list(layer) for layer in zip(*others)]
        joined.append([path, [_join_known(layer, rounds) for layer in same]])
    return joined


def _join_known(layers: Sequence[Plain], rounds: Sequence[dict[int, Any]]) -> Plain:
    return join_layers(layers, rounds) if all("outputs" in layer for layer in layers) else {**layers[0], "outputs": []}
