"""Costs in one line, for a hover: of a layer, and of a model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.analysis import LayerAnalysis, ModelAnalysis
from keras_shapes.features.costs.batch_size import BatchSize
from keras_shapes.features.costs.cost_words import batch_text, field_text, flops_text
from keras_shapes.features.costs.model_costs import LayerCosts, ModelCosts, costs_of, sum_of
from keras_shapes.features.markdown import escaped
from keras_shapes.features.model_graphs import rows_of
from keras_shapes.features.shapes import bytes_text


def layer_lines(model: ModelAnalysis, layers: Sequence[LayerAnalysis]) -> list[str]:
    """Markdown about the costs of some layers of a model; empty where there is nothing to say."""
    costs = costs_of(model)
    told = {id(model.layers[index]): each for index, each in zip(rows_of(model), costs.layers, strict=True)}
    lines = (layer_words(told[id(layer)], costs.batch) if id(layer) in told else "" for layer in layers)
    return list(map(escaped, lines))


def layer_words(costs: LayerCosts, batch: BatchSize) -> str:
    """`97.2 kFLOPs a sample · output 225.00 KB for a batch of 32 (assumed) · receptive field 3×3, stride 2`."""
    return " · ".join(_layer(costs, batch))


def model_words(costs: ModelCosts) -> str:
    """`30.9 GFLOPs a sample · training holds 1.21 GB for a batch of 32 (assumed)`."""
    return " · ".join(_model(costs))


def model_line(model: ModelAnalysis) -> str:
    """Markdown about the costs of a model."""
    return escaped(model_words(costs_of(model)))


def _layer(costs: LayerCosts, batch: BatchSize) -> Iterator[str]:
    if costs.flops:
        yield f"{flops_text(costs.flops)} a sample"
    elif costs.flops is None and costs.output_bytes is not None:
        yield f"FLOPs unknown: {costs.reason}"
    if costs.output_bytes is not None:
        yield f"output {bytes_text(costs.output_bytes)} {batch_text(batch)}"
    if costs.field:
        yield f"receptive field {field_text(costs.field)}"


def _model(costs: ModelCosts) -> Iterator[str]:
    yield f"FLOPs unknown: {costs.reason}" if costs.flops is None else f"{flops_text(costs.flops)} a sample"
    held = sum_of((costs.weight_bytes, costs.gradient_bytes, costs.slot_bytes, costs.output_bytes))
    if held is not None:
        yield f"training holds {bytes_text(held)} {batch_text(costs.batch)}"
    elif costs.output_bytes is not None:
        yield f"outputs {bytes_text(costs.output_bytes)} {batch_text(costs.batch)}"
