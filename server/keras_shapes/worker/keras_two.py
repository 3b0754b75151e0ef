"""Keras 2 under the names of Keras 3, as far as they are used here; only `keras_api` knows this module."""

from __future__ import annotations

import contextlib
import importlib
import math
import sys
import types
from collections.abc import Iterator
from typing import Any

LAYER_KEYWORDS = ("input_shape", "input_dim", "batch_input_shape", "batch_size", "weights", "autocast", "dynamic")
"""What the base class of all layers takes as keywords."""

_READ_WHEN_BUILT = frozenset({"mean", "variance", "count"})
"""Weights whose values `Normalization` reads; they are small."""
_FEW_NUMBERS = 100_000


def facade(real: Any) -> Any:
    """A module that has what Keras 2 has, and beside it what Keras 3 calls by other names."""
    return _Facade(
        real,
        tree=_tree(),
        KerasTensor=_symbolic_class(),
        config=_config(real),
        Layer=real.layers.Layer,
        Operation=real.layers.Layer,
        utils=_utils(real),
    )


class _Facade(types.ModuleType):
    def __init__(self, real: Any, **more: Any) -> None:
        super().__init__("keras")
        self.__dict__.update(more, _real=real)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["_real"], name)


def inner(name: str) -> Any:
    """A module of Keras 2 that is not public: `engine.data_adapter`."""
    layer = sys.modules["tensorflow"].keras.layers.Layer
    root = layer.__module__.rpartition(".engine.")[0]
    return importlib.import_module(f"{root}.{name}")


def declares_input(layer: Any) -> bool:
    """Whether a layer brings the input of its model, so that `add` calls it at once."""
    return getattr(layer, "_batch_input_shape", None) is not None


@contextlib.contextmanager
def unallocated(tf: Any) -> Iterator[None]:
    """Inside, variables have a shape and no memory."""
    resources = importlib.import_module("tensorflow.python.ops.resource_variable_ops")

    def creator(next_creator: Any, **given: Any) -> Any:
        shape, initial = given.get("shape"), given.get("initial_value")
        if shape is None or None in tuple(shape) or not callable(initial) or _is_read(given.get("name"), shape):
            return next_creator(**given)
        return resources.UninitializedVariable(
            trainable=given.get("trainable"),
            shape=shape,
            dtype=given.get("dtype") or tf.float32,
            name=given.get("name"),
            caching_device=given.get("caching_device"),
            validate_shape=given.get("validate_shape", True),
            synchronization=given.get("synchronization"),
            aggregation=given.get("aggregation") or tf.VariableAggregation.NONE,
        )

    with tf.variable_creator_scope(creator):
        yield


def _is_read(name: Any, shape: Any) -> bool:
    sizes = [size for size in tuple(shape) if isinstance(size, int)]
    return name in _READ_WHEN_BUILT and math.prod(sizes) <= _FEW_NUMBERS


def keep_clear_of(prefix: str, last: int) -> None:
    """Automatic names of this prefix count from behind `last`."""
    backend = inner("backend")
    numbers = backend.get_default_graph_uid_map()
    numbers["", prefix] = max(numbers["", prefix], last + 1)


def _symbolic_class() -> Any:
    """`KerasTensor(shape, dtype)`, of which every symbolic tensor is an instance."""
    tf = sys.modules["tensorflow"]
    tensors = inner("engine.keras_tensor")
    history = inner("engine.node").KerasHistory

    class Kind(type):
        def __instancecheck__(cls, thing: Any) -> bool:
            return isinstance(thing, tensors.KerasTensor)

        def __call__(cls, shape: Any, dtype: Any = "float32", **_: Any) -> Any:
            made = tensors.keras_tensor_from_type_spec(tf.TensorSpec(tuple(shape), dtype))
            made._keras_history = history(None, 0, 0)  # noqa: SLF001 - no layer gave it
            return made

    return Kind("KerasTensor", (), {})


def _tree() -> Any:
    nest = sys.modules["tensorflow"].nest

    def to_tuples(structure: Any) -> Any:
        if isinstance(structure, (list, tuple)):
            return tuple(map(to_tuples, structure))
        if isinstance(structure, dict):
            return {name: to_tuples(value) for name, value in structure.items()}
        return structure

    return types.SimpleNamespace(
        flatten=nest.flatten,
        map_structure=nest.map_structure,
        pack_sequence_as=nest.pack_sequence_as,
        lists_to_tuples=to_tuples,
    )


def _config(real: Any) -> Any:
    debugging = sys.modules["tensorflow"].debugging
    return types.SimpleNamespace(
        floatx=real.backend.floatx,
        image_data_format=real.backend.image_data_format,
        dtype_policy=real.mixed_precision.global_policy,
        set_floatx=real.backend.set_floatx,
        set_image_data_format=real.backend.set_image_data_format,
        set_dtype_policy=real.mixed_precision.set_global_policy,
        enable_traceback_filtering=debugging.enable_traceback_filtering,
        disable_traceback_filtering=debugging.disable_traceback_filtering,
    )


def _utils(real: Any) -> Any:
    adapters = inner("engine.data_adapter")
    return _Facade(
        real.utils,
        clear_session=lambda free_memory=False: real.backend.clear_session(),  # noqa: ARG005
        unpack_x_y_sample_weight=adapters.unpack_x_y_sample_weight,
        pack_x_y_sample_weight=adapters.pack_x_y_sample_weight,
        PyDataset=real.utils.Sequence,
    )
