"""Which unknowns have a part in shapes, and in what role."""

from __future__ import annotations

from typing import Any

from . import allowed, arguments
from .recipes import children, parts

SIZE = "size"
WINDOW = "window"
FLAG = "flag"
PADDING = "padding"
ELEMENT = "element"
OTHER = "other"


def roles_of(node: Any, role: str = ELEMENT) -> dict[int, set[str]]:
    """The roles of every unknown in a recipe; one that only stands in neutral arguments has none and is left out."""
    found: dict[int, set[str]] = {}
    _collect(node, role, found)
    return found


def kinds_of(node: Any) -> dict[int, str]:
    """The kind of number of every unknown in a recipe."""
    return {part["unknown"]: part.get("kind", "any") for part in parts(node) if "unknown" in part}


def _collect(node: Any, role: str, found: dict[int, set[str]]) -> None:
    if not isinstance(node, dict):
        for child in children(node):
            _collect(child, role, found)
    elif "unknown" in node:
        found.setdefault(node["unknown"], set()).add(role)
    elif "call" in node:
        function = _function_of(node)
        for name, value in arguments.named(function, node["args"], dict(node["kwargs"])):
            if not arguments.is_neutral(name):
                _collect(value, _role(function, name, value), found)
    elif "apply" in node:
        for value in [node["apply"], *node["args"], *(value for _, value in node["kwargs"])]:
            _collect(value, OTHER, found)
    else:
        for key, child in node.items():
            inside = role if role != ELEMENT or key in ("model", "nodes") else SIZE
            _collect(child, SIZE if key == "shape" else inside, found)


def _role(function: Any, name: str, value: Any) -> str:
    default = arguments.default(function, name)
    if isinstance(default, bool):
        return FLAG
    if name == "padding" and isinstance(default, str):
        return PADDING
    if name in arguments.WINDOWS:
        return WINDOW
    if (
        name in arguments.SHAPES
        and isinstance(value, dict)
        and value.get("unknown") is not None
        and "kind" not in value
    ):
        # Not a size of the shape, but all of it, rank included.
        return OTHER
    return SIZE if name in arguments.SIZES or name in arguments.SHAPES else OTHER


def _function_of(node: dict[str, Any]) -> Any:
    try:
        return allowed.public_object(node["call"], node.get("from", "keras"))
    except (allowed.Missing, allowed.Forbidden):
        return None
