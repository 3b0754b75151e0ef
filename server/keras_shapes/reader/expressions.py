"""Expressions: one short function for each kind of syntax node."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import Unknown
from keras_shapes.reader.applying import note_applied
from keras_shapes.reader.attributes import attribute
from keras_shapes.reader.calls import call_expression
from keras_shapes.reader.choices import settled, spread
from keras_shapes.reader.comprehensions import dict_comprehension, generator, list_comprehension, set_comprehension
from keras_shapes.reader.contents import is_known
from keras_shapes.reader.forgetting import forget
from keras_shapes.reader.functions import make_function
from keras_shapes.reader.interpreter import EXPRESSIONS, Yielded
from keras_shapes.reader.library import whole_number
from keras_shapes.reader.library_calls import library_binary, library_compare, library_unary
from keras_shapes.reader.lookup import value_of_name
from keras_shapes.reader.operators import (
    COMPARISON_NAMES,
    COMPARISONS,
    FAILS,
    OPERATOR_NAMES,
    numpy_binary,
    plain_binary,
    result_kind,
    truth,
)
from keras_shapes.reader.subscripts import subscript, subscript_expression
from keras_shapes.reader.symbolic import is_asked, is_symbolic, operation
from keras_shapes.reader.unknowns import derived, worst
from keras_shapes.reader.values import Choice, Decision, Once, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Handler, Interpreter
    from keras_shapes.reader.scopes import Scope

__all__ = ["EXPRESSIONS", "binary", "condition", "subscript"]


def binary(it: Interpreter, kind: type[ast.operator], left: Value, right: Value, node: ast.expr) -> Value:
    """`left <operator> right`."""

    def one(left: Value, right: Value) -> Value:
        for attempt in (
            plain_binary(kind, left, right, it.budget.limits),
            numpy_binary(kind, left, right, it.budget.limits),
        ):
            if attempt is FAILS:
                return it.fails(FAILS.reason, node)
            if attempt is not None:
                return attempt
        if is_asked(left) or is_asked(right):
            asked = operation(OPERATOR_NAMES[kind], (left, right), it.span(node))
            return asked if is_asked(asked) else note_applied(it, asked)
        if is_symbolic(left) or is_symbolic(right):
            return note_applied(it, operation(OPERATOR_NAMES[kind], (left, right), it.span(node)))
        known = library_binary(it, OPERATOR_NAMES[kind], left, right, node)
        if known is not None:
            return known
        unknown = worst(left, right)
        if unknown is None:
            return it.unknown("this arithmetic is not read", node)
        result = derived(it, unknown, node, (kind.__name__, left, right), kind=result_kind(kind, left, right))
        exact = whole_number(OPERATOR_NAMES[kind], left, right)
        return exact if isinstance(exact, int) else result if exact is None else replace(result, key=exact.key)

    return spread(it, one, left, right)


def condition(it: Interpreter, value: Value, node: ast.expr) -> bool | Decision:
    """Whether a condition holds, or the decision that it is."""
    value = settled(value, it.guards)
    known = truth(value) if not isinstance(value, Choice) else None
    if known is not None:
        return known
    if isinstance(value, Unknown) and value.key is not None:
        key = ("truth", value.key)
        if key not in it.decisions:
            it.decisions[key] = Decision(2, it.source.text(node)[:40], it.span(node))
        return it.decisions[key]
    return Decision(2, it.source.text(node)[:40], it.span(node), value if is_asked(value) else None)


def _name(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.Name)
    value = settled(value_of_name(it, node, scope), it.guards)
    it.see(node, node.id, value)
    return value


def _attribute(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.Attribute)
    owner = it.evaluate(node.value, scope)
    value = spread(it, lambda owner: attribute(it, owner, node.attr, node), owner)
    return settled(value, it.guards)


def _binary(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.BinOp)
    left = it.evaluate(node.left, scope)
    return binary(it, type(node.op), left, it.evaluate(node.right, scope), node)


def _unary(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.UnaryOp)
    value = it.evaluate(node.operand, scope)
    return spread(it, lambda value: _unary_of(it, node, value), value)


def _unary_of(it: Interpreter, node: ast.UnaryOp, value: Value) -> Value:
    if isinstance(node.op, ast.Not):
        known = truth(value)
        if known is None and is_asked(value):
            return operation("not_", (value,), it.span(node))
        return not known if known is not None else it.unknown("not known here", node, kind="bool")
    if isinstance(value, (bool, int, float)):
        match node.op:
            case ast.USub():
                return -value
            case ast.Invert():
                return ~value if isinstance(value, int) else it.unknown("this arithmetic raises an error", node)
            case _:
                return +value
    name = {ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "invert"}[type(node.op)]
    if is_asked(value):
        return operation(name, (value,), it.span(node))
    if is_symbolic(value):
        return note_applied(it, operation(name, (value,), it.span(node)))
    known_value = library_unary(it, name, value, node)
    if known_value is not None:
        return known_value
    unknown = worst(value)
    if unknown is None:
        return it.unknown("this arithmetic is not read", node)
    return derived(it, unknown, node, (name, value), kind=unknown.kind)


def _boolean(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.BoolOp)
    stops_on = isinstance(node.op, ast.Or)
    value: Value = None
    asked: Value = None
    for operand in node.values:
        value = it.evaluate(operand, scope)
        known = truth(value) if not isinstance(value, Choice) else None
        if known is None and is_asked(value):
            joined = ("or_" if stops_on else "and_", (asked, value))
            asked = value if asked is None else operation(*joined, it.span(node))
        elif known is None:
            return value if isinstance(value, Unknown) else it.unknown("not known here", node)
        elif known is stops_on:
            return value
    return value if asked is None else asked


def _compare(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.Compare)
    left = it.evaluate(node.left, scope)
    result: Value = True
    for kind, operand in zip(node.ops, node.comparators, strict=True):
        right = it.evaluate(operand, scope)
        result = spread(it, lambda a, b, kind=kind: _comparison(it, kind, a, b, node), left, right)
        if truth(result) is not True or isinstance(result, Choice):
            return result
        left = right
    return result


def _comparison(it: Interpreter, kind: ast.cmpop, left: Value, right: Value, node: ast.expr) -> Value:
    if isinstance(kind, (ast.Is, ast.IsNot)) and (left is None or right is None):
        other = right if left is None else left
        if isinstance(other, Unknown):
            return derived(it, other, node, ("is None", other), kind="bool", name=None)
        if is_asked(other):
            return operation(COMPARISON_NAMES[type(kind)], (left, right), it.span(node))
        return (left is right) is isinstance(kind, ast.Is)
    if isinstance(left, Array) or isinstance(right, Array):
        known = library_compare(it, type(kind).__name__, left, right, node)
        return known if known is not None else it.unknown("not known here", node)
    if (is_asked(left) or is_asked(right)) and type(kind) in COMPARISON_NAMES:
        return operation(COMPARISON_NAMES[type(kind)], (left, right), it.span(node))
    unknown = worst(left, right)
    if unknown is not None:
        return derived(it, unknown, node, (type(kind).__name__, left, right), kind="bool", name=None)
    return _plain_comparison(it, kind, left, right, node)


def _plain_comparison(it: Interpreter, kind: ast.cmpop, left: Value, right: Value, node: ast.expr) -> Value:
    plain = (type(None), bool, int, float, str, bytes, tuple, list, set)
    if isinstance(right, Once):
        # looking for an item uses the iterator up to where it is
        forget(it, right, it.unknown("an iterator that was used", node))
    try:
        match kind:
            case ast.In() | ast.NotIn() if isinstance(right, (str, tuple, list, dict, set, range)):
                if not isinstance(right, (str, range)) and not is_known(right):
                    return it.unknown("not known here", node)
                return (left in right) is isinstance(kind, ast.In)
            case ast.Is() | ast.IsNot():
                return (left is right) is isinstance(kind, ast.Is)
            case _ if isinstance(left, plain) and isinstance(right, plain) and is_known(left) and is_known(right):
                return COMPARISONS[type(kind)](left, right)
    except (TypeError, KeyError, RecursionError):
        pass
    return it.unknown("not known here", node)


def _conditional(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.IfExp)
    test = it.evaluate(node.test, scope)

    def one(test: Value) -> Value:
        decision = condition(it, test, node.test)
        if isinstance(decision, bool):
            return it.evaluate(node.body if decision else node.orelse, scope)
        with it.guarded(decision, [0]):
            body = it.evaluate(node.body, scope)
        with it.guarded(decision, [1]):
            orelse = it.evaluate(node.orelse, scope)
        from keras_shapes.reader.choices import choose

        return settled(choose(decision, [body, orelse]), it.guards)

    return spread(it, one, test)


def _tuple(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.Tuple)
    return tuple(_items(it, node.elts, scope))


def _list(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.List)
    return _items(it, node.elts, scope)


def _set(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.Set)
    try:
        return set(_items(it, node.elts, scope))
    except TypeError:
        return it.unknown("this set is not read", node)


def _items(it: Interpreter, nodes: list[ast.expr], scope: Scope) -> list[Value]:
    from keras_shapes.reader.list_methods import extend

    items: list[Value] = []
    for node in nodes:
        if isinstance(node, ast.Starred):
            extend(it, items, it.evaluate(node.value, scope), node)
        else:
            items.append(it.evaluate(node, scope))
    return items


def _dict(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.Dict)
    from keras_shapes.reader.dict_methods import store, update

    result: dict[Value, Value] = {}
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        value = it.evaluate(value_node, scope)
        if key_node is None:
            update(it, result, value, node)
        else:
            store(it, result, it.evaluate(key_node, scope), value)
    return result


def _formatted(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.JoinedStr)
    parts: list[str] = []
    unknown = False
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            value = it.evaluate(part.value, scope)
            plain = isinstance(value, (bool, int, float, str)) and part.format_spec is None
            unknown = unknown or not plain
            parts.append(str(value) if plain else "")
        elif isinstance(part, ast.Constant):
            parts.append(str(part.value))
    if unknown or sum(map(len, parts)) > it.budget.limits.text:
        return it.unknown("a text that is not known here", node, kind="str")
    return "".join(parts)


def _lambda(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.Lambda)
    return make_function(it, node, scope)


def _walrus(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.NamedExpr)
    value = it.evaluate(node.value, scope)
    it.bind(scope, node.target.id, value)
    return value


def _yield(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, (ast.Yield, ast.YieldFrom, ast.Await))
    value = it.evaluate(node.value, scope) if node.value is not None else None
    if isinstance(node, ast.Await):
        return value
    frame = it.frames[-1] if it.frames else None
    if frame is None:
        return it.unknown("sent into a generator", node)
    if frame.at_yield is not None:
        frame.at_yield(value)
        return None
    frame.yielded = [*(frame.yielded or []), value]
    raise Yielded


def _starred(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.Starred)
    return it.evaluate(node.value, scope)


def _slice(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    assert isinstance(node, ast.Slice)
    return slice(*(None if part is None else it.evaluate(part, scope) for part in (node.lower, node.upper, node.step)))


HANDLERS: dict[type[ast.AST], Handler] = {
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _boolean,
    ast.Compare: _compare,
    ast.IfExp: _conditional,
    ast.Tuple: _tuple,
    ast.List: _list,
    ast.Set: _set,
    ast.Dict: _dict,
    ast.JoinedStr: _formatted,
    ast.Lambda: _lambda,
    ast.NamedExpr: _walrus,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.Await: _yield,
    ast.Starred: _starred,
    ast.Slice: _slice,
    ast.Call: call_expression,
    ast.Subscript: subscript_expression,
    ast.ListComp: list_comprehension,
    ast.GeneratorExp: generator,
    ast.SetComp: set_comprehension,
    ast.DictComp: dict_comprehension,
}
EXPRESSIONS.update(HANDLERS)
