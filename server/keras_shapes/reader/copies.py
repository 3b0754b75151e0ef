"""`copy.copy` and `copy.deepcopy`: containers of their own, which share their items or not."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import NumpyNumber, PublicName
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.values import Class, Defaulting, Deque, Function, Guarded, Instance, Items, Rest, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

_PLAIN = (type(None), bool, int, float, str, bytes, NumpyNumber, PublicName, Function, Class, Items)


def copy_of(it: Interpreter, value: Value, node: ast.AST, *, deep: bool) -> Value:
    """A copy of a value; what cannot be copied without running something is not known."""
    return _copied(it, value, node, {}, deep=deep)


def _copied(it: Interpreter, value: Value, node: ast.AST, done: dict[int, Value], *, deep: bool) -> Value:
    it.budget.step()
    if id(value) in done:
        return done[id(value)]

    def inner(item: Value) -> Value:
        return _copied(it, item, node, done, deep=True) if deep else item

    match value:
        case list():
            new_list = done[id(value)] = Deque((), value.most) if isinstance(value, Deque) else list[Value]()
            new_list.extend(map(inner, value))
            return new_list
        case dict():
            new_dict = done[id(value)] = Defaulting(value.factory) if isinstance(value, Defaulting) else {}
            new_dict.update(_pairs(value, map(inner, value.values())))
            return new_dict
        case set():
            return set(value)
        case tuple():
            return tuple(map(inner, value))
        case Guarded(guards=guards, value=item):
            return Guarded(guards, inner(item))
        case Rest(item=item, length=length):
            return Rest(inner(item), length)
        case Instance(model=None, cls=cls):
            instance = done[id(value)] = Instance(cls, span=value.span)
            instance.attributes.update({name: inner(held) for name, held in value.attributes.items()})
            return instance
        case Array():
            return replace(value, memory=object())
        case LibraryObject(kind=kind):
            return LibraryObject(kind, value.arguments, dict(value.facts), value.span)
        case _ if isinstance(value, _PLAIN):
            return value
        case _:
            return it.unknown("a copy of an object", node)


def _pairs(entries: dict[Value, Value], values: Iterable[Value]) -> dict[Value, Value]:
    return dict(zip(entries, values, strict=True))
