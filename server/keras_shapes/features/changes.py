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


def change_of(earlier: Earlier | None, now: Analysis, model: ModelAnalysis) -> ModelChange | None:
    """What changed in one model; None without anything to compare with, or where Keras has not built it now."""
    if earlier is None or earlier.analysis is now or model.status.kind == "unknown":
        return None
    before = _counterpart(earlier.analysis, now, model)
    if before is None:
        return ModelChange(earlier.since, new=True)
    if before.status.kind == "unknown":
        return None
    pairs = _pairs(_Side(earlier.analysis, before), _Side(now, model))
    layers = {index: change for index, old in pairs.items() if (change := _layer(old, model.layers[index])) is not None}
    kept = sum(old is not None for old in pairs.values())
    return ModelChange(
        earlier.since,
        params=_difference(_params(before), _params(model)),
        removed=sum(map(is_shown, before.layers)) - kept,
        layers=layers,
    )


def sums_of(earlier: Earlier, now: Analysis) -> dict[int, int]:
    """How many more parameters each model has, by its index; without those that have as many as before."""
    found = {}
    for index, model in enumerate(now.models):
        change = change_of(earlier, now, model) if isinstance(model.verdict, Built) else None
        if change is not None and change.params:
            found[index] = change.params
    return found


def _params(model: ModelAnalysis) -> int | None:
    return model.verdict.params if isinstance(model.verdict, Built) else None


def _difference(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def _counterpart(analysis: Analysis, now: Analysis, model: ModelAnalysis) -> ModelAnalysis | None:
    """The same model before: of the same name and kind, and as many of these stood above it."""
    key = _key(model)
    place = [each for each in now.models if _key(each) == key].index(model)
    same = [each for each in analysis.models if _key(each) == key]
    return same[place] if place < len(same) else None


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
    for tag, a, b, c, d in SequenceMatcher(None, before.texts, now.texts, autojunk=False).get_opcodes():
        kinds = before.kinds(a, b), now.kinds(c, d)
        blocks = [(0, 0, b - a)] if tag == "equal" else _same(*kinds)
        for old, new, size in blocks:
            for step in range(size):
                found[now.indices[c + new + step]] = before.layers[a + old + step]
    return found


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
