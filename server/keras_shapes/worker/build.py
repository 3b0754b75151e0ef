"""The verdicts of Keras on models: recipes in, plain data out.

`evaluate` is all that the process around it calls. An answer has, for each model, `layers` (one for each element, in
order), `refusals` (the first is the one that a program meets), `nested`, `input`, `output`, `params`, `complete` and
`because`; or only `unavailable` with a reason.
A size is an integer, null, `[coefficient, unknown]` or `"?"`; a shape a list of sizes, or `{"last": size}` where the
rank is unknown. `because` are numbers of unknowns, and reasons in words.
"""

from __future__ import annotations

import gc
import itertools
from typing import Any

from . import code, keras_api, legacy, signatures
from .agreement import agree
from .behind_unknown import fill_in
from .budget import Budget
from .describe import Plain
from .graph_agreement import judge_graph
from .memo import attempt_with_memo
from .naming import name_elements
from .recipes import definitions
from .roles import SIZE, roles_of
from .session import load_nothing
from .shortage import Shortage
from .stand_ins import assignments

ROUNDS_SECONDS = 4
"""Work that attempts with several values for what is unknown may take before only the known part is told."""

TOO_LONG = "to find out takes too long"

_COLLECT_EVERY = 20
_evaluations = itertools.count(1)

load_nothing()
keras_api.let_values_be_given()
about, warm_up, import_late_parts = keras_api.about, keras_api.warm_up, keras_api.import_late_parts
signature = signatures.signature
work_once, COMPILES, STARTS_LATE = keras_api.work_once, keras_api.COMPILES, keras_api.STARTS_LATE


def evaluate(request: dict[str, Any]) -> dict[str, Any]:
    """The answers to a request, model by model."""
    return {"models": [_answer(model) for model in request["models"]]}


def _answer(model: Plain) -> Plain:
    try:
        return _with_table(_verdict(model))
    except RecursionError:
        return {"unavailable": "the model is nested too deeply"}
    except (code.HeldBack, Shortage) as reason:
        return {"unavailable": str(reason)}
    except Exception as error:  # noqa: BLE001 - trouble with one model, or with the machine, is not the next one's
        return {"unavailable": f"the model could not be evaluated ({type(error).__name__}: {error})"[:500]}
    finally:
        if next(_evaluations) % _COLLECT_EVERY == 0:
            gc.collect()


def _with_table(answer: Plain) -> Plain:
    """The parameters of each constructor once, in a table of their own: they are most of what there is to say."""
    table: dict[tuple[str, ...], int] = {}

    def numbered(layer: Plain) -> Plain:
        names = layer.get("parameters")
        return layer if names is None else {**layer, "parameters": table.setdefault(tuple(names), len(table))}

    answer["layers"] = [numbered(layer) for layer in answer["layers"]]
    answer["nested"] = [[path, [numbered(layer) for layer in layers]] for path, layers in answer.get("nested", [])]
    answer["parameters"] = [list(names) for names in table]
    return answer


def _verdict(model: Plain) -> Plain:
    legacy_model = model["flavour"] == legacy.FLAVOUR
    if model.get("kind") is not None:
        return legacy.graph(model) if legacy_model else judge_graph(model)
    if legacy_model:
        model = legacy.translate(model)
    rounds = assignments([model["nodes"], model["input"]])
    kept: dict[int, Any] = {}
    answer = _all_rounds(model, rounds, kept) or _known_head(model)
    if legacy_model:
        answer = legacy.without_refusals(answer)
    layers, refusals = answer["layers"], answer["refusals"]
    start = next((index for index, layer in enumerate(layers) if "outputs" not in layer), None)
    stop = refusals[0]["path"][0] if refusals else len(layers)
    if start is not None and start < stop:
        in_time = fill_in(model, layers[:stop], start, rounds[:2], kept)
        answer["passing"] = answer.get("passing", False) or not in_time
    if not legacy_model:
        name_elements(model["nodes"], layers, definitions(model))
    answer["complete"] = bool(layers) and not refusals and not any(layer.get("because") for layer in layers)
    answer["input"] = _input_of(layers)
    answer["output"] = layers[-1]["outputs"][0] if layers and layers[-1].get("outputs") else None
    return answer


def _all_rounds(model: Plain, rounds: list[dict[int, Any]], kept: dict[int, Any]) -> Plain | None:
    """What all attempts agree on; None where they take too long."""
    budget = Budget(ROUNDS_SECONDS)
    answers: list[Plain] = []
    for values in rounds:
        if answers and budget.is_spent:
            return None
        answers.append(attempt_with_memo(model, values, kept))
    return agree(model, answers, rounds)


def _known_head(model: Plain) -> Plain:
    """What is known of the layers above the first one that depends on something unknown."""
    elements = model["nodes"]
    known = 0 if roles_of(model["input"], SIZE) else _count_known(elements)
    head = {**model, "nodes": elements[:known]}
    answer = agree(head, [attempt_with_memo(head, {})], [{}])
    answer["layers"] += [{"because": [TOO_LONG]} for _ in elements[known:]]
    return {**answer, "params": None, "passing": True}


def _count_known(elements: list[Any]) -> int:
    return next((index for index, element in enumerate(elements) if roles_of(element)), len(elements))


def _input_of(layers: list[Plain]) -> Any:
    """The input shape of the model: what its first layer gets, or gives where that is an input."""
    if not layers:
        return None
    return layers[0].get("input") or next(iter(layers[0].get("outputs", ())), None)
