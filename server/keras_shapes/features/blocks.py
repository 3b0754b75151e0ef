"""Layers that belong together: those that one call of a function of the user's makes, or one turn of a loop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keras_shapes.analysis import LayerAnalysis, ModelAnalysis
from keras_shapes.features.layers import expression_span
from keras_shapes.source import Document, Span

_LONGEST_TITLE = 40
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class LayerBlock:
    """`rows` are places among the layers that are shown, one behind the other; `title` is the call: `block(x, 16)`."""

    title: str
    rows: tuple[int, ...]


def blocks_of(document: Document, model: ModelAnalysis, indices: Sequence[int]) -> tuple[LayerBlock, ...]:
    """The blocks of a model, of at least two layers each; `indices` are those of the layers that are shown."""
    layers = [model.layers[index] for index in indices]
    calls = _calls(layers)
    repeated = [place for place, count in Counter(map(_place, layers)).items() if count > 1]
    found = []
    for rows in _runs(layers, calls, repeated):
        if len(rows) > 1:
            call = calls[rows[0]]
            title = _short(document.slice(call)) if call else _names([layers[row] for row in rows])
            found.append(LayerBlock(title, tuple(rows)))
    return tuple(found) if len(found) > 1 else ()


def _calls(layers: Sequence[LayerAnalysis]) -> list[Span | None]:
    """The call that each layer comes from, below those that all of them come from."""
    sites = [layer.element.sites for layer in layers]
    common = 0
    while sites and all(len(each) > common and each[common] == sites[0][common] for each in sites):
        common += 1
    return [each[common] if len(each) > common else None for each in sites]


def _runs(
    layers: Sequence[LayerAnalysis], calls: Sequence[Span | None], repeated: Sequence[object]
) -> Iterator[list[int]]:
    """Rows that follow each other: of one call, or of one turn of a loop, which begins where its first layer does."""
    run: list[int] = []
    for row, layer in enumerate(layers):
        belongs = calls[row] is not None or _place(layer) in repeated
        begins = bool(run) and (calls[row] != calls[run[0]] or _place(layer) == _place(layers[run[0]]))
        if run and (begins or not belongs):
            yield run
            run = []
        if belongs:
            run.append(row)
    yield run


def _place(layer: LayerAnalysis) -> tuple[tuple[Span, ...], Span]:
    return layer.element.sites, expression_span(layer.element)


def _names(layers: Sequence[LayerAnalysis]) -> str:
    """`Conv2D, ReLU, MaxPooling2D`."""
    names = list(dict.fromkeys(layer.class_name or "?" for layer in layers))
    return ", ".join([*names[:_MOST_NAMES], *(["…"] if len(names) > _MOST_NAMES else [])])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1]}…"
