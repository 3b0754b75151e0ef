"""Layers of ours, in the place of layers of the user's: their output shape is known, and not their weights."""

from __future__ import annotations

from typing import Any

import keras


class StandInLayer(keras.layers.Layer):  # type: ignore[misc]
    """A layer of the user's that does not run."""


class ReadableLayer(StandInLayer):
    """Its `call`, or its output shape, is a readable function."""

    def __init__(self, function: Any) -> None:
        super().__init__()
        self.function = function

    def call(self, inputs: Any) -> Any:
        """What the function says of the inputs; a shape stands for a tensor of that shape."""
        result = self.function(inputs)
        if isinstance(result, (tuple, list)) and all(size is None or isinstance(size, int) for size in result):
            return keras.ops.zeros([size or 1 for size in result], inputs.dtype)
        return result


class DeclaredLayer(StandInLayer):
    """Its output shape is declared."""

    def __init__(self, shape: tuple[Any, ...]) -> None:
        super().__init__()
        self.shape = shape

    def call(self, inputs: Any) -> Any:
        """Never called on data."""
        return inputs

    def compute_output_spec(self, *_args: Any, **_kwargs: Any) -> Any:
        """The declared shape, whatever comes in."""
        return keras.KerasTensor(self.shape, dtype=self.compute_dtype)
