"""Python's own functions, over known values and bounded."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import Argument, NumpyNumber, Unknown
from keras_shapes.reader.attributes import attribute
from keras_shapes.reader.choices import settled, spread
from keras_shapes.reader.contents import is_guarded, length_of, unknown_length
from keras_shapes.reader.dict_methods import update
from keras_shapes.reader.iteration import items_of, range_of, size_of_range
from keras_shapes.reader.iterators import ITERATORS
from keras_shapes.reader.library_calls import library_builtin
from keras_shapes.reader.namespaces import NAMESPACES
from keras_shapes.reader.operators import plain_binary, truth
from keras_shapes.reader.ordering import in_order, keys_of
from keras_shapes.reader.symbolic import is_asked, operation, size_of_input
from keras_shapes.reader.unknowns import LONGEST_NAME, derived, worst
from keras_shapes.reader.values import Choice, Class, Guarded, Instance, Items, Rest, SuperObject, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope

Arguments = tuple[Argument, ...]
_OF_SIZES = frozenset({"int", "float", "len", "round", "min", "max"})
"""Functions of sizes that only Keras knows, which it can be asked for."""


def call_builtin(it: Interpreter, name: str, arguments: Arguments, node: ast.AST, scope: Scope) -> Value:
    """The value of `name(…)`."""
    if name == "super":
        return _super(it, arguments, node, scope)
    if name == "print":
        return None
    if name in NAMESPACES:
        return NAMESPACES[name](it, arguments, node, scope)
    if name in _LAZY:
        return _LAZY[name](it, arguments, node)
    values = [settled(argument.value, it.guards) for argument in arguments if argument.name is None]
    keywords = {argument.name: argument.value for argument in arguments if argument.name is not None}
    if name in {"list", "tuple", "dict"} and not values and not keywords:
        return {"list": [], "tuple": (), "dict": {}}[name]

    def one(*values: Value) -> Value:
        return _call(it, name, list(values), keywords, node)

    return spread(it, one, *values)


def _call(it: Interpreter, name: str, values: list[Value], keywords: dict[str, Value], node: ast.AST) -> Value:
    known = library_builtin(it, name, values, keywords, node)
    if known is not None:
        return known
    if name in _OF_SIZES and not keywords and any(map(is_asked, values)):
        return operation(name, tuple(values), it.span(node))
    function = _FUNCTIONS.get(name)
    if function is not None:
        result = function(it, values, keywords, node)
        if result is not None:
            return result
    unknown = worst(*values)
    if unknown is None:
        return it.unknown(f"{name}() is not read", node)
    return derived(it, unknown, node, (name, *values), kind=_RESULTS.get(name))


def _len(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    match values:
        case [range() as items]:
            return size_of_range(items)
        case [str() | bytes() as text]:
            return len(text)
        case [list() | tuple() | dict() | set() as items]:
            return _length(it, items, node)
        case [Items(length=length) as items]:
            return derived(it, length, node, ("len", items), kind="int")
        case _:
            return None


def _length(
    it: Interpreter,
    items: list[Value] | tuple[Value, ...] | dict[Value, Value] | set[Value],
    node: ast.AST,
) -> Value:
    length = length_of(items)
    if isinstance(length, int):
        return length
    unsure = tuple(item for item in items if isinstance(item, (Guarded, Rest)))
    name = it.source.text(node)[:LONGEST_NAME]
    return replace(derived(it, length, node, ("len", len(items), *unsure), kind="int", name=name), low=length.low)


def _range(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    plain = [int(value.value) if isinstance(value, NumpyNumber) else value for value in values]
    return range_of(it, [size_of_input(value) or value for value in plain], node)


def _int(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    return _converted(it, int, values, node)


def _float(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    return _converted(it, float, values, node)


def _converted(it: Interpreter, kind: type[int | float], values: list[Value], node: ast.AST) -> Value | None:
    match values:
        case []:
            return kind()
        case [bool() | int() | float() | str() as value] if not isinstance(value, str) or len(value) < 100:
            try:
                return kind(value)
            except (ValueError, OverflowError):
                return it.unknown("this is not a number", node)
        case [NumpyNumber(value=value)]:
            return kind(value)
        case _:
            return None


def _str(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    match values:
        case [bool() | int() | float() | str() as value]:
            return str(value)
        case [NumpyNumber(value=value)]:
            return str(value)
        case _:
            return it.unknown("a text that is not known here", node, kind="str")


def _bool(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    known = truth(values[0]) if values else False
    return known if known is not None else it.unknown("not known here", node, kind="bool")


def _list(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    items = items_of(it, values[0], node) if values else []
    match items:
        case list():
            return items
        case Items(item=item, length=length):
            return [Rest(item, length)]
        case _:
            length = derived(it, items, node, ("len", items), kind="int", name=None)
            return [Rest(derived(it, items, node, ("item of", items), name=None), length)]


def _tuple(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    items = items_of(it, values[0], node) if values else []
    return tuple(items) if isinstance(items, list) else items if isinstance(items, Items) else None


def _set(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    items = items_of(it, values[0], node) if values else []
    if isinstance(items, list):
        try:
            return set(items)
        except TypeError:
            return it.unknown("this set is not read", node)
    return {Rest(items.item, unknown_length(items.length))} if isinstance(items, Items) else None


def _dict(it: Interpreter, values: list[Value], keywords: dict[str, Value], node: ast.AST) -> Value | None:
    if "**" in keywords or "*" in keywords:
        return None
    made: dict[Value, Value] = {}
    if values:
        update(it, made, values[0], node)
    update(it, made, keywords, node)
    return made


def _extreme(function: Callable[..., Value]) -> Callable[..., Value | None]:
    def call(it: Interpreter, values: list[Value], keywords: dict[str, Value], node: ast.AST) -> Value | None:
        items = items_of(it, values[0], node) if len(values) == 1 else values
        if not isinstance(items, list) or is_guarded(items) or not set(keywords) <= {"key", "default"}:
            return None
        if not items:
            return keywords.get("default")
        keys = keys_of(it, items, keywords.get("key"), node)
        return None if keys is None else _at(items, function(range(len(items)), key=lambda place: keys[place]))

    return call


def _at(items: list[Value], place: Value) -> Value:
    assert isinstance(place, int)
    return items[place]


def _sum(it: Interpreter, values: list[Value], keywords: dict[str, Value], node: ast.AST) -> Value | None:
    items = items_of(it, values[0], node) if values else []
    start = keywords.get("start", values[1] if len(values) > 1 else 0)
    if isinstance(items, list) and all(isinstance(item, (bool, int, float)) for item in (start, *items)):
        total: Value = sum(items, start)  # type: ignore[call-overload]
        return total
    return None


def _sorted(it: Interpreter, values: list[Value], keywords: dict[str, Value], node: ast.AST) -> Value | None:
    items = items_of(it, values[0], node) if values else []
    if isinstance(items, list):
        return in_order(it, items, keywords, node)
    return [Rest(items.item, items.length)] if isinstance(items, Items) else None


def _any(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    return _truths(it, values, node, wanted=True)


def _all(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    return _truths(it, values, node, wanted=False)


def _truths(it: Interpreter, values: list[Value], node: ast.AST, *, wanted: bool) -> Value | None:
    items = items_of(it, values[0], node) if values else []
    if not isinstance(items, list) or is_guarded(items):
        return it.unknown("not known here", node, kind="bool")
    truths = [truth(item) for item in items]
    if wanted in truths:
        return wanted
    return it.unknown("not known here", node, kind="bool") if None in truths else not wanted


def _abs(_it: Interpreter, values: list[Value], _keywords: dict[str, Value], _node: ast.AST) -> Value | None:
    return abs(values[0]) if values and isinstance(values[0], (int, float)) else None


def _round(_it: Interpreter, values: list[Value], _keywords: dict[str, Value], _node: ast.AST) -> Value | None:
    if values and all(isinstance(value, (int, float)) for value in values):
        try:
            rounded: Value = round(*values)  # type: ignore[call-overload]
            return rounded
        except (TypeError, ValueError, OverflowError):
            return None
    return None


def _pow(it: Interpreter, values: list[Value], _keywords: dict[str, Value], _node: ast.AST) -> Value | None:
    return plain_binary(ast.Pow, values[0], values[1], it.budget.limits) if len(values) == 2 else None


def _getattr(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    match [argument.value for argument in arguments]:
        case [owner, str() as name, *_]:
            return attribute(it, owner, name, node)
        case _:
            return it.unknown("getattr() with a name that is not known", node)


def _isinstance(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    match [argument.value for argument in arguments]:
        case [value, kind] if not isinstance(value, (Unknown, Array, Choice)) and getattr(kind, "name", None) in _TYPES:
            return isinstance(value, _TYPES[getattr(kind, "name", "")])
        case _:
            return it.unknown("a type that is not known here", node, kind="bool")


def _type(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    match arguments:
        case [Argument(value=Instance(cls=cls))]:
            return cls
        case _:
            return it.unknown("a type that is not known here", node)


def _super(it: Interpreter, arguments: Arguments, node: ast.AST, scope: Scope) -> Value:
    if len(arguments) == 2 and isinstance(arguments[0].value, Class):
        return SuperObject(arguments[0].value, arguments[1].value)
    for function in reversed(it.calls):
        if function.owner is not None and function.node.args.args:
            owner = scope.find(function.node.args.args[0].arg)
            return SuperObject(function.owner, owner)
    return it.unknown("super() outside a class", node)


_TYPES: dict[str, type] = {
    "str": str,
    "int": int,
    "float": float,
    "list": list,
    "tuple": tuple,
    "dict": dict,
    "bool": bool,
    "set": set,
}
_LAZY: dict[str, Callable[[Interpreter, Arguments, ast.AST], Value]] = {
    **ITERATORS,
    "getattr": _getattr,
    "isinstance": _isinstance,
    "type": _type,
}
_FUNCTIONS: dict[str, Callable[[Interpreter, list[Value], dict[str, Value], ast.AST], Value | None]] = {
    "len": _len,
    "range": _range,
    "int": _int,
    "float": _float,
    "str": _str,
    "bool": _bool,
    "list": _list,
    "tuple": _tuple,
    "set": _set,
    "frozenset": _set,
    "dict": _dict,
    "min": _extreme(min),
    "max": _extreme(max),
    "sum": _sum,
    "sorted": _sorted,
    "any": _any,
    "all": _all,
    "abs": _abs,
    "round": _round,
    "pow": _pow,
}
_RESULTS = {"len": "int", "int": "int", "float": "float", "str": "str", "bool": "bool", "input": "str"}
