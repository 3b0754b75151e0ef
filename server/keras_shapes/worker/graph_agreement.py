"""What several attempts at one graph agree on, node by node, each made with other values for its unknown numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .budget import Budget
from .describe import Plain
from .graph_memo import attempt_graph_with_memo
from .roles import kinds_of
from .stand_ins import assignments, join_layers, join_shapes

SECONDS = 4
"""Work that attempts with several values for what is unknown may take; the rest is told by fewer of them."""

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
    return _joined(model, answers, rounds[: len(answers)])


def _joined(model: Plain, answers: Sequence[Plain], rounds: Sequence[dict[int, Any]]) -> Plain:
    layers = [
        _layer(node, [answer["layers"][index] for answer in answers], rounds)
        for index, node in enumerate(model["nodes"])
    ]
    complete = bool(layers) and not any(layer.get("because") for layer in layers)
    whole = _whole(answers, rounds)
    return {
        "layers": layers,
        "refusals": [],
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
        return {"because": reasons[0] if all(one == reasons[0] for one in reasons) else sorted(kinds_of(node))}
    joined = join_layers(tried, rounds)
    if len({len(layer["inputs"]) for layer in tried}) == 1:
        joined["inputs"] = [join_shapes(shapes, rounds) for shapes in zip(*(layer["inputs"] for layer in tried))]
    if not joined["outputs"] or any(isinstance(shape, dict) or "?" in shape for shape in joined["outputs"]):
        joined["because"] = sorted(kinds_of(node))
    return joined


def _whole(answers: Sequence[Plain], rounds: Sequence[dict[int, Any]]) -> Plain:
    because: list[Any] = next((answer["because"] for answer in answers if answer.get("because")), [])
    ends: Plain = {}
    for name in ("inputs", "outputs"):
        shapes = [answer[name] for answer in answers]
        same = len({len(each) for each in shapes}) == 1
        ends[name] = [join_shapes(each, rounds) for each in zip(*shapes)] if same else []
    counts = {answer["params"] for answer in answers}
    return {**ends, "params": answers[0]["params"] if len(counts) == 1 else None, "because": because}
