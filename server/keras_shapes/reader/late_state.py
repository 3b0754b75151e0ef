"""Whether the user's own code depends on what the program does after it has made an object of it.

Such code is not run: what it finds here would be another state than in the program.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from keras_shapes.reader.values import Class, Function

REASON = "{} depends on what the program sets after it is made"

_OF_KERAS = frozenset({"trainable", "name", "_name", "supports_masking", "dtype"})
_CALLED_BY_KERAS = frozenset(
    {"build", "call", "get_config", "from_config", "compute_output_shape", "compute_output_spec", "compute_mask"}
)


def is_set_late(thing: Class | Function, trees: Iterable[ast.AST]) -> bool:
    """Whether one of these programs sets what the code uses: an attribute, by a method, or a global name."""
    used = {node.id for node in ast.walk(thing.node) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(thing.node) if isinstance(node, ast.Attribute)} - _OF_KERAS
    setters = set(_setters(thing))
    return any(_sets(node, used, attributes, setters) for tree in trees for node in _outside(tree, thing.node))


def _setters(thing: Class | Function) -> Iterator[str]:
    """The methods that are not called by Keras itself and store something in the object."""
    if not isinstance(thing, Class):
        return
    yield "adapt"
    for base in (thing, *(base for base in thing.bases if isinstance(base, Class))):
        for method in base.node.body:
            if not isinstance(method, ast.FunctionDef) or method.name in _CALLED_BY_KERAS or not method.args.args:
                continue
            owner = method.args.args[0].arg
            if any(_is_change(node, owner) for node in ast.walk(method)):
                yield method.name


def _is_change(node: ast.AST, owner: str) -> bool:
    """A store into an attribute of the object, or a call of something that it holds."""
    match node:
        case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store()):
            return name == owner
        case ast.Call(func=ast.Attribute(value=value)):
            return isinstance(value, ast.Attribute | ast.Name) and _root(value) == owner
        case ast.Call(func=ast.Name(id="setattr")):
            return True
    return False


def _sets(node: ast.AST, used: set[str], attributes: set[str], setters: set[str]) -> bool:
    match node:
        case ast.Global(names=names):
            return not used.isdisjoint(names)
        case ast.Attribute(value=owner, attr=name, ctx=ast.Store()):
            return name in attributes and _root(owner) not in ("self", "cls")
        case ast.Call(func=ast.Attribute(value=owner, attr=name)):
            return name in setters and not name.startswith("__") and _root(owner) not in ("self", "cls", None)
        case ast.Call(func=ast.Name(id="setattr"), args=[ast.Name(id=name), *_]):
            return name != "self"
    return False


def _outside(tree: ast.AST, inside: ast.AST) -> Iterator[ast.AST]:
    """Every node but those of the definition itself."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node is not inside:
            yield node
            waiting.extend(ast.iter_child_nodes(node))


def _root(node: ast.expr) -> str | None:
    """The name at the beginning of `a.b.c`."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
