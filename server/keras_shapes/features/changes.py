"""What an edit changed in a model: layers that are new or have another shape, and the sum of the parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from keras_shapes.analysis import Analysis, LayerAnalysis, ModelAnalysis
from keras_shapes.features.costs.cost_words import count_text
from keras_shapes.features.layers import expression_span
from keras_shapes.features.model_graphs import is_shown
from keras_shapes.features.shapes import output_text, parameters_text
from keras_shapes.verdict import Built

_MOST_COMPARED = 100_000
"""Where more pairs of layers than these would be compared, all of them are new: nobody reads so many marks."""


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """What a text is compared with: an analysis of before. `since` says of which text: `HEAD 1a2b3c4`, or nothing."""

    analysis: Analysis
    since: str


@dataclass(frozen=True, slots=True)
class LayerChange:
    """`before` is the shape where it was another one; `params` is how many more there are, None if that is not known.

    A layer that is `new` has nothing before.
    """

    before: str | None
    after: str
    params: int | None
    new: bool = False

    @property
    def text(self) -> str:
        """`(None, 64) → (None, 128), +1.2 M parameters`; `new`."""
        if self.new:
            return ", ".join(["new", *([more_text(self.params)] if self.params else [])])
        shapes = [f"{self.before} → {self.after}"] if self.before is not None else []
        return ", ".join([*shapes, *([more_text(self.params)] if self.params else [])])


@dataclass(frozen=True, slots=True)
class ModelChange:
    """What became of one model: `layers` by the index of the layer now; `removed` is how many are gone."""

    since: str
    params: int | None = None
    removed: int = 0
    new: bool = False
    layers: Mapping[int, LayerChange] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """`3 layers changed, 1 removed, +1.2 M parameters`; empty where nothing changed."""
        return ", ".join(["new"] if self.new else self._parts())

    @property
    def text(self) -> str:
        """The same with the text that it is compared with: `… since HEAD 1a2b3c4`."""
        return f"{self.words} since {self.since}" if self.words and self.since else self.words

    def _parts(self) -> Iterator[str]:
        changed = sum(not each.new for each in self.layers.values())
        if changed:
            yield f"{changed} layer{'' if changed == 1 else 's'} changed"
        for number, word in ((len(self.layers) - changed, "new"), (self.removed, "removed")):
            if number:
                yield f"{number} {word}"
        if self.params:
            yield more_text(self.params)


def more_text(count: int) -> str:
    """`+1.2 M parameters`, `-80 parameters`."""
    amount = parameters_text(abs(count)) if abs(count) < 10_000 else f"{count_text(abs(count))} parameters"
    return f"{'+' if count > 0 else '-'}{amount}"


class Changes:
    """What changed in the models of a text since an earlier one; nothing is compared before it is asked for."""

    def __init__(self, earlier: Earlier | None, now: Analysis) -> None:
        self._earlier = None if earlier is None or earlier.analysis is now else earlier
        self._now = now
        self._before = {} if self._earlier is None else _counterparts(self._earlier.analysis, now)

    def of(self, model: ModelAnalysis) -> ModelChange | None:
        """What changed in one model; None without anything to compare with, or where it is not known what it is."""
        if self._earlier is None or model.status.kind == "unknown":
            return None
        before = self._before.get(id(model))
        if before is None:
            return ModelChange(self._earlier.since, new=True)
        if before.status.kind == "unknown":
            return None
        pairs = _pairs(_Side(self._earlier.analysis, before), _Side(self._now, model))
        told = {index: _layer(old, model.layers[index]) for index, old in pairs.items()}
        return ModelChange(
            self._earlier.since,
            params=_difference(_params(before), _params(model)),
            removed=sum(map(is_shown, before.layers)) - sum(old is not None for old in pairs.values()),
            layers={index: change for index, change in told.items() if change is not None},
        )

    def sums(self) -> dict[int, int]:
        """How many more parameters each model has, by its index; without those that have as many as before."""
        found = {}
        for index, model in enumerate(self._now.models):
            before = self._before.get(id(model))
            more = _difference(_params(before), _params(model)) if before is not None else None
            if more:
                found[index] = more
        return found


def _params(model: ModelAnalysis) -> int | None:
    return model.verdict.params if isinstance(model.verdict, Built) else None


def _difference(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def _counterparts(before: Analysis, now: Analysis) -> dict[int, ModelAnalysis]:
    """The same models before, by identity: of the same name and kind, and as many of these stood above them."""
    waiting: dict[object, list[ModelAnalysis]] = {}
    for model in reversed(before.models):
        waiting.setdefault(_key(model), []).append(model)
    pairs = ((model, waiting.get(_key(model))) for model in now.models)
    return {id(model): same.pop() for model, same in pairs if same}


def _key(model: ModelAnalysis) -> tuple[object, ...]:
    return model.model.name, model.model.kind, model.model.variant


class _Side:
    """The layers of a model that have a row, with what they are compared by."""

    def __init__(self, analysis: Analysis, model: ModelAnalysis) -> None:
        self.indices = [index for index, layer in enumerate(model.layers) if is_shown(layer)]
        self.layers = [model.layers[index] for index in self.indices]
        self.texts = [(each.class_name, analysis.document.slice(expression_span(each.element))) for each in self.layers]

    def kinds(self, first: int, last: int) -> list[str]:
        """The classes of some layers."""
        return [kind for kind, _ in self.texts[first:last]]


def _pairs(before: _Side, now: _Side) -> dict[int, LayerAnalysis | None]:
    """For each layer of now the one that it was: first by what is written, then by the class, in the gaps between."""
    found: dict[int, LayerAnalysis | None] = dict.fromkeys(now.indices)
    for tag, a, b, c, d in _compared(before.texts, now.texts):
        blocks = [(0, 0, b - a)] if tag == "equal" else _same(before.kinds(a, b), now.kinds(c, d))
        for old, new, size in blocks:
            for step in range(size):
                found[now.indices[c + new + step]] = before.layers[a + old + step]
    return found


def _compared(before: Sequence[object], now: Sequence[object]) -> Iterator[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher.get_opcodes`, which takes long: what is equal at both ends is not its business."""
    shorter = min(len(before), len(now))
    head = next((place for place in range(shorter) if before[place] != now[place]), shorter)
    tails = range(1, shorter - head + 1)
    tail = next((place - 1 for place in tails if before[-place] != now[-place]), shorter - head)
    first, second = before[head : len(before) - tail], now[head : len(now) - tail]
    yield "equal", 0, head, 0, head
    if len(first) * len(second) <= _MOST_COMPARED:
        for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
            yield tag, a + head, b + head, c + head, d + head
    yield "equal", len(before) - tail, len(before), len(now) - tail, len(now)


def _same(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    for block in SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks():
        yield block.a, block.b, block.size


def _layer(before: LayerAnalysis | None, now: LayerAnalysis) -> LayerChange | None:
    if now.verdict is None or now.verdict.output_shape is None:
        return None
    after = output_text(now.verdict)
    if before is None:
        return LayerChange(None, after, now.verdict.params, new=True)
    if before.verdict is None or before.verdict.output_shape is None:
        return None
    old = output_text(before.verdict)
    params = _difference(before.verdict.params, now.verdict.params)
    return LayerChange(old if old != after else None, after, params) if old != after or params else None
