"""Calls that put the channels of images first."""

from __future__ import annotations

import ast
from typing import TypeGuard

_TO_FIRST = ([2, 0, 1], [0, 3, 1, 2])
_MOVES = ([-1, 0], [2, 0], [-1, 1], [3, 1])


def transposed(node: ast.AST) -> ast.expr | None:
    """What `np.transpose(image, (2, 0, 1))` or `image.transpose(2, 0, 1)` transposes; None for anything else."""
    if not _is_call(node):
        return None
    assert isinstance(node.func, ast.Attribute)
    method = (
        not isinstance(node.func.value, ast.Name)
        or not node.args
        or not isinstance(node.args[0], ast.Name | ast.Call | ast.Subscript | ast.Attribute)
    )
    owner = node.func.value if method else node.args[0]
    axes = _numbers(node.args if method else node.args[1:], node.keywords)
    wanted = _MOVES if node.func.attr == "moveaxis" else _TO_FIRST
    return owner if axes in wanted else None


def _is_call(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("transpose", "moveaxis")
    )


def _numbers(args: list[ast.expr], keywords: list[ast.keyword]) -> list[int]:
    """The numbers of the axes, in one tuple or one by one."""
    given = [
        *args,
        *(keyword.value for keyword in keywords if keyword.arg in ("axes", "source", "destination", "perm")),
    ]
    items = [item for value in given for item in (value.elts if isinstance(value, ast.Tuple | ast.List) else [value])]
    found = [_number(item) for item in items]
    return [number for number in found if number is not None]


def _number(node: ast.expr) -> int | None:
    match node:
        case ast.Constant(value=int(number)):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
            return -number
    return None
