"""One node of a graph, tried on tensors of many shapes in the place of those that are not known."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from . import shortage
from .attempt import settings_of
from .behind_unknown import LAYER_SECONDS, UNKNOWN_RANK, common_of, inputs_like, is_broad, opened, own_inputs
from .budget import Budget
from .describe import Plain, describe
from .graph_keys import NoKey, key_of
from .graph_steps import step_of
from .keras_api import keras, symbolic
from .memo import MEMO
from .objects import Objects
from .recipes import resolve

Fed = Optional[Sequence[Any]]

_MOST_OPEN = 2
"""Tensors of unknown shape that may go into one node."""
_BATCH = 7
_FEW, _SOME = (0, 2, 4), (0, 7, 9, 10)
"""Places of shapes that differ in each size."""


@dataclass(frozen=True)
class Gives:
    """What a node gave: the shapes of its tensors, None where not even their number is known.

    `lost` stands behind one where the program fails. The batch axis is the first one, as long as nothing has moved it.
    """

    outputs: Optional[Sequence[Any]] = None
    dtype: Optional[str] = None
    lost: bool = False
    batch_first: bool = True


@dataclass(frozen=True)
class Trial:
    """What nodes are tried with: values for the unknowns, base models, and what the nodes before them gave."""

    model: Plain
    defined: dict[int, Any]
    rounds: Sequence[dict[int, Any]]
    kept: dict[int, Any]
    given: dict[int, Gives]


def certain(trial: Trial, number: int, sources: Sequence[int], unread: Sequence[int]) -> Plain:
    """What is certain of a node: `sources` are the nodes that it is made of, `unread` unknowns that are tensors."""
    places = [place for one in sources for place in _open_places(one, trial.given[one])]
    fed = [(trial.given[one].outputs or [UNKNOWN_RANK])[place] for one, place in places]
    fed += [UNKNOWN_RANK for _ in unread]
    if len(fed) > _MOST_OPEN:
        return {}
    tries = _Tries(trial, number, sources, places, unread, Budget(LAYER_SECONDS))
    if not fed:
        return common_of(tries.with_shapes(fed) or [], trial.rounds, is_open=False, is_broad=True)
    for offered in (fed, [*map(opened, fed)], None):
        tried = tries.with_shapes(offered)
        if tried is None:
            return {}
        common = common_of(tried, trial.rounds, is_open=True, is_broad=_is_broad(tried, len(fed)))
        if common:
            return {**common, "batch_first": _is_batch_first(tried)}
    return {}


@dataclass(frozen=True)
class _Tries:
    """`places` are the tensors of the sources of which not all is known: of which source, and which of its tensors."""

    trial: Trial
    number: int
    sources: Sequence[int]
    places: Sequence[tuple[int, int]]
    unread: Sequence[int]
    budget: Budget

    def with_shapes(self, fed: Fed) -> Optional[list[Any]]:
        """What Keras says with tensors of all shapes that agree with these; None where there is no time for it.

        Without shapes, the node is a model that says what it takes.
        """
        found = []
        for values in self.trial.rounds:
            for shapes in self._offers(fed, values):
                if self.budget.is_spent:
                    return None
                found.append((shapes, self._said(self._objects(shapes, values)), values))
        return found

    def _offers(self, fed: Fed, values: dict[int, Any]) -> Iterator[tuple[Any, ...]]:
        if fed is None:
            node = resolve({"ref": self.number}, self.trial.defined)
            alone = "apply" in node and len(self.places) + len(self.unread) == 1
            shapes = own_inputs(self.trial.defined, node["apply"], values, self.trial.kept) if alone else []
            yield from ((shape,) for shape in shapes)
            return
        offers = [list(inputs_like(shape, values)) for shape in fed]
        for (number, _), shapes in zip(self.places, offers):
            if not self.trial.given[number].batch_first:
                shapes += [(_BATCH, *shape[1:]) for shape in shapes]
        yield from itertools.product(*(offers if len(fed) < 2 else map(_fewer, offers)))

    def _objects(self, shapes: Sequence[Any], values: dict[int, Any]) -> Objects:
        """The world around the node: tensors of these shapes, and of those that are known."""
        tensors = [_tensor(shape) for shape in shapes]
        count = len(self.places)
        given = dict(zip(self.places, tensors))
        objects = Objects(self.trial.defined, {**values, **dict(zip(self.unread, tensors[count:]))}, self.trial.kept)
        objects.traces = self.trial.model.get("kind") == "call"
        for one in self.sources:
            known = self.trial.given[one]
            of_node = [
                given[one, place]
                if (one, place) in given
                else _tensor(next(inputs_like(shape, values), ()), known.dtype)
                for place, shape in enumerate(known.outputs or [UNKNOWN_RANK])
            ]
            objects.made[one] = of_node[0] if len(of_node) == 1 else of_node
        return objects

    def _said(self, objects: Objects) -> Optional[Plain]:
        """What Keras says of the node there, or None where it refuses."""
        node = {"ref": self.number}
        try:
            key = f"alone {key_of(objects, node, settings_of(self.trial.model))[0]}"
        except NoKey:
            return _made(objects, node)
        return MEMO.recall(key, lambda: _made(objects, node))


def _made(objects: Objects, node: Plain) -> Optional[Plain]:
    try:
        step = step_of(objects, node, objects.make(node))
    except Exception as error:  # noqa: BLE001 - refused, so the real tensors are others
        shortage.check(error)
        return None
    if step is None or step.gives_back_input:
        return None
    described = describe(step)
    del described["layer"]
    return described


def _tensor(shape: Sequence[Any], dtype: Optional[str] = None) -> Any:
    return symbolic(shape, dtype or keras.config.floatx())


def _open_places(number: int, given: Gives) -> list[tuple[int, int]]:
    """The tensors of a node of which not all sizes are known, at least by a name."""
    shapes = given.outputs or [UNKNOWN_RANK]
    return [(number, place) for place, shape in enumerate(shapes) if isinstance(shape, dict) or "?" in shape]


def _is_batch_first(tried: Sequence[Any]) -> bool:
    said = [described for _, described, _ in tried if described is not None]
    return all(shape[:1] == [None] for described in said for shape in described["outputs"])


def _is_broad(tried: Sequence[Any], count: int) -> bool:
    """Whether that holds of each of the tensors that vary."""
    return all(is_broad([(shapes[place], said, values) for shapes, said, values in tried]) for place in range(count))


def _fewer(shapes: Sequence[Any]) -> list[Any]:
    """Some shapes of each rank: of two tensors, each goes together with each."""
    found: list[Any] = []
    for _, same in itertools.groupby(shapes, key=len):
        of_rank = list(same)
        found += [of_rank[place] for place in (_SOME if len(of_rank) > _SOME[-1] else _FEW) if place < len(of_rank)]
    return found
