"""What is certain behind something unknown.

Each layer is tried on many inputs, and what all accepted ones agree on is kept. Nothing is ever refused here: an
input that a layer refuses only says that the real input is another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from . import shortage
from .attempt import settings_of
from .budget import Budget
from .describe import Plain, describe
from .keras_api import keras
from .memo import MEMO, layer_key
from .objects import Objects, is_base_model
from .recipes import definitions, given_names
from .roles import roles_of
from .sequential import call_alone, layer_of
from .session import session
from .stand_ins import join_layers

UNKNOWN_RANK = {"last": "?"}

SECONDS = 3
"""Work that all layers together may take."""

LAYER_SECONDS = 1.5
"""Work that one layer may take; one that takes longer stays unknown."""

_RANKS = (1, 2, 3, 4, 5)
_INNER = ((None, None, None), (8, 8, 8), (1, 1, 1), (97, 97, 97), (8, 97, 12))
_LAST = (96, None, 1, 3, 64)


def fill_in(
    model: Plain, layers: list[Plain], start: int, rounds: Sequence[dict[int, Any]], kept: dict[int, Any]
) -> bool:
    """Put what is certain into the descriptions of the layers from `start` on; whether there was time for all of it.

    `rounds` are values for the unknowns, `kept` base models that are made already. The layer `start` may know its
    input; else not even its rank is known.
    """
    fed = layers[start].get("input") or UNKNOWN_RANK
    defined = definitions(model)

    def alone(element: Any, shape: Sequence[int | None], values: dict[int, Any]) -> Plain | None:
        key = layer_key(element, ["alone", shape], model, values)
        return MEMO.recall(key, lambda: _alone(Objects(defined, values, kept), element, shape))

    def tries(element: Any, offered: Any, budget: Budget) -> list[Any] | None:
        found = []
        for values in rounds:
            own = own_inputs(defined, element, values, kept) if offered is None else inputs_like(offered, values)
            for shape in own:
                if budget.is_spent:
                    return None
                found.append((shape, alone(element, shape, values), values))
        return found

    with session(settings_of(model), given_names(model)):
        whole, in_time = Budget(SECONDS), True
        for index in range(start, len(layers)):
            if whole.is_spent:
                return False
            element, budget = model["nodes"][index], Budget(LAYER_SECONDS)
            common: Plain = {}
            for offered in (None, fed) if is_base_model(element) else (fed, opened(fed), None):
                tried = tries(element, offered, budget)
                if tried is None:
                    in_time = False
                    break
                common = common_of(
                    tried, rounds, is_open=offered is None or "?" in _sizes(offered), is_broad=is_broad(tried)
                )
                if common:
                    break
            layers[index].update(common)
            fed = common["outputs"][0] if common.get("outputs") else UNKNOWN_RANK
    return in_time


def opened(fed: Any) -> Any:
    """The shape without the sizes that depend on an unknown number."""
    return fed if isinstance(fed, dict) else ["?" if isinstance(size, list) else size for size in fed]


def inputs_like(fed: Any, values: dict[int, Any]) -> Iterator[tuple[int | None, ...]]:
    """Inputs that agree with what is known of the shape."""
    if isinstance(fed, dict):
        # the only axis of a tensor is that of the batch, whose size is not known
        for rank in _RANKS if fed["last"] in ("?", None) else _RANKS[1:]:
            yield from inputs_like([None, *["?"] * (rank - 2), fed["last"]][:rank], values)
        return
    sizes = [int(values[size[1]]) * size[0] if isinstance(size, list) else size for size in fed]
    inner_sizes = _INNER if "?" in sizes[:-1] else _INNER[:1]
    last_sizes = _LAST if sizes[-1:] == ["?"] else tuple(sizes[-1:])
    for position, inner in enumerate(inner_sizes):
        # The last axis is the one that most layers look at: it varies with two of the others.
        for last in last_sizes if position < 2 else last_sizes[:1]:
            unknown = iter(inner + inner)
            yield (*(next(unknown) if size == "?" else size for size in sizes[:-1]), last)


def own_inputs(
    defined: dict[int, Any], element: Any, values: dict[int, Any], kept: dict[int, Any]
) -> list[tuple[int | None, ...]]:
    """The input shape of a model that begins with an input of its own."""
    try:
        layer = layer_of(Objects(defined, values, kept).make(element))
        fixed = isinstance(layer, keras.Model) and not roles_of(element)
        return [tuple(layer.input_shape)] if fixed else []
    except Exception as error:  # noqa: BLE001 - then it has none
        shortage.check(error)
        return []


def _alone(objects: Objects, element: Any, shape: Sequence[int | None]) -> Plain | None:
    """The layer behind this input, or None where Keras refuses it."""
    try:
        step = call_alone(objects, element, shape)
    except Exception as error:  # noqa: BLE001 - refused, so the real input is another one
        shortage.check(error)
        return None
    if len(step.outputs) != 1:
        return None
    described = describe(step)
    del described["layer"]
    return described


def common_of(tried: Sequence[Any], rounds: Sequence[dict[int, Any]], *, is_open: bool, is_broad: bool) -> Plain:
    """What all accepted inputs have in common; nothing where some value of the unknowns has no accepted input."""
    accepted = [(described, values) for _, described, values in tried if described is not None]
    if not accepted or any(all(values is not used for _, used in accepted) for values in rounds):
        return {}
    common = join_layers([described for described, _ in accepted], [values for _, values in accepted])
    del common["dtype"], common["name"]
    if not is_broad:
        return {"outputs": [_open(shape, every=True) for shape in common["outputs"]]}
    if is_open:
        common["input"] = _open(common["input"])
        common["outputs"] = [_open(shape) for shape in common["outputs"]]
    return common


def is_broad(tried: Sequence[Any]) -> bool:
    """Whether, on every axis, any size or at least two sizes are accepted, where several were tried."""
    for rank in {len(shape) for shape, described, _ in tried if described is not None}:
        same = [(shape, described) for shape, described, _ in tried if len(shape) == rank]
        for axis in range(1, rank):
            offered = {shape[axis] for shape, _ in same}
            accepted = {shape[axis] for shape, described in same if described is not None}
            if len(offered) > 1 and len(accepted) == 1 and None not in accepted:
                return False
    return True


def _open(shape: Any, *, every: bool = False) -> Any:
    """A size that is None only because the size tried was None is unknown; the batch axis stays as it is."""
    if isinstance(shape, dict):
        return {"last": "?" if every or shape["last"] is None else shape["last"]}
    if shape is None:
        return None
    return [*shape[:1], *("?" if every or size is None else size for size in shape[1:])]


def _sizes(fed: Any) -> list[Any]:
    return ["?"] if isinstance(fed, dict) else fed
