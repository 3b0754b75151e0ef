"""Code that is not read to its end, because there is too much of it: what it would have changed is not known."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from keras_shapes.model import Unknown
from keras_shapes.reader.forgetting import forget
from keras_shapes.reader.scopes import Scope
from keras_shapes.reader.values import Choice, Class, Function, Instance, Obscured, Once, SequentialValue, Value
from keras_shapes.repair import Broken

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

_CHANGEABLE = (list, set, dict, tuple, Once, Instance, Choice)
_CHANGING_A_MODEL = frozenset({"add", "pop", "build", "__init__", "setattr", "_layers"})


def leave_unread(it: Interpreter, node: ast.AST, scope: Scope, reason: Unknown) -> None:
    """Whatever a statement names may be anything from here on, and so may what the functions change that it names.

    A model is another one afterwards only where some of this code adds or removes layers.
    """
    it.budget.left = sys.maxsize  # it is as long as the code and what it names, and must not end halfway
    code = list(_code(node, scope))
    hides = any(_may_change_a_model(each) for each, _, _ in code)
    seen: set[int] = set()
    for each, where, foreign in code:
        for name, is_set in () if foreign else _names(each):
            value = where.find(name)
            if is_set:
                it.bind(where, name, Unknown(reason.reason, reason.span, name))
            if id(value) not in seen:
                seen.add(id(value))
                _lose(it, value, reason, seen, hides=hides)


def _lose(it: Interpreter, value: Value, reason: Unknown, seen: set[int], *, hides: bool) -> None:
    model = value.model if isinstance(value, Instance) else value
    if isinstance(model, SequentialValue) and hides:
        it.happen(model, Obscured(reason))
    if isinstance(value, _CHANGEABLE):
        forget(it, value, reason, seen - {id(value)})


def _code(node: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, Scope, bool]]:
    """Some code, and that of the functions and classes of the project that it names, each once.

    The last part tells whether it stands in another module.
    """
    waiting, seen = [(node, scope, False)], {node}
    while waiting:
        each, where, foreign = waiting.pop()
        yield each, where, foreign
        for name, _ in _names(each):
            found = where.find(name)
            thing = found.cls if isinstance(found, Instance) else found
            if isinstance(thing, Function | Class) and thing.node not in seen:
                seen.add(thing.node)
                inside = thing.scope if isinstance(thing, Function) else where
                waiting.append((thing.node, inside, thing.source.foreign))


def _may_change_a_model(code: ast.AST) -> bool:
    """Whether code has a word in it for adding or removing layers."""
    return any(
        (isinstance(each, ast.Attribute) and each.attr in _CHANGING_A_MODEL)
        or (isinstance(each, ast.Name) and each.id in _CHANGING_A_MODEL)
        or isinstance(each, Broken)
        for each in ast.walk(code)
    )


def _names(node: ast.AST) -> Iterator[tuple[str, bool]]:
    """The names in some code, and whether it sets them."""
    for each in ast.walk(node):
        match each:
            case ast.Name(id=name, ctx=context):
                yield name, not isinstance(context, ast.Load)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, each is not node
            case ast.alias(name=name, asname=other):
                yield other or name.partition(".")[0], True
            case Broken(mentions=mentions, targets=targets):
                yield from ((name.partition(".")[0], False) for name in mentions)
                yield from ((name, True) for name in targets if name.isidentifier())
