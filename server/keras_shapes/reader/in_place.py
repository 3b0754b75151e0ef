"""Augmented assignment to containers: `items += more`, `members |= others`, which change what other names hold too."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Unknown
from keras_shapes.reader.contents import open_contents
from keras_shapes.reader.dict_methods import update
from keras_shapes.reader.forgetting import forget
from keras_shapes.reader.list_methods import extend
from keras_shapes.reader.set_methods import combined
from keras_shapes.reader.values import Items, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

_OF_SETS: dict[type[ast.operator], str] = {
    ast.BitOr: "union",
    ast.BitAnd: "intersection",
    ast.Sub: "difference",
    ast.BitXor: "symmetric_difference",
}


def change_in_place(it: Interpreter, operator: ast.operator, old: Value, new: Value, node: ast.AST) -> bool:
    """Change a container as `old <operator>= new` does; False where `old` is none, or becomes another object."""
    match old:
        case list() if isinstance(operator, ast.Add):
            extend(it, old, new, node)
        case list() if isinstance(operator, ast.Mult):
            _repeat(it, old, new, node)
        case set() if type(operator) in _OF_SETS:
            others = new if isinstance(new, set) else set(open_contents(it.unknown("a set that is not known", node)))
            it.replace(old, combined(it, _OF_SETS[type(operator)], old, [others], node))
        case dict() if isinstance(operator, ast.BitOr):
            update(it, old, new, node)
        case list() | set() | dict() | Items():
            forget(it, old, it.unknown("this arithmetic is not read", node))
        case _:
            return False
    return True


def _repeat(it: Interpreter, items: list[Value], times: Value, node: ast.AST) -> None:
    if isinstance(times, int) and len(items) * times <= it.budget.limits.items:
        it.replace(items, items * times)
    else:
        reason = times if isinstance(times, Unknown) else it.unknown("very many items", node)
        it.replace(items, open_contents(reason))
