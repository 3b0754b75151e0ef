"""Layer expressions in the text: one expression can stand for several layers, in several models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from keras_shapes.analysis import Analysis, LayerAnalysis, ModelAnalysis
from keras_shapes.model import Model, Node
from keras_shapes.source import Span
from keras_shapes.verdict import Refused, Shape, Unavailable


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The layers that one expression stands for in one model."""

    model: ModelAnalysis
    layers: tuple[LayerAnalysis, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """An expression that stands for layers; one group for each model."""

    span: Span
    groups: tuple[Group, ...]

    @property
    def layers(self) -> tuple[LayerAnalysis, ...]:
        """All layers of all models."""
        return tuple(layer for group in self.groups for layer in group.layers)

    @property
    def times(self) -> int:
        """How many layers a model has of it; 1 where the models differ."""
        counts = {len(group.layers) for group in self.groups}
        return counts.pop() if len(counts) == 1 else 1

    @property
    def shapes(self) -> tuple[Shape | None, ...]:
        """The output shapes of all layers; None for one that is not known."""
        return tuple(layer.verdict.output_shape if layer.verdict else None for layer in self.layers)


def places(analysis: Analysis) -> tuple[Place, ...]:
    """Every expression that stands for layers, in source order."""
    found: dict[Span, list[Group]] = {}
    for model in analysis.models:
        for span, layers in _by_span(model).items():
            found.setdefault(span, []).append(Group(model, tuple(layers)))
    return tuple(Place(span, tuple(found[span])) for span in sorted(found))


def reached(model: ModelAnalysis) -> tuple[LayerAnalysis, ...]:
    """The layers above the first refusal; none where Keras was not asked."""
    match model.verdict:
        case Refused(node=node):
            return model.layers[:node]
        case Unavailable():
            return ()
        case _:
            return model.layers


def expression_span(element: Node) -> Span:
    """The expression that makes the layer; for a model inside, which has a place of its own, where it is put in."""
    span = getattr(element.expression, "span", None)
    if not isinstance(span, Span) or (isinstance(element.expression, Model) and not element.span.encloses(span)):
        return element.span
    return span


def _by_span(model: ModelAnalysis) -> dict[Span, list[LayerAnalysis]]:
    found: dict[Span, list[LayerAnalysis]] = {}
    for layer in model.layers:
        if layer.is_input or layer.is_skipped:
            continue
        for span in _spans(layer.element):
            found.setdefault(span, []).append(layer)
    return {span: _of_one_kind(layers) for span, layers in found.items()}


def _spans(element: Node) -> Iterator[Span]:
    """The expression, and the name by which a layer made elsewhere is put in."""
    own = expression_span(element)
    yield own
    if not element.span.encloses(own):
        yield element.span


def _of_one_kind(layers: list[LayerAnalysis]) -> list[LayerAnalysis]:
    """Layers of one loop are made by one expression; a list that holds several is shown by its last layer."""
    kinds = {(layer.class_name, expression_span(layer.element)) for layer in layers}
    return layers if len(kinds) == 1 else layers[-1:]
