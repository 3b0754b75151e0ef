"""Unknown values made from other values: they keep the reason, and get a name and an identity of their own."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keras_shapes.model import NumpyNumber, PublicName, Unknown
from keras_shapes.reader.values import Choice, Items, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keras_shapes.reader.interpreter import Interpreter

LONGEST_NAME = 60


def worst(*values: Value) -> Unknown | None:
    """The first unknown among values, whose reason is the reason of what they make."""
    for value in values:
        if isinstance(value, Unknown):
            return value
        if isinstance(value, Items):
            return value.length
    return None


def derived(
    it: Interpreter,
    unknown: Unknown,
    node: ast.AST,
    recipe: Sequence[Value],
    kind: str | None = None,
    name: str | None = "",
) -> Unknown:
    """What an expression over an unknown gives: named by its text, the same wherever the same is computed."""
    keys = [key_of(part) for part in recipe]
    key = it.key(tuple(keys)) if all(part is not None for part in keys) else None
    if name == "":
        text = it.source.text(node)
        name = text if unknown.name is not None and len(text) <= LONGEST_NAME else None
    return Unknown(unknown.reason, unknown.span, name=name, kind=kind, key=key)  # type: ignore[arg-type]


def key_of(value: Value) -> object:
    """What tells a value from others, as far as that is known: None means not at all."""
    match value:
        case Unknown(key=key):
            return key
        case None | bool() | int() | float() | str() | bytes():
            return ("constant", type(value).__name__, value)
        case NumpyNumber() | PublicName():
            return ("constant", value)
        case tuple():
            parts = tuple(key_of(item) for item in value)
            return None if None in parts else parts
        case slice():
            return key_of((value.start, value.stop, value.step))
        case Choice(decision=decision):
            return ("choice", decision)
        case _:
            return Identity(value)


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """A key that is equal only to itself made from the same object, which it keeps alive."""

    value: Value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)
