"""Subscripts: `value[index]`, read and written."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import Attribute, NumpyNumber, Unknown
from keras_shapes.reader.applying import note_applied
from keras_shapes.reader.choices import settled, spread
from keras_shapes.reader.contents import columns_of, is_guarded, is_known, is_open, length_of, look_of, unknown_length
from keras_shapes.reader.dict_methods import entry, is_key, store
from keras_shapes.reader.forgetting import forget
from keras_shapes.reader.iteration import items_of
from keras_shapes.reader.library_calls import library_index
from keras_shapes.reader.records import as_tuple
from keras_shapes.reader.symbolic import is_asked, is_symbolic, part
from keras_shapes.reader.unknowns import derived
from keras_shapes.reader.values import Guarded, Instance, Items, Rest, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope


def subscript_expression(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    """The value of `node`, an `ast.Subscript`."""
    assert isinstance(node, ast.Subscript)
    owner = it.evaluate(node.value, scope)
    index = it.evaluate(node.slice, scope)
    value = spread(it, lambda owner, index: subscript(it, owner, index, node), owner, index)
    if isinstance(value, Unknown) or (isinstance(owner, list | dict) and is_open(owner)):
        it.risks += 1
    return settled(value, it.guards)


def subscript(it: Interpreter, owner: Value, index: Value, node: ast.AST) -> Value:
    """`owner[index]`."""
    index = int(index.value) if isinstance(index, NumpyNumber) and "int" in index.dtype else index
    match owner:
        case dict():
            return _of_dict(it, owner, index, node)
        case list() | tuple() | str() | range():
            return _of_sequence(it, owner, index, node)
        case Instance() if (fields := as_tuple(owner)) is not None:
            return _of_sequence(it, fields, index, node)
        case Items():
            return _of_items(owner, index)
        case Unknown():
            size = library_index(it, owner, index, node)
            return derived(it, owner, node, ("item", owner, index)) if size is None else size
        case Attribute():
            return part(owner, index, it.span(node))
        case _ if is_asked(owner):
            return part(owner, index, it.span(node))
        case _ if is_symbolic(owner):
            return note_applied(it, part(owner, index, it.span(node)))
        case _:
            value = library_index(it, owner, index, node)
            return it.unknown("this subscript is not read", node) if value is None else value


def _of_items(owner: Items, index: Value) -> Value:
    if isinstance(index, slice):
        return Items(owner.item, unknown_length(owner.length))
    columns = columns_of(owner) or ()
    known = isinstance(index, int) and -len(columns) <= index < len(columns)
    return columns[index] if known and isinstance(index, int) else owner.item


def set_subscript(it: Interpreter, owner: Value, index: Value, value: Value) -> None:
    """`owner[index] = value`."""
    match owner:
        case dict():
            store(it, owner, index, value)
        case list():
            _set_item(it, owner, index, value)
        case Items():
            it.risks += 1
            forget(it, owner, it.unknown("one of several lists was changed"))
        case _:
            return


def delete_subscript(it: Interpreter, owner: Value, index: Value) -> None:
    """`del owner[index]`."""
    match owner:
        case dict() if is_key(index) and not is_open(owner):
            it.changing(owner)
            owner.pop(index, None)
        case list() if isinstance(index, (int, slice)) and not is_guarded(owner):
            changed = list(owner)
            try:
                del changed[index]
            except (IndexError, TypeError, ValueError):
                it.risks += 1
                forget(it, owner, it.unknown("an item was deleted that is not known here"))
                return
            it.replace(owner, changed)
        case list() | dict() | Items():
            it.risks += 1
            forget(it, owner, it.unknown("an item was deleted that is not known here"))
        case _:
            return


def _set_item(it: Interpreter, owner: list[Value], index: Value, value: Value) -> None:
    """A place that is known gets the value; a slice that is known gets the items; else any place may have got it."""
    changed = list(owner)
    try:
        if isinstance(index, slice):
            items = items_of(it, value, None)
            changed[index] = items if isinstance(items, list) and not is_guarded(items) else _refused()
        elif isinstance(index, int):
            changed[index] = value
        else:
            _refused()
        if is_guarded(owner):
            _refused()
        it.replace(owner, changed)
    except (IndexError, TypeError, ValueError):
        _set_somewhere(it, owner, index, value)


def _refused() -> list[Value]:
    raise ValueError


def _set_somewhere(it: Interpreter, owner: list[Value], index: Value, value: Value) -> None:
    reason = it.unknown("an item of this list was set that is not known here")
    it.risks += 1
    length = length_of(owner)
    if isinstance(index, slice):
        forget(it, owner, reason)
        return
    if isinstance(length, int):
        length = Unknown(reason.reason, kind="int", low=length, high=length, key=object())
    it.replace(owner, [Rest(look_of([*owner, value]), length)])


def _of_dict(it: Interpreter, owner: dict[Value, Value], index: Value, node: ast.AST) -> Value:
    found = entry(it, owner, index, node) if is_key(index) else None
    if found is not None or (is_key(index) and index in owner):
        return found
    if is_key(index) and is_known(list(owner)):
        return it.fails("there is no such key", node)
    unknown = index if isinstance(index, Unknown) else it.unknown("this key is not known", node)
    return derived(it, unknown, node, ("item", owner, index), name=it.source.text(node)[:60])


def _of_sequence(
    it: Interpreter, owner: list[Value] | tuple[Value, ...] | str | range, index: Value, node: ast.AST
) -> Value:
    if isinstance(owner, (list, tuple)) and is_guarded(owner):
        return _of_open(it, owner, index, node)
    if isinstance(index, Unknown):
        return _any_of(it, owner, index, node)
    if isinstance(index, Array):
        return it.unknown("this subscript is not read", node)
    try:
        value: Value = owner[index]  # type: ignore[call-overload, index]
    except (IndexError, TypeError, ValueError):
        return it.fails("there is no such item", node)
    return value.value if isinstance(value, Guarded) else value


def _of_open(it: Interpreter, owner: list[Value] | tuple[Value, ...], index: Value, node: ast.AST) -> Value:
    """An item or a part of a list whose items are not known one by one."""
    if isinstance(index, slice):
        if index == slice(None):
            return list(owner)
        part = _known_part(owner, index)
        return (
            part if part is not None else [Rest(look_of(owner), unknown_length(it.unknown("a part of a list", node)))]
        )
    if isinstance(index, int) and not is_guarded(owner[: index + 1] if index >= 0 else owner[index:]):
        try:
            return owner[index]
        except IndexError:
            return it.unknown("there is no such item", node)
    if isinstance(index, (int, Unknown)) and is_open(owner):
        return look_of(owner)
    return it.unknown("an item of a list whose length is not known", node)


def _known_part(owner: list[Value] | tuple[Value, ...], index: slice) -> Value | None:
    """A part of a list of known length whose items all look alike."""
    length = length_of(list(owner))
    bounds = (index.start, index.stop, index.step)
    if not isinstance(length, int) or not all(bound is None or type(bound) is int for bound in bounds):
        return None
    try:
        count = len(range(*index.indices(length)))
    except ValueError:
        return None
    exact = Unknown("a part of a long list", kind="int", low=count, high=count, key=object())
    return [Rest(look_of(owner), exact)]


def _any_of(
    it: Interpreter, owner: list[Value] | tuple[Value, ...] | str | range, index: Unknown, node: ast.AST
) -> Value:
    return derived(it, index, node, ("item", owner if not isinstance(owner, list) else "list", index), name=None)
