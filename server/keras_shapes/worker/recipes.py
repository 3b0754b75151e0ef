"""Walking through recipes without making anything."""

from typing import Any, Dict, Iterator, List

_OBJECTS = ("call", "apply", "model", "layer", "declared", "function", "attribute", "item")


def children(node: Any) -> Iterator[Any]:
    """The parts of an expression."""
    if isinstance(node, list):
        yield from node
    elif isinstance(node, dict):
        yield from node.values()


def definitions(node: Any) -> Dict[int, Any]:
    """All expressions of a recipe that have an id."""
    found: Dict[int, Any] = {}
    waiting: List[Any] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict) and isinstance(part.get("id"), int):
            found[part["id"]] = part
        waiting.extend(children(part))
    return found


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


def all_unknowns_in(node: Any) -> Dict[int, str]:
    """Every unknown of a recipe, by number, with its kind."""
    found: Dict[int, str] = {}
    waiting: List[Any] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict) and "unknown" in part:
            found[part["unknown"]] = part.get("kind", "any")
        waiting.extend(children(part))
    return found
