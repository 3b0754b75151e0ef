"""The methods of dictionaries: what they give, and what they leave in the dictionary."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Argument, NumpyNumber, PublicName, Unknown
from keras_shapes.reader.choices import settled
from keras_shapes.reader.contents import common_look, is_open, unknown_length
from keras_shapes.reader.forgetting import forget
from keras_shapes.reader.iteration import items_of
from keras_shapes.reader.values import Builtin, Class, Defaulting, Function, Items, Rest, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = tuple[Argument, ...]
_ONLY_ASK = frozenset({"__len__", "__contains__", "__iter__", "fromkeys"})


def method_of_dict(it: Interpreter, owner: dict[Value, Value], name: str, arguments: Arguments, node: ast.AST) -> Value:
    """`owner.name(…)`; a method that is not read may have changed everything."""
    values = [settled(argument.value, it.guards) for argument in arguments if argument.name is None]
    keywords = {argument.name: argument.value for argument in arguments if argument.name is not None}
    match name, values:
        case "get", [key, *default] if is_key(key):
            return _get(it, owner, key, default[0] if default else None, node)
        case "keys", []:
            return list(owner)
        case "values", []:
            return [Rest(value, key.length) if isinstance(key, Rest) else value for key, value in owner.items()]
        case "items", []:
            return [_pair(key, value) for key, value in owner.items()]
        case "copy", []:
            return dict(owner)
        case "update", _ if not {"*", "**"} & set(keywords) and len(values) <= 1:
            update(it, owner, values[0] if values else {}, node)
            update(it, owner, keywords, node)
            return None
        case "setdefault", [key, *default] if is_key(key):
            return _setdefault(it, owner, key, default[0] if default else None, node)
        case "pop", [key, *default] if is_key(key):
            return _pop(it, owner, key, default[0] if default else it.unknown("this key is not known", node), node)
        case "popitem", [] if owner and not is_open(owner):
            it.changing(owner)
            return owner.popitem()
        case "clear", []:
            it.replace(owner, {})
            return None
        case "most_common", [] | [int()] if not is_open(owner):
            return _most_common(it, owner, values[0] if values else None, node)
        case "get", _:
            return it.unknown("this key is not known", node)
        case _:
            reason = it.unknown(f"{name}() of a dictionary", node)
            if name not in _ONLY_ASK:
                forget(it, owner, reason)
            return reason


def is_key(key: Value) -> bool:
    """Whether a value is known well enough to find an entry by it."""
    if isinstance(key, tuple):
        return all(map(is_key, key))
    return key is None or isinstance(key, (bool, int, float, str, bytes, PublicName, Builtin, Function, Class))


def store(it: Interpreter, owner: dict[Value, Value], key: Value, value: Value) -> None:
    """`owner[key] = value`; a key that is not known may be any of those that are there."""
    key = key.value if isinstance(key, NumpyNumber) else key
    it.changing(owner)
    if is_key(key):
        owner[key] = value
        return
    reason = key if isinstance(key, Unknown) else Unknown("an entry was set under a key that is not known here")
    looks = common_look([value, *owner.values()]), common_look([key, *(_bare(one) for one in owner)])
    owner.clear()
    owner[Rest(looks[1], unknown_length(reason))] = looks[0]


def update(it: Interpreter, owner: dict[Value, Value], more: Value, node: ast.AST) -> None:
    """`owner.update(more)`: entries of another dictionary, or pairs."""
    pairs = list(more.items()) if isinstance(more, dict) else items_of(it, more, node)
    if isinstance(pairs, list) and all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
        for pair in pairs:
            _put(it, owner, *pair)  # type: ignore[misc]
        return
    item = pairs.item if isinstance(pairs, Items) else None
    reason = it.unknown("entries that are not known", node)
    key, value = item if isinstance(item, tuple) and len(item) == 2 else (reason, reason)
    store(it, owner, key if not is_key(key) else reason, value)


def _put(it: Interpreter, owner: dict[Value, Value], key: Value, value: Value) -> None:
    if isinstance(key, Rest):
        it.changing(owner)
        owner[key] = value
    else:
        store(it, owner, key, value)


def entry(it: Interpreter, owner: dict[Value, Value], key: Value, node: ast.AST) -> Value | None:
    """`owner[key]` of a key that is there, or that the dictionary makes; None where it is not known."""
    if key in owner:
        return owner[key]
    if isinstance(owner, Defaulting) and not is_open(owner):
        return _setdefault(it, owner, key, it.call(owner.factory, (), node, it.globals), node)
    return None


def _get(it: Interpreter, owner: dict[Value, Value], key: Value, default: Value, node: ast.AST) -> Value:
    return it.unknown("this key is not known", node) if is_open(owner) else owner.get(key, default)


def _setdefault(it: Interpreter, owner: dict[Value, Value], key: Value, value: Value, node: ast.AST) -> Value:
    if is_open(owner):
        store(it, owner, it.unknown("this key is not known", node), value)
        return it.unknown("this key is not known", node)
    if key not in owner:
        it.changing(owner)
        owner[key] = value
    return owner[key]


def _pop(it: Interpreter, owner: dict[Value, Value], key: Value, default: Value, node: ast.AST) -> Value:
    if is_open(owner):
        forget(it, owner, it.unknown("an entry was taken out", node))
        return it.unknown("this key is not known", node)
    if key not in owner and isinstance(default, Unknown):
        return it.fails("there is no such key", node)
    it.changing(owner)
    return owner.pop(key, default)


def _most_common(it: Interpreter, owner: dict[Value, Value], count: Value, node: ast.AST) -> Value:
    """`Counter.most_common`: the largest counts first, equal ones as they came."""
    if not all(isinstance(value, (int, float)) for value in owner.values()):
        return [Rest(it.unknown("a count", node), unknown_length(it.unknown("counts that are not known", node)))]
    pairs: list[Value] = list(owner.items())
    counts = {id(pair): number for pair, number in zip(pairs, owner.values(), strict=True)}
    pairs.sort(key=lambda pair: counts[id(pair)], reverse=True)  # type: ignore[arg-type, return-value]
    return pairs[:count] if isinstance(count, int) else pairs


def _pair(key: Value, value: Value) -> Value:
    return Rest((key.item, value), key.length) if isinstance(key, Rest) else (key, value)


def _bare(key: Value) -> Value:
    return key.item if isinstance(key, Rest) else key
