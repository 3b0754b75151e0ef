"""What the names mean that stand where layers belong: asked of Keras, without calling anything."""

from __future__ import annotations

import inspect
import types
from collections.abc import Sequence
from typing import Any

from . import allowed
from .describe import Plain
from .keras_api import keras
from .recipes import resolve


def name_elements(elements: Sequence[Any], layers: Sequence[Plain], defined: dict[int, Any]) -> None:
    """Say of each element that is a name, or the call of a name which is no class or function, what that name is."""
    for element, layer in zip(elements, layers):
        node = resolve(element, defined)
        if not isinstance(node, dict) or not ("name" in node or "call" in node):
            continue
        found = thing(node.get("name") or node["call"], node.get("from", "keras"))
        if found is not None and ("name" in node or found[0] in ("module", "missing")):
            layer["named"] = list(found)


def thing(path: str, flavour: str) -> tuple[str, str] | None:
    """What a public name is, and the name of what holds it; None for names that are not Keras' own.

    "missing" is what this Keras does not have; its holder is the last part of the path that there is.
    """
    root, *parts = path.split(".")
    try:
        if root == "tensorflow" and parts[:1] == ["nn"]:
            found: Any = allowed.tensorflow()
        elif root == "keras":
            found = allowed.keras_of(flavour)
        else:
            return None
    except allowed.Missing:
        return None
    for index, part in enumerate(parts):
        holder = ".".join((root, *parts[:index]))
        if not isinstance(found, types.ModuleType):
            return None
        if not hasattr(found, part):
            return "missing", holder
        found = getattr(found, part)
    return _kind(found), path.rpartition(".")[0]


def _kind(found: Any) -> str:
    if isinstance(found, types.ModuleType):
        return "module"
    if inspect.isclass(found):
        return "layer" if issubclass(found, keras.Layer) else "class"
    return "function" if inspect.isroutine(found) else "object"
