"""Python's own functions, over known values and bounded."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import Argument, NumpyNumber, Unknown
from keras_shapes.reader.attributes import attribute
from keras_shapes.reader.choices import settled, spread
from keras_shapes.reader.iteration import is_guarded, items_of, range_of
from keras_shapes.reader.library_calls import library_builtin
from keras_shapes.reader.operators import plain_binary, truth
from keras_shapes.reader.unknowns import derived, worst
from keras_shapes.reader.values import Class, Instance, Items, SuperObject, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope

Arguments = tuple[Argument, ...]


def call_builtin(it: Interpreter, name: str, arguments: Arguments, node: ast.AST, scope: Scope) -> Value:
    """The value of `name(…)`."""
    if name == "super":
        return _super(it, arguments, node, scope)
    if name in _LAZY:
        return _LAZY[name](it, arguments, node)
    values = [settled(argument.value, it.guards) for argument in arguments if argument.name is None]
    keywords = {argument.name: argument.value for argument in arguments if argument.name is not None}
    if name in {"list", "tuple", "dict"} and not values and not keywords:
        return {"list": [], "tuple": (), "dict": {}}[name]

    def one(*values: Value) -> Value:
        return _call(it, name, list(values), keywords, node)

    return spread(one, it.guards, *values)


def _call(it: Interpreter, name: str, values: list[Value], keywords: dict[str, Value], node: ast.AST) -> Value:
    known = library_builtin(it, name, values, keywords, node)
    if known is not None:
        return known
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
        case [list() | tuple() as items] if is_guarded(list(items)):
            return it.unknown("a list of unknown length", node, kind="int", name=it.source.text(node)[:60])
        case [str() | bytes() | list() | tuple() | dict() | set() | range() as items]:
            return len(items)
        case [Items(length=length) as items]:
            return derived(it, length, node, ("len", items), kind="int")
        case _:
            return None


def _range(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    plain = [int(value.value) if isinstance(value, NumpyNumber) else value for value in values]
    return range_of(it, plain, node)


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


def _sequence(kind: type[list[Value] | tuple[Value, ...] | set[Value]]) -> Callable[..., Value | None]:
    def make(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
        items = items_of(it, values[0], node) if values else []
        if not isinstance(items, list):
            return items if isinstance(items, Items) else None
        try:
            return kind(items)
        except TypeError:
            return None

    return make


def _dict(it: Interpreter, values: list[Value], keywords: dict[str, Value], node: ast.AST) -> Value | None:
    if "**" in keywords:
        return None
    base = values[0] if values else {}
    if isinstance(base, dict):
        return {**base, **keywords}
    items = items_of(it, base, node)
    if isinstance(items, list) and all(isinstance(pair, tuple) and len(pair) == 2 for pair in items):
        try:
            return {**dict(items), **keywords}  # type: ignore[arg-type]
        except TypeError:
            return None
    return None


def _extreme(function: Callable[..., Value]) -> Callable[..., Value | None]:
    def call(it: Interpreter, values: list[Value], keywords: dict[str, Value], node: ast.AST) -> Value | None:
        items = items_of(it, values[0], node) if len(values) == 1 else values
        if not isinstance(items, list) or keywords or not items:
            return None
        if all(isinstance(item, (bool, int, float)) for item in items) or all(isinstance(item, str) for item in items):
            return function(items)
        return None

    return call


def _sum(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    items = items_of(it, values[0], node) if values else []
    if isinstance(items, list) and all(isinstance(item, (bool, int, float)) for item in items):
        return sum(items)  # type: ignore[arg-type]
    return None


def _sorted(it: Interpreter, values: list[Value], keywords: dict[str, Value], node: ast.AST) -> Value | None:
    items = items_of(it, values[0], node) if values else []
    if not isinstance(items, list) or "key" in keywords or is_guarded(items):
        return items if isinstance(items, Items) else None
    try:
        return sorted(items, reverse=bool(keywords.get("reverse", False)))  # type: ignore[type-var]
    except TypeError:
        return None


def _reversed(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    items = items_of(it, values[0], node) if values else []
    return items[::-1] if isinstance(items, list) else None


def _enumerate(it: Interpreter, values: list[Value], keywords: dict[str, Value], node: ast.AST) -> Value | None:
    items = items_of(it, values[0], node) if values else []
    start = keywords.get("start", values[1] if len(values) > 1 else 0)
    if isinstance(items, list) and isinstance(start, int):
        return [(start + number, item) for number, item in enumerate(items)]
    if isinstance(items, list):
        return None
    length = items.length if isinstance(items, Items) else items
    item = items.item if isinstance(items, Items) else derived(it, items, node, ("item of", items), name=None)
    return Items((it.unknown("the turn of a loop", node, kind="int"), item), length)


def _zip(it: Interpreter, values: list[Value], _keywords: dict[str, Value], node: ast.AST) -> Value | None:
    columns = [items_of(it, value, node) for value in values]
    if all(isinstance(column, list) for column in columns):
        return list(zip(*columns, strict=False))
    looks: list[Value] = []
    length: Unknown | None = None
    for column in columns:
        match column:
            case Items(item=item, length=of):
                looks, length = [*looks, item], of
            case Unknown():
                looks, length = [*looks, derived(it, column, node, ("item of", column), name=None)], column
            case [first, *_]:
                looks.append(first)
            case _:
                return None
    return Items(tuple(looks), length) if length is not None else None


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


def _map(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`map(function, …)`."""
    if len(arguments) < 2:
        return it.unknown("map() is not read", node)
    columns = [items_of(it, argument.value, node) for argument in arguments[1:]]
    span = arguments[0].span
    if all(isinstance(column, list) for column in columns):
        rows = zip(*columns, strict=False)
        return [
            it.call(arguments[0].value, [Argument(None, value, span, span) for value in row], node, it.globals)
            for row in rows
        ]
    return it.unknown("map() over something unknown", node)


def _getattr(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    match [argument.value for argument in arguments]:
        case [owner, str() as name, *_]:
            return attribute(it, owner, name, node)
        case _:
            return it.unknown("getattr() with a name that is not known", node)


def _isinstance(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    names = {"str": str, "int": int, "float": float, "list": list, "tuple": tuple, "dict": dict, "bool": bool}
    match [argument.value for argument in arguments]:
        case [value, kind] if not isinstance(value, (Unknown, Array)) and getattr(kind, "name", None) in names:
            return isinstance(value, names[getattr(kind, "name", "")])
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


_LAZY: dict[str, Callable[[Interpreter, Arguments, ast.AST], Value]] = {
    "map": _map,
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
    "list": _sequence(list),
    "tuple": _sequence(tuple),
    "set": _sequence(set),
    "dict": _dict,
    "min": _extreme(min),
    "max": _extreme(max),
    "sum": _sum,
    "sorted": _sorted,
    "reversed": _reversed,
    "enumerate": _enumerate,
    "zip": _zip,
    "abs": _abs,
    "round": _round,
    "pow": _pow,
}
_RESULTS = {"len": "int", "int": "int", "float": "float", "str": "str", "bool": "bool"}
