"""The costs of a model: of one sample that goes through it, and of a batch while it is trained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from keras_shapes.analysis import LayerAnalysis, ModelAnalysis
from keras_shapes.features.applications import first_applications
from keras_shapes.features.costs.batch_size import BatchSize, batch_size_of
from keras_shapes.features.costs.optimizer_slots import Optimizer, optimizer_of
from keras_shapes.features.costs.receptive_field import windows_of
from keras_shapes.features.model_graphs import graph_of
from keras_shapes.verdict import Built, Costs, Reach

FROZEN = "the program sets trainable, so that it is not known which weights are trained"


@dataclass(frozen=True, slots=True)
class LayerCosts:
    """One application of a layer. `flops` are two for each multiply-add of one sample; `reason` says why they are None.

    `weight_bytes` are 0 where another application of the layer has them. `output_bytes` are those of a batch.
    `field` is the receptive field of a layer that looks through a window, with its total stride, axis by axis.
    """

    flops: int | None
    reason: str | None
    weight_bytes: int | None
    output_bytes: int | None
    field: Reach | None


@dataclass(frozen=True, slots=True)
class ModelCosts:
    """All layers together; None for what is not known, with `reason` for the FLOPs and `untrained` for training.

    `layers` are those of `graph_of(model).rows`. `slot_bytes` are what the optimizer keeps beside the weights, and
    `output_bytes` the outputs of all layers for a batch, of which training needs nearly all at once.
    """

    batch: BatchSize
    optimizer: Optimizer | None
    flops: int | None
    reason: str | None
    weight_bytes: int | None
    gradient_bytes: int | None
    slot_bytes: int | None
    output_bytes: int | None
    untrained: str | None
    layers: tuple[LayerCosts, ...]


def costs_of(model: ModelAnalysis) -> ModelCosts:
    """What a model costs, as far as Keras told its weights and shapes."""
    graph, batch, optimizer = graph_of(model), batch_size_of(model), optimizer_of(model)
    layers = [model.layers[index] for index in graph.rows]
    windows = windows_of(model, graph)
    firsts = first_applications(layers)
    told = tuple(
        _layer(layer, batch, windows.get(row), is_first=firsts[row] is None) for row, layer in enumerate(layers)
    )
    own = [_costs(layer) for layer, first in zip(layers, firsts, strict=True) if first is None]
    exact = _is_exact(model, layers, firsts)
    gradients = (
        sum_of(each.trainable_bytes if each else None for each in own) if exact and not model.model.freezes else None
    )
    return ModelCosts(
        batch=batch,
        optimizer=optimizer,
        flops=sum_of(each.flops for each in told) if isinstance(model.verdict, Built) else None,
        reason=_why_not(model, layers, told),
        weight_bytes=sum_of(each.weight_bytes if each else None for each in own) if exact else None,
        gradient_bytes=gradients,
        slot_bytes=None
        if gradients is None or not optimizer or optimizer.slots is None
        else gradients * optimizer.slots,
        output_bytes=sum_of(each.output_bytes for each in told) if isinstance(model.verdict, Built) else None,
        untrained=FROZEN if model.model.freezes else None,
        layers=told,
    )


def _layer(layer: LayerAnalysis, batch: BatchSize, field: Reach | None, *, is_first: bool) -> LayerCosts:
    costs = _costs(layer)
    if costs is None:
        return LayerCosts(None, layer.status.reason or "it depends on a size that is not known", None, None, None)
    flops = None if costs.multiply_adds is None else 2 * costs.multiply_adds
    held = None if costs.output_bytes is None else costs.output_bytes * batch.samples
    known = layer.verdict is not None and layer.verdict.params is not None
    stored = (costs.weight_bytes if is_first else 0) if known else None
    return LayerCosts(flops, costs.reason, stored, held, field)


def _costs(layer: LayerAnalysis) -> Costs | None:
    return layer.verdict.costs if layer.verdict is not None else None


def _is_exact(model: ModelAnalysis, layers: Sequence[LayerAnalysis], firsts: Sequence[int | None]) -> bool:
    """Whether the layers have together what Keras says the model has: a weight may be in two of them."""
    pairs = zip(layers, firsts, strict=True)
    counts = [layer.verdict.params if layer.verdict else None for layer, first in pairs if first is None]
    total = sum_of(counts)
    return isinstance(model.verdict, Built) and total is not None and total == model.verdict.params


def sum_of(numbers: Iterable[int | None]) -> int | None:
    """The sum; None where a number is not known."""
    total = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def _why_not(model: ModelAnalysis, layers: Sequence[LayerAnalysis], told: Sequence[LayerCosts]) -> str | None:
    """`lambda: what Lambda computes is not counted`, of the first layer that is not counted."""
    for layer, each in zip(layers, told, strict=True):
        if each.flops is None:
            name = (layer.verdict.name if layer.verdict else "") or layer.class_name or "layer"
            return f"{name}: {each.reason}"
    return None if isinstance(model.verdict, Built) else model.status.reason
