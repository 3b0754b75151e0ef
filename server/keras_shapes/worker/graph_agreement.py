"""What several attempts at one graph agree on, node by node, each made with other values for its unknown numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .agreement import without_stand_ins
from .budget import Budget
from .describe import Plain
from .graph_behind_unknown import fill_graph
from .graph_memo import attempt_graph_with_memo
from .roles import kinds_of
from .stand_ins import assignments, join_layers, join_shapes

SECONDS = 4
"""Work that attempts with several values for what is unknown may take; the rest is told by fewer of them."""

_NOT_ALWAYS = "whether the program comes here depends on something unknown"
_OF_REFUSED = ("class_name", "name", "input_spec", "parameters", "from", "connected")

_FEWEST = 2
"""Attempts that tell what depends on an unknown number and what does not."""


def judge_graph(model: Plain) -> Plain:
    """`layers`, one for each node, and what is known of the whole: `inputs`, `outputs`, `params`, `complete`."""
    rounds = assignments([model["nodes"], model["input"]])
    kept: dict[int, Any] = {}
    budget = Budget(SECONDS)
    answers: list[Plain] = []
    for values in rounds:
        if len(answers) >= _FEWEST and budget.is_spent:
            break
        answers.append(attempt_graph_with_memo(model, values, kept))
    answer = _joined(model, answers, rounds[: len(answers)])
    if any("because" in layer for layer in answer["layers"]):
        told = [[layer.get("fails", False) for layer in one["layers"]] for one in answers]
        failed = {index for index, each in enumerate(zip(*told)) if all(each)}
        answer["passing"] = not fill_graph(model, answer["layers"], rounds[:2], kept, failed)
    return answer


def _joined(model: Plain, answers: Sequence[Plain], rounds: Sequence[dict[int, Any]]) -> Plain:
    layers = [
        _layer(node, [answer["layers"][index] for answer in answers], rounds)
        for index, node in enumerate(model["nodes"])
    ]
    complete = bool(layers) and not any(layer.get("because") for layer in layers)
    whole = _whole(answers, rounds)
    return {
        "layers": layers,
        "refusals": list(_refusals(layers, answers, rounds)),
        "nested": [],
        **whole,
        "input": whole["inputs"][0] if len(whole["inputs"]) == 1 else None,
        "output": whole["outputs"][0] if len(whole["outputs"]) == 1 else None,
        "complete": complete and not whole["because"],
    }


def _layer(node: Any, tried: Sequence[Plain], rounds: Sequence[dict[int, Any]]) -> Plain:
    """What all attempts say of one node."""
    if all("skipped" in layer for layer in tried):
        return {"skipped": True}
    if not all("outputs" in layer for layer in tried):
        reasons = [layer.get("because") for layer in tried]
        same = all(one == reasons[0] for one in reasons)
        known = {name: tried[0].get(name) for name in _OF_REFUSED if all("refused" in layer for layer in tried)}
        known = {name: value for name, value in known.items() if value is not None}
        because: Any = reasons[0] if same and reasons[0] is not None else sorted(kinds_of(node))
        return {**known, **_inputs(tried, rounds), "because": because or [_NOT_ALWAYS]}
    joined = {**join_layers(tried, rounds), **_inputs(tried, rounds)}
    if not joined["outputs"] or any(isinstance(shape, dict) or "?" in shape for shape in joined["outputs"]):
        joined["because"] = sorted(kinds_of(node))
    return joined


def _inputs(tried: Sequence[Plain], rounds: Sequence[dict[int, Any]]) -> Plain:
    """The shapes that go into a node, where all attempts have as many."""
    given = [layer.get("inputs") for layer in tried]
    if any(shapes is None for shapes in given) or len({len(shapes or ()) for shapes in given}) != 1:
        return {}
    return {"inputs": [join_shapes(shapes, rounds) for shapes in zip(*(shapes or () for shapes in given))]}


def _refusals(layers: Sequence[Plain], answers: Sequence[Plain], rounds: Sequence[dict[int, Any]]) -> Iterator[Plain]:
    """The refusals that count: those in which no unknown number has a part."""
    for index, layer in enumerate(layers):
        same = [answer["layers"][index].get("refused") for answer in answers]
        if not all(refusal and refusal["certain"] and refusal["stage"] == same[0]["stage"] for refusal in same):
            continue
        if all(map(_is_known, layer.get("inputs", ()))):
            message = without_stand_ins([refusal["message"] for refusal in same])
            shapes = [refusal.get("input") for refusal in same]
            yield {**same[0], "path": [index], "message": message, "input": join_shapes(shapes, rounds)}
    whole: list[Plain] = [answer["refused"] for answer in answers if "refused" in answer]
    if layers and len(whole) == len(answers):
        yield {**whole[0], "path": [len(layers) - 1], "call": None}


def _is_known(shape: Any) -> bool:
    return isinstance(shape, list) and all(size is None or isinstance(size, int) for size in shape)


def _whole(answers: Sequence[Plain], rounds: Sequence[dict[int, Any]]) -> Plain:
    because: list[Any] = next((answer["because"] for answer in answers if answer.get("because")), [])
    ends: Plain = {}
    for name in ("inputs", "outputs"):
        shapes = [answer[name] for answer in answers]
        same = len({len(each) for each in shapes}) == 1
        ends[name] = [join_shapes(each, rounds) for each in zip(*shapes)] if same else []
    counts = {answer["params"] for answer in answers}
    return {**ends, "params": answers[0]["params"] if len(counts) == 1 else None, "because": because}
