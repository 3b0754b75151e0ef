"""Names and where they are seen: what a statement may bind, and what nobody asks for any more."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from keras_shapes.fixes.text import Text

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def block_of(text: Text, statement: ast.stmt) -> Sequence[ast.stmt]:
    """The statements among which this one stands."""
    parent = text.parent(statement)
    for name in ("body", "orelse", "finalbody"):
        block = getattr(parent, name, None)
        if isinstance(block, list) and statement in block:
            return block
    return [statement]


def is_bound(text: Text, name: str, near: ast.AST | None = None) -> bool:
    """Whether a name is anything where a statement stands, or anywhere in the file: a variable, a function, an import.

    A function inside that binds the name for itself does not count.
    """
    left: list[ast.AST] = [_scope(text, near) if near is not None else text.tree]
    first = left[0]
    while left:
        node = left.pop()
        if _bears(node, name):
            return True
        if near is None or node is first or not isinstance(node, _FUNCTIONS) or name not in _bindings(node):
            left += ast.iter_child_nodes(node)
    return False


def is_used_after(text: Text, name: str, chain: Sequence[ast.stmt]) -> bool:
    """Whether somebody may ask for what these statements have bound to a name, other than themselves."""
    block = block_of(text, chain[-1])
    for statement in block[list(block).index(chain[-1]) + 1 :]:
        if name in _loads(statement):
            return True
        if name in _stores(statement):
            return _in_closures(text, name, chain)
    inside = isinstance(text.parent(chain[-1]), ast.Module | ast.FunctionDef | ast.AsyncFunctionDef)
    return _in_closures(text, name, chain) if inside else _elsewhere(text, name, chain)


def _in_closures(text: Text, name: str, chain: Sequence[ast.stmt]) -> bool:
    """Whether a function inside the scope uses the name without binding it."""
    scope = _scope(text, chain[0])
    return any(
        name in _loads(node) and name not in _bindings(node)
        for node in ast.walk(scope)
        if isinstance(node, _FUNCTIONS) and node is not scope
    )


def _elsewhere(text: Text, name: str, chain: Sequence[ast.stmt]) -> bool:
    """Whether the name is used anywhere in the scope outside the statements."""
    own = {node for statement in chain for node in ast.walk(statement)}
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load) and node not in own
        for node in ast.walk(_scope(text, chain[0]))
    )


def _scope(text: Text, node: ast.AST) -> ast.AST:
    current: ast.AST | None = node
    while current is not None and not isinstance(current, (*_FUNCTIONS, ast.ClassDef, ast.Module)):
        current = text.parent(current)
    return current or text.tree


def _loads(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Store)}


def _stores(statement: ast.stmt) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}


def _bindings(function: ast.AST) -> set[str]:
    """Parameters and variables of a function."""
    names = {each.arg for each in ast.walk(function) if isinstance(each, ast.arg)}
    declared = {
        name for each in ast.walk(function) if isinstance(each, ast.Global | ast.Nonlocal) for name in each.names
    }
    stored = {each.id for each in ast.walk(function) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    return (names | stored) - declared


def _bears(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Name(id=known) | ast.arg(arg=known) | ast.FunctionDef(name=known) | ast.ClassDef(name=known):
            return known == name
        case ast.alias(name=known, asname=alias):
            return (alias or known.partition(".")[0]) == name
    return False


def attributes(text: Text) -> Iterator[ast.Attribute]:
    """Every attribute that the file asks for."""
    return (node for node in ast.walk(text.tree) if isinstance(node, ast.Attribute))
