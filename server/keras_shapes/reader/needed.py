"""The part of a file that defines one thing: its definition, and what of the file that definition uses."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from typing import TYPE_CHECKING

from keras_shapes.model import NumpyNumber
from keras_shapes.reader.values import Class, Function

if TYPE_CHECKING:
    from keras_shapes.reader.scopes import Scope
    from keras_shapes.reader.sources import Source

_BUILTINS = frozenset(dir(builtins))
_MOST_STATEMENTS = 200
_PURE = (
    ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.BinOp, ast.UnaryOp, ast.Name, ast.Attribute, ast.Load,
    ast.operator, ast.unaryop, ast.Subscript, ast.Slice, ast.JoinedStr, ast.Compare, ast.cmpop, ast.IfExp, ast.BoolOp,
    ast.boolop,
)  # fmt: skip


def name_of(thing: Function | Class) -> str:
    """The name by which `source_of(thing)` defines a thing."""
    return "_keras_shapes_lambda" if isinstance(thing.node, ast.Lambda) else thing.node.name


def source_of(thing: Function | Class) -> str:
    """Python source that defines a function or class of the user's, and what it needs, and nothing else."""
    source = thing.source
    local = thing.scope if thing.scope.module is not None else None
    wanted = sorted(set(_free_names(thing.node)))
    constants = [line for name in wanted for line in _captured(name, local)]
    statements = _needed(
        source, [name for name in wanted if not any(line.startswith(f"{name} = ") for line in constants)]
    )
    texts = [source.document.slice(source.span(node)) for node in statements if node is not thing.node]
    texts += constants
    texts.append(_definition(thing))
    return "\n".join(texts) + "\n"


def _definition(thing: Function | Class) -> str:
    node = thing.node
    text = thing.source.document.slice(thing.source.span(node))
    if isinstance(node, ast.Lambda):
        return f"{name_of(thing)} = ({text})"
    return _dedented(text, node.col_offset)


def _dedented(text: str, column: int) -> str:
    first, *rest = text.splitlines()
    return "\n".join([first, *(line[column:] if line[:column].isspace() else line for line in rest)])


def _captured(name: str, scope: Scope | None) -> Iterator[str]:
    """A constant of an enclosing function."""
    while scope is not None and scope.module is not None:
        value = scope.bindings.get(name, scope)
        if value is not scope:
            plain = value.value if isinstance(value, NumpyNumber) else value
            if isinstance(plain, (bool, int, float, str, type(None))) or _is_plain(plain):
                yield f"{name} = {plain!r}"
            return
        scope = scope.parent


def _is_plain(value: object) -> bool:
    return isinstance(value, (tuple, list)) and all(isinstance(item, (bool, int, float, str)) for item in value)


def _needed(source: Source, names: list[str]) -> list[ast.stmt]:
    """The top-level statements that bind names, and what these need, in order."""
    binders = _binders(source.tree)
    found: dict[ast.stmt, None] = {}
    waiting = list(names)
    seen: set[str] = set()
    while waiting and len(found) < _MOST_STATEMENTS:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for statement in binders.get(name, []):
            if statement not in found and _may_run(statement):
                found[statement] = None
                waiting += _free_names(statement)
    stars = [node for node in source.tree.body if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"]
    order = {statement: number for number, statement in enumerate(source.tree.body)}
    wanted: set[ast.stmt] = {*found, *stars}
    return sorted(wanted, key=lambda statement: order[statement])


def _binders(tree: ast.Module) -> dict[str, list[ast.stmt]]:
    binders: dict[str, list[ast.stmt]] = {}
    for statement in tree.body:
        for name in _bound_names(statement):
            binders.setdefault(name, []).append(statement)
    return binders


def _bound_names(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Import(names=names):
            yield from (alias.asname or alias.name.split(".")[0] for alias in names)
        case ast.ImportFrom(names=names):
            yield from (alias.asname or alias.name for alias in names)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case _:
            return


def _may_run(statement: ast.stmt) -> bool:
    """Whether a statement only defines or names things: an assignment must not call anything."""
    match statement:
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return all(isinstance(node, _PURE) for node in ast.walk(value))
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.ClassDef():
            return True
        case _:
            return False


def _free_names(node: ast.AST) -> list[str]:
    """Names that a definition uses and does not bind itself (parameters and locals are taken for bound)."""
    bound: set[str] = set()
    used: list[str] = []
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            if isinstance(inner.ctx, ast.Load):
                used.append(inner.id)
            elif inner is not node and not isinstance(node, (ast.Assign, ast.AnnAssign)):
                bound.add(inner.id)
        elif isinstance(inner, ast.arg):
            bound.add(inner.arg)
    return [name for name in used if name not in bound and name not in _BUILTINS]
