"""Costs in words: `30.9 GFLOPs`, `receptive field 46×46, stride 8`, `for a batch of 32 (assumed)`."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.features.costs.batch_size import BatchSize
from keras_shapes.features.costs.model_costs import ModelCosts
from keras_shapes.features.shapes import bytes_text
from keras_shapes.verdict import Reach

_PREFIXES = ("", "k", "M", "G", "T", "P")


def flops_text(flops: int | None) -> str:
    """`2.17 MFLOPs`, of which a thousand kFLOPs are one; `?` where it is not known."""
    return "?" if flops is None else f"{count_text(flops)}FLOPs"


def count_text(count: int) -> str:
    """`1.2 M`, `54.2 k`, `7 `: three digits that count, and the letter behind a space."""
    value, power = float(count), 0
    while value >= 999.5 and power < len(_PREFIXES) - 1:
        value /= 1000
        power += 1
    return f"{value:.3g} {_PREFIXES[power]}"


def batch_text(batch: BatchSize) -> str:
    """`for a batch of 64 (batch_size of fit)`."""
    return f"for a batch of {batch.samples} ({batch.origin})"


def field_text(field: Reach) -> str:
    """`46×46, stride 8`; strides of several axes where they differ."""
    strides = [str(stride) for _, stride in field]
    stride = strides[0] if len(set(strides)) == 1 else "×".join(strides)
    return f"{'×'.join(str(extent) for extent, _ in field)}, stride {stride}"


def total_lines(costs: ModelCosts) -> tuple[str, ...]:
    """What stands below a table: the FLOPs, then the memory of training, each part with its name."""
    return tuple(_totals(costs))


def _totals(costs: ModelCosts) -> Iterator[str]:
    why = f" ({costs.reason})" if costs.flops is None and costs.reason else ""
    yield f"FLOPs of a sample: {flops_text(costs.flops)}{why}"
    yield f"Memory of weights: {_memory(costs.weight_bytes)}"
    frozen = f" ({costs.untrained})" if costs.untrained else ""
    yield f"Memory of gradients: {_memory(costs.gradient_bytes)}{frozen}"
    yield f"Memory of {_slots(costs)}: {_memory(costs.slot_bytes)}"
    yield f"Memory of outputs: {_memory(costs.output_bytes)} {batch_text(costs.batch)}"


def _slots(costs: ModelCosts) -> str:
    if costs.optimizer is None:
        return "the optimizer (the program compiles with none)"
    return f"the optimizer ({costs.optimizer.name})"


def _memory(count: int | None) -> str:
    return "?" if count is None else bytes_text(count)
