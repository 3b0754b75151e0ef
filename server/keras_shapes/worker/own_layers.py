"""Layers of ours, in the place of layers of the user's: their output shape is known, and not their weights."""

from __future__ import annotations

from typing import Any, Callable

from . import keras_api
from .keras_api import keras
from .unreadable import Unreadable


class StandInLayer(keras.layers.Layer):  # type: ignore[misc]
    """A layer of the user's that does not run."""


class ReadableLayer(StandInLayer):
    """A readable function of the input says what comes out of it: a tensor, or only its shape."""

    def __init__(self, function: Any) -> None:
        super().__init__()
        self.function = function
        self.shape: Any = None

    @keras_api.as_written
    def call(self, inputs: Any, *further: Any) -> Any:
        """What the function says; where that is a shape, it is kept."""
        result = self.function(inputs, *further)
        if isinstance(result, (tuple, list)) and all(size is None or isinstance(size, int) for size in result):
            self.shape = tuple(result)
            return inputs if keras_api.GENERATION == 3 else _traced(keras.KerasTensor(self.shape, inputs.dtype))
        return result

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        """The shape that the function gives, or that of the tensor."""
        spec = super().compute_output_spec(*args, **kwargs)
        return spec if self.shape is None else keras.KerasTensor(self.shape, dtype=spec.dtype)


class ShapeLayer(StandInLayer):
    """A readable function of the input shape says what comes out: Keras believes `compute_output_shape`."""

    def __init__(self, function: Any) -> None:
        super().__init__()
        self.function = function

    @keras_api.as_written
    def call(self, inputs: Any, *_args: Any, **_kwargs: Any) -> Any:
        """Tensors of these shapes."""
        return _traced(self.compute_output_spec(inputs))

    def compute_output_spec(self, inputs: Any, *_args: Any, **_kwargs: Any) -> Any:
        """What the function says of the shapes of the inputs: one shape, or several."""
        given = keras.tree.map_structure(lambda tensor: tuple(tensor.shape), inputs)
        result = self.function(given)
        if all(size is None or isinstance(size, int) for size in result):
            return keras.KerasTensor(tuple(result), dtype=self.compute_dtype)
        return [keras.KerasTensor(tuple(shape), dtype=self.compute_dtype) for shape in result]


class GivenLayer(StandInLayer):
    """What its `call` makes of the tensors that go in is made already: tensors of these shapes come out."""

    def __init__(self, made: Any) -> None:
        super().__init__()
        self.specs: Callable[[], Any] = lambda: keras.tree.map_structure(_spec_of, made)

    @keras_api.as_written
    def call(self, *_args: Any, **_kwargs: Any) -> Any:
        """Tensors of these shapes."""
        return _traced(self.specs())

    def compute_output_spec(self, *_args: Any, **_kwargs: Any) -> Any:
        """The shapes, whatever comes in."""
        return self.specs()


def _traced(specs: Any) -> Any:
    """Tensors of given shapes in a step that is traced and never runs."""
    return keras.tree.map_structure(keras_api.placeholder, specs)


def _spec_of(tensor: Any) -> Any:
    return keras.KerasTensor(tuple(tensor.shape), dtype=tensor.dtype)


class TracedFunction(keras.Operation):  # type: ignore[misc]
    """A function that Keras traces where it calls it itself: one of TensorFlow, in the `call` of a layer."""

    def __init__(self, function: Any) -> None:
        super().__init__()
        self.function = function

    @keras_api.as_written
    def call(self, *args: Any, **kwargs: Any) -> Any:
        """The tensors that the function gives."""
        made = self.function(*args, **kwargs)
        if not all(map(keras.ops.is_tensor, keras.tree.flatten(made))):
            raise Unreadable("what comes out of it is no tensor")
        return made


class DeclaredLayer(StandInLayer):
    """Its output shape is declared."""

    def __init__(self, shape: tuple[Any, ...]) -> None:
        super().__init__()
        self.shape = shape

    @keras_api.as_written
    def call(self, inputs: Any) -> Any:
        """A tensor of this shape."""
        return _traced(self.compute_output_spec(inputs))

    def compute_output_spec(self, *_args: Any, **_kwargs: Any) -> Any:
        """The declared shape, whatever comes in."""
        return keras.KerasTensor(self.shape, dtype=self.compute_dtype)
