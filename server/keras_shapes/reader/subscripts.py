"""Subscripts: `value[index]`, read and written."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import Attribute, Item, NumpyNumber, Unknown
from keras_shapes.reader.choices import settled, spread
from keras_shapes.reader.library_calls import library_index
from keras_shapes.reader.symbolic import is_symbolic
from keras_shapes.reader.unknowns import derived
from keras_shapes.reader.values import Choice, Guarded, Items, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope


def subscript_expression(it: Interpreter, node: ast.expr, scope: Scope) -> Value:
    """The value of `node`, an `ast.Subscript`."""
    assert isinstance(node, ast.Subscript)
    owner = it.evaluate(node.value, scope)
    index = it.evaluate(node.slice, scope)
    value = spread(lambda owner, index: subscript(it, owner, index, node), it.guards, owner, index)
    return settled(value, it.guards)


def subscript(it: Interpreter, owner: Value, index: Value, node: ast.AST) -> Value:
    """`owner[index]`."""
    index = int(index.value) if isinstance(index, NumpyNumber) and "int" in index.dtype else index
    match owner:
        case dict():
            return _of_dict(it, owner, index, node)
        case list() | tuple() | str() | range():
            return _of_sequence(it, owner, index, node)
        case Items():
            return owner if isinstance(index, slice) else owner.item
        case Unknown():
            size = library_index(it, owner, index, node)
            return derived(it, owner, node, ("item", owner, index)) if size is None else size
        case Attribute():
            return Item(owner, index, it.span(node))
        case _ if is_symbolic(owner):
            return Item(owner, index, it.span(node))
        case _:
            value = library_index(it, owner, index, node)
            return it.unknown("this subscript is not read", node) if value is None else value


def set_subscript(it: Interpreter, owner: Value, index: Value, value: Value) -> None:
    """`owner[index] = value`."""
    match owner:
        case dict() if _is_key(index):
            it.set_entry(owner, index, value)
        case dict():
            it.set_entry(owner, ("unknown key",), value)
        case list() if isinstance(index, int) and not isinstance(index, bool) and -len(owner) <= index < len(owner):
            changed = list(owner)
            changed[index] = value
            it.replace_list(owner, changed)
        case list():
            it.replace_list(owner, [it.unknown("an item of this list was set that is not known here")])
        case _:
            return


def delete_subscript(it: Interpreter, owner: Value, index: Value) -> None:
    """`del owner[index]`."""
    match owner:
        case dict() if _is_key(index):
            it.remove_entry(owner, index)
        case list() if isinstance(index, (int, slice)):
            changed = list(owner)
            try:
                del changed[index]
            except (IndexError, TypeError, ValueError):
                return
            it.replace_list(owner, changed)
        case _:
            return


def _of_dict(it: Interpreter, owner: dict[Value, Value], index: Value, node: ast.AST) -> Value:
    if _is_key(index) and index in owner:
        return owner[index]
    unknown = index if isinstance(index, Unknown) else it.unknown("this key is not known", node)
    return derived(it, unknown, node, ("item", owner, index), name=it.source.text(node)[:60])


def _of_sequence(
    it: Interpreter, owner: list[Value] | tuple[Value, ...] | str | range, index: Value, node: ast.AST
) -> Value:
    if isinstance(owner, (list, tuple)) and any(isinstance(item, Guarded) for item in owner):
        return it.unknown("an item of a list whose length is not known", node)
    if isinstance(index, Unknown):
        return _any_of(it, owner, index, node)
    if isinstance(index, Array):
        return it.unknown("this subscript is not read", node)
    try:
        value: Value = owner[index]  # type: ignore[call-overload, index]
    except (IndexError, TypeError, ValueError):
        return it.unknown("there is no such item", node)
    return value.value if isinstance(value, Guarded) else value


def _any_of(
    it: Interpreter, owner: list[Value] | tuple[Value, ...] | str | range, index: Unknown, node: ast.AST
) -> Value:
    return derived(it, index, node, ("item", owner if not isinstance(owner, list) else "list", index), name=None)


def _is_key(index: Value) -> bool:
    if isinstance(index, tuple):
        return all(map(_is_key, index))
    return index is None or (isinstance(index, (bool, int, float, str, bytes)) and not isinstance(index, Choice))
