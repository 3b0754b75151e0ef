"""The methods of sets: what they give, and what they leave in the set."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from keras_shapes.model import Argument
from keras_shapes.reader.choices import settled
from keras_shapes.reader.contents import open_contents
from keras_shapes.reader.forgetting import forget
from keras_shapes.reader.iteration import items_of
from keras_shapes.reader.ordering import is_comparable
from keras_shapes.reader.values import Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = tuple[Argument, ...]
_MADE: dict[str, Callable[..., Any]] = {
    "union": set.union,
    "intersection": set.intersection,
    "difference": set.difference,
    "symmetric_difference": set.symmetric_difference,
}
_ASKED: dict[str, Callable[..., Any]] = {
    "issubset": set.issubset,
    "issuperset": set.issuperset,
    "isdisjoint": set.isdisjoint,
}


def method_of_set(it: Interpreter, owner: set[Value], name: str, arguments: Arguments, node: ast.AST) -> Value:
    """`owner.name(…)`; a method that is not read may have changed everything."""
    values = [settled(argument.value, it.guards) for argument in arguments]
    others = [_members(it, value, node) for value in values]
    match name, values:
        case "add", [value]:
            return _add(it, owner, value, node)
        case "update", _:
            it.replace(owner, combined(it, "union", owner, others, node))
        case (("intersection_update" | "difference_update" | "symmetric_difference_update"), _):
            it.replace(owner, combined(it, name.removesuffix("_update"), owner, others, node))
        case (("discard" | "remove"), [value]) if _is_known(owner) and is_comparable(value):
            it.replace(owner, owner - {value})
        case "clear", []:
            it.replace(owner, set())
        case "copy", []:
            return set(owner)
        case _ if name in _MADE:
            return combined(it, name, owner, others, node)
        case _ if name in _ASKED and _is_known(owner) and all(map(_is_known, others)) and len(others) == 1:
            answer: Value = _ASKED[name](owner, others[0])
            return answer
        case _:
            reason = it.unknown(f"{name}() of a set", node)
            if name not in _ASKED:
                forget(it, owner, reason)
            return reason
    return None


def combined(it: Interpreter, name: str, owner: set[Value], others: list[set[Value]], node: ast.AST) -> set[Value]:
    """`owner.union(*others)` and its like: a set whose members are known where all of theirs are."""
    if all(map(_is_known, (owner, *others))):
        made: set[Value] = _MADE[name](owner, *others)
        return made
    if name == "union":
        return owner.union(*others)
    return set(open_contents(it.unknown("sets whose members are not known", node)))


def _add(it: Interpreter, owner: set[Value], value: Value, node: ast.AST) -> Value:
    it.changing(owner)
    try:
        owner.add(value)
    except TypeError:
        return it.unknown("this cannot be in a set", node)
    return None


def _members(it: Interpreter, value: Value, node: ast.AST) -> set[Value]:
    items = value if isinstance(value, (list, set, dict, tuple)) else items_of(it, value, node)
    try:
        return set(items)  # type: ignore[arg-type]
    except TypeError:
        return set(open_contents(it.unknown("members that are not known", node)))


def _is_known(members: set[Value]) -> bool:
    return all(member is None or is_comparable(member) for member in members)
