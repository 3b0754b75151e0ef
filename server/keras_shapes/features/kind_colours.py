"""The colour of each kind of layer, in every picture: told apart on white and on black, with red left for errors."""

from __future__ import annotations

from collections.abc import Mapping

from keras_shapes.features.layer_kinds import LayerKind

COLOURS: Mapping[LayerKind, str] = {
    "input": "#8a94a3",
    "convolution": "#4a8fe0",
    "pooling": "#e8853d",
    "dense": "#9467d6",
    "recurrent": "#2aa198",
    "attention": "#d857a0",
    "embedding": "#6fae45",
    "normalization": "#d1a91f",
    "activation": "#f08fa0",
    "regularization": "#a58662",
    "merge": "#35b5cf",
    "shape": "#a9b4c2",
    "preprocessing": "#8bc08a",
    "model": "#6674d8",
    "other": "#7f7f7f",
}
