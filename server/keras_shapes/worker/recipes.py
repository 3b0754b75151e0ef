"""Walking through recipes without making anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_OBJECTS = ("call", "apply", "model", "layer", "code", "declared", "function", "attribute", "item")


def children(node: Any) -> Iterator[Any]:
    """The parts of an expression."""
    if isinstance(node, list):
        yield from node
    elif isinstance(node, dict):
        yield from node.values()


def definitions(node: Any) -> dict[int, Any]:
    """All expressions of a recipe that have an id."""
    return {part["id"]: part for part in parts(node) if "id" in part}


def resolve(node: Any, defined: dict[int, Any]) -> Any:
    """The expression itself, where this is a reference to it."""
    return defined.get(node["ref"]) if isinstance(node, dict) and "ref" in node else node


def unknowns_in(node: Any) -> Iterator[int]:
    """The unknowns of a value itself: not those of layers, models and other objects inside it."""
    if isinstance(node, dict):
        if "unknown" in node:
            yield node["unknown"]
            return
        if any(form in node for form in _OBJECTS):
            return
    for child in children(node):
        yield from unknowns_in(child)


def inner_layers(node: Any, defined: dict[int, Any]) -> list[Any]:
    """The elements of a nested model, or the layers that a wrapper is given."""
    if not isinstance(node, dict):
        return []
    if "model" in node:
        return [resolve(element, defined) for element in node["model"]["nodes"]]
    if "declared" in node:
        return inner_layers(resolve(node["declared"], defined), defined)
    if "call" not in node:
        return []
    values = [*node["args"], *(value for _, value in node["kwargs"])]
    return [value for value in _flat(values, defined) if isinstance(value, dict) and _is_layer(value)]


def path_to(node: Any, number: int, defined: dict[int, Any]) -> tuple[int, ...] | None:
    """The way from an element to the expression with this id, through nested models and wrapped layers."""
    if isinstance(node, dict) and node.get("id") == number:
        return ()
    for index, inner in enumerate(inner_layers(node, defined)):
        path = path_to(inner, number, defined)
        if path is not None:
            return (index, *path)
    return None


def given_names(node: Any) -> Iterator[str]:
    """Every name that the source gives to a layer."""
    for part in parts(node):
        for name, value in part.get("kwargs", ()):
            if name == "name" and isinstance(value, str):
                yield value


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every expression of a recipe."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)


def _flat(values: list[Any], defined: dict[int, Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value, defined)
        else:
            yield resolve(value, defined)


def _is_layer(node: dict[str, Any]) -> bool:
    if any(form in node for form in ("model", "layer")) or ("code" in node and "args" in node):
        return True
    return str(node.get("call", "")).startswith("keras.layers.")
