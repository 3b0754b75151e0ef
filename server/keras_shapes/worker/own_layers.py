"""Layers of ours, in the place of layers of the user's: their output shape is known, and not their weights."""

from __future__ import annotations

from typing import Any

import keras


class StandInLayer(keras.layers.Layer):  # type: ignore[misc]
    """A layer of the user's that does not run."""


class ReadableLayer(StandInLayer):
    """A readable function of the input says what comes out of it: a tensor, or only its shape."""

    def __init__(self, function: Any) -> None:
        super().__init__()
        self.function = function
        self.shape: Any = None

    def call(self, inputs: Any) -> Any:
        """What the function says; where that is a shape, it is kept."""
        result = self.function(inputs)
        if isinstance(result, (tuple, list)) and all(size is None or isinstance(size, int) for size in result):
            self.shape = tuple(result)
            return inputs
        return result

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        """The shape that the function gives, or that of the tensor."""
        spec = super().compute_output_spec(*args, **kwargs)
        return spec if self.shape is None else keras.KerasTensor(self.shape, dtype=spec.dtype)


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
