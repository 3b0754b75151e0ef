"""A colour for each kind of layer: light enough for black text, and told apart also by people who see fewer colours."""

from __future__ import annotations

from collections.abc import Mapping

from keras_shapes.features.layer_kinds import LayerKind

COLOURS: Mapping[LayerKind, str] = {
    "input": "#dfe3e8",
    "convolution": "#f2b134",
    "pooling": "#d1495b",
    "dense": "#4f86c6",
    "recurrent": "#8661c1",
    "attention": "#e07fb1",
    "embedding": "#2a9d8f",
    "normalization": "#b7d968",
    "activation": "#ffe28a",
    "regularization": "#b08968",
    "merge": "#59c3d1",
    "shape": "#a9b4c2",
    "preprocessing": "#cdb4db",
    "model": "#9fc5a8",
    "other": "#f4f4f4",
}

REFUSED = "#b00020"
"""Of what Keras refuses, and of the tensors that do not fit together."""


def shade(colour: str, part: float) -> str:
    """The colour made darker: `part` of its light is left."""
    return "#" + "".join(f"{round(int(colour[place : place + 2], 16) * part):02x}" for place in (1, 3, 5))
