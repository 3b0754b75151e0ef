"""Comprehensions and generator expressions: loops in expressions."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from keras_shapes.model import Unknown
from keras_shapes.reader.assignment import assign
from keras_shapes.reader.choices import choose
from keras_shapes.reader.contents import look_of, open_contents, unknown_length
from keras_shapes.reader.dict_methods import update
from keras_shapes.reader.iteration import item_of_unknown, items_of
from keras_shapes.reader.operators import truth
from keras_shapes.reader.scopes import Scope
from keras_shapes.reader.symbolic import is_layer, is_symbolic
from keras_shapes.reader.values import Decision, Guarded, Once, Rest, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


def list_comprehension(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    """`[… for … in …]`."""
    assert isinstance(node, ast.ListComp)
    return _collect(it, node.generators, scope, node, lambda inner: it.evaluate(node.elt, inner))


def generator(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    """`(… for … in …)`: its items are read at once, and given once."""
    assert isinstance(node, ast.GeneratorExp)
    items = _collect(it, node.generators, scope, node, lambda inner: it.evaluate(node.elt, inner))
    return Once(items, born=it.statements) if isinstance(items, list) else items


def set_comprehension(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    """`{… for … in …}`."""
    assert isinstance(node, ast.SetComp)
    items = _collect(it, node.generators, scope, node, lambda inner: it.evaluate(node.elt, inner))
    try:
        return set(items) if isinstance(items, list) else items
    except TypeError:
        return it.unknown("this set is not read", node)


def dict_comprehension(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    """`{…: … for … in …}`."""
    assert isinstance(node, ast.DictComp)

    def pair(inner: Scope) -> Value:
        return it.evaluate(node.key, inner), it.evaluate(node.value, inner)

    made: dict[Value, Value] = {}
    pairs = _collect(it, node.generators, scope, node, pair)
    update(it, made, pairs, node)
    return made


def _collect(
    it: Interpreter,
    generators: list[ast.comprehension],
    scope: Scope,
    node: ast.expr,
    item: Callable[[Scope], Value],
) -> Value:
    found: list[Value] = []
    inner = Scope(module=scope.module or scope, parent=scope, name="<comprehension>")
    unknown = _loop(it, generators, inner, lambda: found.append(item(inner)))
    if unknown is None:
        return found
    return _of_unknown_length(it, found, unknown, node)


def _loop(
    it: Interpreter, generators: list[ast.comprehension], scope: Scope, body: Callable[[], None]
) -> Unknown | None:
    """Run the loops; returns why the number of items is not known, if it is not."""
    if not generators:
        body()
        return None
    first, *rest = generators
    iterable = it.evaluate(first.iter, scope)
    items = items_of(it, iterable, first.iter)
    length: Unknown | None = None
    if not isinstance(items, list):
        length = items if isinstance(items, Unknown) else items.length
        items = [item_of_unknown(it, items, first.target, first.iter)]
    unknown: Unknown | None = None
    for value in items:
        it.budget.step()
        assign(it, first.target, value.value if isinstance(value, Guarded) else value, scope)
        if isinstance(value, Guarded):
            unknown = unknown_length(it.unknown("a list of unknown length", first.iter))
        tests = [truth(it.evaluate(test, scope)) for test in first.ifs]
        if False in tests:
            continue
        if None in tests:
            unknown = unknown_length(it.unknown("depends on a condition that is not known here", first.target))
        unknown = _loop(it, rest, scope, body) or unknown
    if length is None or (unknown is None and not rest):
        return unknown or length
    return unknown_length(length)


def _of_unknown_length(it: Interpreter, found: list[Value], unknown: Unknown, node: ast.expr) -> Value:
    if not found:
        return open_contents(it.unknown(unknown.reason, node))
    item = found[-1]
    if not (is_layer(item) or is_symbolic(item)):
        return [Rest(look_of(found), unknown)]
    decision = Decision(3, it.source.text(node)[:40], it.span(node))
    return choose(decision, [[], [item], [item, item]])
