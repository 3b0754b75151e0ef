"""Arrays that are changed in place: every name, list and attribute that holds one holds the changed one afterwards.

Arrays are frozen values here, and one array is one value however many names it has. Views share their `memory` with the
array that they were cut from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.data import Array, Fact
from keras_shapes.reader.contents import OneOf
from keras_shapes.reader.library.indexing import stored
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.scopes import Scope
from keras_shapes.reader.values import (
    Bound,
    Choice,
    Class,
    Function,
    Guarded,
    Instance,
    Items,
    ModuleValue,
    Once,
    Rest,
    Value,
)

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Change = Callable[[Value], Value]


def replace_everywhere(it: Interpreter, old: Value, new: Value) -> None:
    """The object `old` is `new` from here on, under every name that it has."""

    def change(value: Value) -> Value:
        if value is old:
            return new
        views = isinstance(old, Array) and isinstance(value, Array) and value.memory is old.memory
        return stored(value) if views and isinstance(value, Array) else value

    _Exchange(it, change).run()


def written(it: Interpreter, array: Array) -> None:
    """Items of an array were written: nothing is known of them any more, nor of those of its views and its base."""
    if stored(array) is array:
        return
    after: dict[int, Array] = {}

    def change(value: Value) -> Value:
        if isinstance(value, Array) and value.memory is array.memory:
            return after.setdefault(id(value), stored(value))
        return value

    _Exchange(it, change).run()


def learned(it: Interpreter, array: Array, mark: Fact) -> None:
    """A call that surely ran shows what the items of an array are, where their type was not known."""
    if array.dtype is not None or it.guards or it.caught or it.expects_error:
        return
    after: dict[int, Array] = {}

    def change(value: Value) -> Value:
        if isinstance(value, Array) and value.memory is array.memory and value.dtype is None:
            return after.setdefault(id(value), replace(value, provenance=value.provenance | {mark}))
        return value

    _Exchange(it, change).run()


class _Exchange:
    """One walk over all that the program can reach."""

    def __init__(self, it: Interpreter, change: Change) -> None:
        self.it, self.change = it, change
        self.seen: dict[int, Value] = {}

    def run(self) -> None:
        for scope in (self.it.globals, *self.it.scopes):
            self._scope(scope)

    def _scope(self, scope: Scope | None) -> None:
        while scope is not None and id(scope) not in self.seen:
            self.seen[id(scope)] = None
            self._entries(scope.bindings)
            scope = scope.parent

    def _entries(self, entries: dict[str, Value]) -> None:
        for name, value in list(entries.items()):
            new = self._value(value)
            if new is not value:
                self.it.set_entry(entries, name, new)  # type: ignore[arg-type]

    def _value(self, value: Value) -> Value:
        """The value after the change; containers that may be changed are changed in place."""
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        if id(value) in self.seen:
            return self.seen[id(value)]
        self.it.budget.step()
        self.seen[id(value)] = value
        new = self._inside(value)
        self.seen[id(value)] = new
        return new

    def _inside(self, value: Value) -> Value:
        match value:
            case Array():
                return self.change(value)
            case list():
                new = [self._value(item) for item in value]
                if any(one is not other for one, other in zip(new, value, strict=True)):
                    self.it.replace(value, new)
            case dict():
                changed = {key: self._value(item) for key, item in value.items()}
                if any(item is not value[key] for key, item in changed.items()):
                    self.it.replace(value, changed)
            case Once(items=items):
                self._value(items)
            case Instance(attributes=entries) | LibraryObject(facts=entries):
                self._entries(entries)
            case Class(attributes=entries, scope=scope):
                self._entries(entries)
                self._scope(scope)
            case Function(scope=scope) | ModuleValue(scope=scope):
                self._scope(scope)
            case _:
                return self._frozen(value)
        return self.change(value)

    def _frozen(self, value: Value) -> Value:
        """Values that hold others and cannot be changed themselves."""
        match value:
            case tuple():
                parts = tuple(self._value(part) for part in value)
                return parts if any(one is not other for one, other in zip(parts, value, strict=True)) else value
            case Choice(options=options):
                parts = tuple(self._value(part) for part in options)
                changed = any(one is not other for one, other in zip(parts, options, strict=True))
                return replace(value, options=parts) if changed else value
            case Guarded(value=inner):
                new = self._value(inner)
                return replace(value, value=new) if new is not inner else value
            case OneOf(rows=rows):
                for row in rows:
                    self._value(row)
                return value
            case Items(item=inner) | Rest(item=inner):
                new = self._value(inner)
                return replace(value, item=new) if new is not inner else value
            case Bound(owner=owner):
                self._value(owner)
                return value
            case _:
                return self.change(value)
