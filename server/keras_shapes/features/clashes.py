"""The tensors that do not fit together where branches meet, in a layer that Keras has refused; for pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from keras_shapes.analysis import LayerAnalysis
from keras_shapes.features.layer_kinds import kind_of
from keras_shapes.features.model_graphs import Edge
from keras_shapes.verdict import Shape


def clashing(layer: LayerAnalysis, edges: Sequence[Edge]) -> Mapping[int, Shape | None]:
    """The edges into a refused layer that have another shape than most, with that of most.

    Where none is like another, all of them, with None.
    """
    if layer.status.kind != "refused" or kind_of(layer) != "merge":
        return {}
    sizes = [_compared(layer, edge.shape) for edge in edges]
    counts = Counter(sizes)
    if len(counts) < 2:
        return {}
    usual, count = counts.most_common(1)[0]
    if count == 1:
        return dict.fromkeys(range(len(edges)))
    of_most = edges[sizes.index(usual)].shape
    return {place: of_most for place, each in enumerate(sizes) if each != usual}


def _compared(layer: LayerAnalysis, shape: Shape | None) -> object:
    """What has to be equal; features may differ where they are put behind each other."""
    last = -1 if layer.class_name.lower() == "concatenate" else None
    return shape[:last] if isinstance(shape, tuple) else shape
