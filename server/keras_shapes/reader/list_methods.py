"""The methods of lists and deques: what they give, and what they leave in the list."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Argument, Unknown
from keras_shapes.reader.choices import settled
from keras_shapes.reader.contents import is_guarded, is_open, length_of, look_of, open_contents
from keras_shapes.reader.forgetting import forget
from keras_shapes.reader.iteration import items_of
from keras_shapes.reader.ordering import in_order
from keras_shapes.reader.values import Deque, Guarded, Items, Rest, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = tuple[Argument, ...]
_PLAIN = (bool, int, float, str, type(None))
_ONLY_ASK = frozenset({"__len__", "__contains__", "__iter__", "__reversed__", "__eq__", "__repr__"})


def method_of_list(it: Interpreter, owner: list[Value], name: str, arguments: Arguments, node: ast.AST) -> Value:
    """`owner.name(…)`; a method that is not read may have changed everything."""
    values = [settled(argument.value, it.guards) for argument in arguments]
    match name, values:
        case "append", [value]:
            _extend(it, owner, [value])
        case "extend" | "__iadd__", [more]:
            extend(it, owner, more, node)
        case "insert", [int() as place, value]:
            _insert(it, owner, place, value)
        case "pop", [] | [int()]:
            return _pop(it, owner, values[0] if values else -1, node)
        case "remove", [value]:
            _remove(it, owner, value, node)
        case "reverse", []:
            it.replace(owner, owner[::-1])
        case "clear", []:
            it.replace(owner, [])
        case "sort", _ if all(argument.name in {"key", "reverse"} for argument in arguments):
            keywords = {argument.name: argument.value for argument in arguments}
            it.replace(owner, in_order(it, owner, keywords, node))
        case "copy", []:
            return list(owner)
        case "index", [value, *_] if len(values) == 1:
            return _index(it, owner, value, node)
        case "count", [value] if not is_guarded(owner) and all(isinstance(one, _PLAIN) for one in (value, *owner)):
            return owner.count(value)
        case "count", _:
            return it.unknown("how often this is in a list", node, kind="int")
        case _ if isinstance(owner, Deque):
            return _of_deque(it, owner, name, values, node)
        case _:
            return _not_read(it, owner, name, node)
    return None


def extend(it: Interpreter, owner: list[Value], more: Value, node: ast.AST) -> None:
    """`owner += more`."""
    items = items_of(it, more, node)
    match items:
        case list():
            _extend(it, owner, items)
        case Items(item=item, length=length):
            _extend(it, owner, [Rest(item, length)])
        case _:
            _extend(it, owner, open_contents(it.unknown("more items", node)))


def _extend(it: Interpreter, owner: list[Value], items: list[Value]) -> None:
    it.changing(owner)
    owner.extend(items)
    if isinstance(owner, Deque) and owner.most is not None:
        if is_guarded(owner):
            length = Unknown("a queue that forgets", kind="int", key=object(), low=0, high=owner.most)
            owner[:] = [Rest(look_of(owner), length)]
        del owner[: max(0, len(owner) - owner.most)]


def _insert(it: Interpreter, owner: list[Value], place: int, value: Value) -> None:
    if place != 0 and is_guarded(owner):
        it.replace(owner, [Rest(look_of([*owner, value]), _one_more(owner, 1))])
        return
    it.changing(owner)
    owner.insert(place, value)


def _pop(it: Interpreter, owner: list[Value], place: Value, node: ast.AST) -> Value:
    assert isinstance(place, int)
    if not is_guarded(owner):
        if not -len(owner) <= place < len(owner):
            return it.fails("there is no such item", node)
        it.changing(owner)
        return owner.pop(place)
    certain = owner[-1] if place == -1 else owner[0] if place == 0 else None
    if certain is not None and not isinstance(certain, (Guarded, Rest)):
        it.changing(owner)
        return owner.pop(place)
    look = look_of(owner)
    it.replace(owner, [Rest(look, _one_more(owner, -1))])
    return look


def _remove(it: Interpreter, owner: list[Value], value: Value, node: ast.AST) -> None:
    """The first item that equals `value` goes; where that cannot be told, any one of them."""
    if not is_guarded(owner) and all(isinstance(one, _PLAIN) for one in (value, *owner)):
        if value not in owner:
            it.fails("there is no such item", node)
            return
        it.changing(owner)
        owner.remove(value)
        return
    same = next((number for number, item in enumerate(owner) if item is value), None)
    if same is not None and not is_open(owner) and not isinstance(value, (*_PLAIN, Unknown)):
        it.changing(owner)
        del owner[same]
        return
    if owner:
        it.replace(owner, [Rest(look_of(owner), _one_more(owner, -1))])


def _index(it: Interpreter, owner: list[Value], value: Value, node: ast.AST) -> Value:
    if not is_guarded(owner) and all(isinstance(one, _PLAIN) for one in (value, *owner)) and value in owner:
        return owner.index(value)
    return it.unknown("the place of an item in a list", node, kind="int", low=0)


def _of_deque(it: Interpreter, owner: Deque, name: str, values: list[Value], node: ast.AST) -> Value:
    full = owner.most is not None
    match name, values:
        case "appendleft", [value] if not full:
            _insert(it, owner, 0, value)
            return None
        case "popleft", []:
            return _pop(it, owner, 0, node)
        case "rotate", [] | [int()] if not is_guarded(owner):
            steps = values[0] if values else 1
            assert isinstance(steps, int)
            cut = -steps % len(owner) if owner else 0
            it.replace(owner, [*owner[cut:], *owner[:cut]])
            return None
        case _:
            return _not_read(it, owner, name, node)


def _not_read(it: Interpreter, owner: list[Value], name: str, node: ast.AST) -> Value:
    reason = it.unknown(f"{name}() of a list", node)
    if name not in _ONLY_ASK:
        forget(it, owner, reason)
    return reason


def _one_more(owner: list[Value], more: int) -> Unknown:
    length = length_of(owner)
    if isinstance(length, int):
        return Unknown("an item more or less", kind="int", low=length + more, high=length + more, key=object())
    return Unknown(length.reason, length.span, kind="int", key=object(), low=0)
