"""What a node applies: a layer, a model or an operation, and whether another node applies the same one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from keras_shapes.analysis import LayerAnalysis, ModelAnalysis
from keras_shapes.features.model_graphs import outputs_of
from keras_shapes.model import Apply, Call, Declared, Expression, Item, Model, Operation
from keras_shapes.source import Span
from keras_shapes.verdict import Built

Applied: TypeAlias = Literal["layer", "model", "operation"]
Shown: TypeAlias = Mapping[Span, Sequence[tuple[int, ModelAnalysis]]]

_WITH_LAYERS = ("keras.layers.", "keras.applications.", "keras.Sequential", "keras.Model")


def applied_at(layer: LayerAnalysis) -> Applied:
    """What kind of thing a node applies."""
    match layer.element.expression:
        case Operation() | Item():
            return "operation"
        case Call(target=target) if not target.path.startswith(_WITH_LAYERS):
            return "operation"
    inside = isinstance(applied_model(layer), Model) or layer.class_name in ("Functional", "Sequential")
    return "model" if inside else "layer"


def applied_model(layer: LayerAnalysis) -> Model | None:
    """The model that a node applies, or that a `Sequential` holds there."""
    made = made_by(layer.element.expression)
    return made if isinstance(made, Model) else None


def made_by(expression: Expression) -> Expression:
    """What makes the layer of a node."""
    match expression:
        case Apply(target=inner) | Declared(expression=inner):
            return made_by(inner)
        case _:
            return expression


def first_applications(layers: Sequence[LayerAnalysis]) -> list[int | None]:
    """For each node the place of the first one that applies the same layer; None for the first itself."""
    firsts: dict[object, int] = {}
    found: list[int | None] = []
    for place, layer in enumerate(layers):
        name = layer.verdict.name if layer.verdict else ""
        keys = [key for key in (name, id(made_by(layer.element.expression))) if key]
        first = next((firsts[key] for key in keys if key in firsts), None)
        found.append(first)
        for key in keys:
            firsts.setdefault(key, place)
    return found


def by_place(models: Sequence[ModelAnalysis]) -> Shown:
    """The models at each place of the source, with their indices."""
    found: dict[Span, list[tuple[int, ModelAnalysis]]] = {}
    for index, model in enumerate(models):
        found.setdefault(model.model.span, []).append((index, model))
    return found


def index_of_model(layer: LayerAnalysis, models: Shown) -> int | None:
    """Which of the models a node applies, where that is certain: several may stand at one place."""
    inner = applied_model(layer)
    if inner is None:
        return None
    found = [(index, model) for index, model in models.get(inner.span, ()) if _may_be(model.model, inner)]
    if len(found) > 1:
        shared = {index: _shared_layers(model.model, inner) for index, model in found}
        most = max(shared.values())
        found = [one for one in found if (shared[one[0]] == most if most else _gives_as_much(one[1], layer))]
    return found[0][0] if len(found) == 1 else None


def _may_be(model: Model, inner: Model) -> bool:
    return (model.kind, len(model.nodes)) == (inner.kind, len(inner.nodes))


def _shared_layers(model: Model, inner: Model) -> int:
    """How many layers of two models are the very same: those with containers among their arguments are copied."""
    pairs = zip(model.nodes, inner.nodes, strict=True)
    return sum(made_by(ours.expression) is made_by(theirs.expression) for ours, theirs in pairs)


def _gives_as_much(model: ModelAnalysis, layer: LayerAnalysis) -> bool:
    verdict = layer.verdict
    if verdict is None or not isinstance(model.verdict, Built) or verdict.params is None:
        return False
    gives = model.verdict.output_shapes or tuple(filter(None, [model.verdict.output_shape]))
    return (model.verdict.params, gives) == (verdict.params, outputs_of(verdict))
