"""The names that a recipe may use: what makes Keras objects, and what computes on symbolic tensors."""

from __future__ import annotations

from typing import Any

from . import keras_api
from .keras_api import np, tf

_MAKERS = ("layers", "initializers", "regularizers", "constraints", "activations", "losses", "applications", "random")
"""Modules of Keras whose public names a recipe may call."""

_TOP_LEVEL = frozenset({"keras.Input", "keras.Model", "keras.InputSpec"})

_CALLBACKS = frozenset({"EarlyStopping", "ModelCheckpoint", "ReduceLROnPlateau"})
"""Callbacks that do nothing when they are made."""

_FORBIDDEN = frozenset(
    {
        # These run code or read files that a recipe could name.
        *("TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper"),
        # These rebuild objects from configurations, which may name any code.
        *("deserialize", "serialize", "get", "deserialize_keras_object", "serialize_keras_object"),
    }
)

_FORBIDDEN_OPERATIONS = frozenset(
    {
        # These call functions, some for ever.
        *("while_loop", "fori_loop", "scan", "associative_scan", "map", "vectorized_map", "cond", "switch"),
        *("custom_gradient", "map_fn", "py_function", "numpy_function", "function", "RNN", "rnn"),
    }
)

_TENSORFLOW_MODULES = ("math", "nn", "image", "signal", "linalg", "random", "strings", "ragged")

_TENSORFLOW = frozenset(
    """
    abs acos add add_n argmax argmin argsort asin atan boolean_mask broadcast_to cast clip_by_norm clip_by_value
    complex concat constant cos cosh cumsum convert_to_tensor divide einsum equal exp expand_dims eye fill floor gather
    gather_nd greater greater_equal identity less less_equal logical_and logical_not logical_or matmul maximum
    meshgrid minimum multiply negative norm not_equal one_hot ones ones_like pad pow range rank realdiv reduce_all
    reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_sum repeat reshape reverse roll
    round scalar_mul shape sigmoid sign sin sinh size slice sort split sqrt square squeeze stack stop_gradient
    strided_slice subtract tan tanh tensordot tile transpose truediv unstack where zeros zeros_like
    float16 float32 float64 int8 int16 int32 int64 uint8 bool string bfloat16 newaxis
    """.split()
)

_NUMPY = frozenset(
    """
    abs absolute add amax amin argmax argmin argsort array asarray average broadcast_to ceil clip concatenate cos
    cumsum divide dot einsum exp expand_dims flip floor hstack log log1p matmul max maximum mean median min minimum
    moveaxis multiply negative pad power prod ravel repeat reshape roll round sign sin sort split sqrt square squeeze
    stack std subtract sum swapaxes take tanh tensordot tile transpose var vstack where
    """.split()
)
"""Functions that numpy cannot compute of a symbolic tensor: it says so itself."""


class Missing(Exception):
    """This Keras has no such name."""


class Forbidden(Exception):
    """The name is not on the list."""


def public_object(path: str, flavour: str) -> Any:
    """The object that a public name means.

    Raises:
        Missing: the user's Keras does not have it.
        Forbidden: a recipe may not use it.
    """
    if not is_maker(path) and not is_operation(path):
        raise Forbidden(path)
    root, _, rest = path.partition(".")
    if root == "tensorflow":
        return _walk(tensorflow(), rest, path)
    if root == "numpy":
        return _walk(np, rest, path)
    return _walk(keras_of(flavour), rest, path)


def is_maker(path: str) -> bool:
    """Whether the name makes a Keras object: a layer, an initializer, an input, …."""
    if path in _TOP_LEVEL:
        return True
    parts = path.split(".")
    if parts[:2] == ["keras", "callbacks"]:
        return parts[-1] in _CALLBACKS and len(parts) == 3
    return (
        len(parts) == 3
        and parts[0] == "keras"
        and parts[1] in _MAKERS
        and parts[2] not in _FORBIDDEN
        and not parts[2].startswith("_")
    )


def is_operation(path: str) -> bool:
    """Whether the name computes on tensors, without any other effect."""
    parts = path.split(".")
    last = parts[-1]
    if any(part.startswith("_") for part in parts) or last in _FORBIDDEN_OPERATIONS or len(parts) < 2:
        return False
    if parts[:2] == ["keras", "applications"]:
        return last == "preprocess_input" and len(parts) == 4
    if parts[0] == "keras":
        if last in _FORBIDDEN or last.startswith(("set_", "clear_", "get_")):
            return False
        return parts[1] in ("ops", "activations", "backend") and len(parts) in (3, 4)
    if parts[0] == "tensorflow":
        if len(parts) == 2:
            return last in _TENSORFLOW
        return len(parts) == 3 and parts[1] in _TENSORFLOW_MODULES and not last.startswith(("decode", "encode"))
    return parts[0] == "numpy" and len(parts) == 2 and last in _NUMPY


def keras_of(flavour: str) -> Any:
    """The module that the program calls `keras`.

    Raises:
        Missing: it is that of TensorFlow, which is not there.
    """
    return tensorflow().keras if flavour == "tf.keras" else keras_api.own


def tensorflow() -> Any:
    """TensorFlow.

    Raises:
        Missing: it is not there.
    """
    if tf is None:
        raise Missing("TensorFlow is not installed beside this Keras")
    return tf


def _walk(found: Any, rest: str, path: str) -> Any:
    for part in rest.split("."):
        found = getattr(found, part, None)
        if found is None:
            raise Missing(f"this Keras has no {path}")
    return found
