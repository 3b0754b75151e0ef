"""Models that get their input from the model around them: what Keras says of them there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.model import Model
from keras_shapes.verdict import Built, LayerVerdict, Refused, Verdict

Inside = tuple[Model, tuple[LayerVerdict, ...]]


def verdicts_from_use(models: Sequence[Model], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, those of models without an input of their own replaced by what they are inside another model."""
    inside = [found for pair in zip(models, verdicts, strict=True) for found in _models_inside(*pair)]
    return tuple(
        _from_use(model, verdict, inside) if inside and _is_open(verdict) else verdict
        for model, verdict in zip(models, verdicts, strict=True)
    )


def _is_open(verdict: Verdict) -> bool:
    return isinstance(verdict, Built) and not verdict.complete


def _from_use(model: Model, verdict: Verdict, inside: Sequence[Inside]) -> Verdict:
    uses = [layers for other, layers in inside if _same(model, other) and len(layers) == len(model.nodes)]
    if not uses or any(layers != uses[0] for layers in uses):
        return verdict
    layers = uses[0]
    complete = bool(layers) and all(layer.output_shape is not None for layer in layers)
    if not any(layer.output_shape is not None for layer in layers):
        return verdict
    counts = [layer.params for layer in layers]
    return Built(
        layers=layers,
        params=_total(counts) if complete else None,
        input_shape=layers[0].input_shape,
        output_shape=layers[-1].output_shape if complete else None,
        complete=complete,
        reason=None if complete else next((layer.reason for layer in layers if layer.reason), None),
    )


def _total(counts: Sequence[int | None]) -> int | None:
    return None if None in counts else sum(count for count in counts if count is not None)


def _models_inside(model: Model, verdict: Verdict) -> Iterator[Inside]:
    if not isinstance(verdict, Built | Refused):
        return
    for path, layers in verdict.nested:
        inner = _at(model, path)
        if inner is not None:
            yield inner, layers


def _at(model: Model, path: Sequence[int]) -> Model | None:
    for position in path:
        if position >= len(model.nodes):
            return None
        inner = model.nodes[position].expression
        if not isinstance(inner, Model):
            return None
        model = inner
    return model


def _same(model: Model, other: Model) -> bool:
    """Whether two models are one: made at one site, of the very same layers."""
    if model.span != other.span or len(model.nodes) != len(other.nodes):
        return False
    for ours, theirs in zip(model.nodes, other.nodes, strict=True):
        mine, yours = ours.expression, theirs.expression
        nested = isinstance(mine, Model) and isinstance(yours, Model) and _same(mine, yours)
        if mine is not yours and not nested:
            return False
    return True
