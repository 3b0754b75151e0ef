"""Costs and changes as data; each also in words, so that all clients say the same."""

from __future__ import annotations

from typing import Any

from keras_shapes.features.changes import LayerChange, ModelChange
from keras_shapes.features.costs.cost_lines import layer_words, model_words
from keras_shapes.features.costs.cost_words import flops_text
from keras_shapes.features.costs.model_costs import LayerCosts, ModelCosts

Json = dict[str, Any]


def costs_data(costs: ModelCosts) -> Json:
    """What a model costs; null for what is not known."""
    return {
        "batchSize": costs.batch.samples,
        "batchOrigin": costs.batch.origin,
        "flops": costs.flops,
        "flopsText": flops_words(costs.flops),
        "reason": costs.reason,
        "weightBytes": costs.weight_bytes,
        "gradientBytes": costs.gradient_bytes,
        "slotBytes": costs.slot_bytes,
        "outputBytes": costs.output_bytes,
        "text": model_words(costs),
    }


def layer_costs_data(layer: LayerCosts, costs: ModelCosts) -> Json:
    """What one application of a layer costs."""
    return {
        "flops": layer.flops,
        "flopsText": flops_words(layer.flops),
        "reason": layer.reason,
        "outputBytes": layer.output_bytes,
        "field": [list(axis) for axis in layer.field] if layer.field else None,
        "text": layer_words(layer, costs.batch),
    }


def flops_words(flops: int | None) -> str:
    """`97.2 kFLOPs`; empty where there are none, or they are not known."""
    return flops_text(flops) if flops else ""


def change_data(change: ModelChange | None) -> Json | None:
    """What changed in a model; null where it is not known, or nothing did."""
    if change is None or not change.text:
        return None
    return {"since": change.since or None, "params": change.params, "removed": change.removed, "text": change.text}


def layer_change_data(change: LayerChange | None) -> Json | None:
    """What changed in a layer; null where nothing did."""
    if change is None:
        return None
    return {"before": change.before, "params": change.params, "new": change.new, "text": change.text}
