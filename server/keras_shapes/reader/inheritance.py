"""Classes of the user's and their bases: where an attribute comes from, and what they are in the end."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.model import PublicName
from keras_shapes.reader.values import Class, Function, Value


def find_in_class(cls: Class, name: str) -> tuple[Value, Class] | None:
    """The class attribute `name`, and the class that defines it, in the order of the bases."""
    for each in _with_bases(cls):
        if isinstance(each, Class) and name in each.attributes:
            return each.attributes[name], each
    return None


def public_bases(cls: Class) -> list[PublicName]:
    """The public names that a class derives from, directly or through other classes of the user's."""
    return [each for each in _with_bases(cls) if isinstance(each, PublicName)]


def unprepared(cls: Class) -> ast.FunctionDef | None:
    """The plain `__init__` of a class of which nothing, in it or in the classes above it, calls that of its base."""
    found = find_in_class(cls, "__init__")
    node = found[0].node if found is not None and isinstance(found[0], Function) else None
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return None
    classes = [each for each in _with_bases(cls) if isinstance(each, Class)]
    return None if any(map(_starts_base, classes)) else node


def _starts_base(cls: Class) -> bool:
    """Whether a class mentions `super` or an `__init__`: what it does with it is not asked."""
    return any(
        (isinstance(node, ast.Name) and node.id == "super")
        or (isinstance(node, ast.Attribute) and node.attr == "__init__")
        for node in ast.walk(cls.node)
    )


def _with_bases(cls: Class) -> Iterator[Value]:
    """A class, its bases and theirs, depth first; each is met once."""
    waiting: list[Value] = [cls]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        if id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += reversed(each.bases) if isinstance(each, Class) else ()
