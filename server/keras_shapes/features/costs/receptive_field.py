"""Receptive fields: how much of the input a value of a layer comes from, along chains and branches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keras_shapes.analysis import ModelAnalysis
from keras_shapes.features.model_graphs import Graph
from keras_shapes.verdict import Reach


def receptive_fields(model: ModelAnalysis, graph: Graph) -> tuple[Reach | None, ...]:
    """For each row of a graph the extent of its field on each axis, and its total stride.

    None where a value comes from the whole input, or where it is not known from how much.
    """
    found: dict[int | str, Reach | None] = {given.name: () for given in graph.inputs}
    for row, (index, edges) in enumerate(zip(graph.rows, graph.edges, strict=True)):
        verdict = model.layers[index].verdict
        own = verdict.costs.reach if verdict and verdict.costs else None
        found[row] = _behind(_joined([found.get(edge.source) for edge in edges]), own)
    return tuple(found[row] for row in range(len(graph.rows)))


def windows_of(model: ModelAnalysis, graph: Graph) -> Mapping[int, Reach]:
    """The fields of the rows that look through windows of their own, as convolutions do."""
    fields = receptive_fields(model, graph)
    found: dict[int, Reach] = {}
    for row, index in enumerate(graph.rows):
        verdict, field = model.layers[index].verdict, fields[row]
        if field and verdict and verdict.costs and verdict.costs.reach:
            found[row] = field
    return found


def _joined(fields: Sequence[Reach | None]) -> Reach | None:
    """The widest of the fields that meet, where their strides agree."""
    known = [field for field in fields if field is not None]
    axes = max(map(len, known), default=0)
    maps = [field or ((1, 1),) * axes for field in known]
    if len(known) < len(fields) or len({tuple(stride for _, stride in field) for field in maps}) > 1:
        return None
    return tuple((max(extent for extent, _ in axis), axis[0][1]) for axis in zip(*maps, strict=True))


def _behind(before: Reach | None, own: Reach | None) -> Reach | None:
    if before is None or own is None:
        return None
    if not own:
        return before
    before = before or ((1, 1),) * len(own)
    if len(before) != len(own):
        return None
    return tuple(
        (extent + (window - 1) * jump, jump * stride)
        for (extent, jump), (window, stride) in zip(before, own, strict=True)
    )
