"""Canonical names of libraries: whatever a file imported a thing from, it gets one dotted path.

TensorFlow loads `tf.keras` lazily, so that no static tool can follow it: a table of public names does.
"""

from __future__ import annotations

from functools import lru_cache

from keras_shapes.keras_names import KERAS_NAMES
from keras_shapes.model import Flavour, PublicName

_KERAS_ROOTS: tuple[tuple[str, Flavour], ...] = (
    ("tensorflow.python.keras", "tensorflow.python.keras"),
    ("tensorflow.contrib.keras.python.keras", "tf.keras"),
    ("tensorflow.contrib.keras.api.keras", "tf.keras"),
    ("tensorflow.contrib.keras", "tf.keras"),
    ("tensorflow.compat.v1.keras", "tf.keras"),
    ("tensorflow.compat.v2.keras", "tf.keras"),
    ("tensorflow._api.v2.keras", "tf.keras"),
    ("tensorflow.keras", "tf.keras"),
    ("tf_keras", "tf_keras"),
    ("keras.api", "keras"),
    ("keras", "keras"),
)
_TENSORFLOW_ROOTS = ("tensorflow.compat.v1", "tensorflow.compat.v2", "tensorflow._api.v2")
_TOP_LEVEL = {
    "keras.models.Sequential": "keras.Sequential",
    "keras.models.Model": "keras.Model",
    "keras.models.Functional": "keras.Model",
    "keras.layers.Input": "keras.Input",
    "keras.layers.Layer": "keras.Layer",
    "keras.layers.InputSpec": "keras.InputSpec",
    "keras.training.Model": "keras.Model",
}
_MODULES = frozenset(module.split(".")[1] for module in KERAS_NAMES if "." in module)
_ELSEWHERE = {
    "np_utils": "utils",
    "preprocessing": "utils",
    "data_utils": "utils",
    "engine": "layers",
    "engine.": "models",
}


@lru_cache(maxsize=4096)
def public_name(dotted: str) -> PublicName:
    """The public name that a dotted path means: `tensorflow.keras.layers.core.Dense` is `keras.layers.Dense`."""
    for root, flavour in _KERAS_ROOTS:
        if dotted == root or dotted.startswith(root + "."):
            return PublicName(_canonical("keras" + dotted[len(root) :]), flavour)
    for root in _TENSORFLOW_ROOTS:
        if dotted == root or dotted.startswith(root + "."):
            return PublicName("tensorflow" + dotted[len(root) :])
    return PublicName(dotted)


def attribute_of(name: PublicName, attribute: str) -> PublicName:
    """The name that `name.attribute` means."""
    root = {"keras": "keras", "tf.keras": "tensorflow.keras"}.get(name.flavour, name.flavour)
    if name.path == "keras" or name.path.startswith("keras."):
        return public_name(f"{root}{name.path[len('keras') :]}.{attribute}")
    return public_name(f"{name.path}.{attribute}")


def public_names_in(module: PublicName) -> frozenset[str]:
    """What `from module import *` binds, as far as it is known."""
    if module.path == "keras":
        return KERAS_NAMES["keras"] | _MODULES
    if module.path == "tensorflow":
        return frozenset({"keras"})
    parts = module.path.split(".")
    while len(parts) > 1:
        names = KERAS_NAMES.get(".".join(parts))
        if names is not None:
            return names | {"Model", "Sequential"} if parts[1] == "models" else names
        parts.pop()
    return frozenset()


def _canonical(path: str) -> str:
    if path in _TOP_LEVEL:
        return _TOP_LEVEL[path]
    parts = path.split(".")
    if len(parts) < 3:
        return path
    last = parts[-1]
    module = f"keras.{_ELSEWHERE.get(parts[1], parts[1])}"
    if len(parts) > 3 and parts[1] == "applications" and last not in KERAS_NAMES["keras.applications"]:
        return path
    if parts[1] == "engine" and last in {"Model", "Sequential", "Input", "Layer", "InputSpec"}:
        return f"keras.{last}"
    if last in KERAS_NAMES.get(module, ()):
        return _TOP_LEVEL.get(f"{module}.{last}", f"{module}.{last}")
    return path
