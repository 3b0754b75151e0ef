"""Assignment: names, attributes, items and unpacking."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import PublicName, Unknown
from keras_shapes.reader.applying import parts_of
from keras_shapes.reader.attributes import set_attribute
from keras_shapes.reader.choices import each_way, settled
from keras_shapes.reader.chosen_keras import ENVIRONMENT, set_variable
from keras_shapes.reader.contents import columns_of, is_guarded, unknown_length
from keras_shapes.reader.iteration import item_of_unknown, items_of
from keras_shapes.reader.library import with_named_sizes
from keras_shapes.reader.library_calls import library_delete, library_set_attribute, library_store
from keras_shapes.reader.subscripts import delete_subscript, set_subscript
from keras_shapes.reader.unknowns import derived
from keras_shapes.reader.values import Choice, Items, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope


def assign(it: Interpreter, target: ast.expr, value: Value, scope: Scope) -> None:
    """`target = value`."""
    match target:
        case ast.Name(id=name):
            value = _named(it, name, value, target)
            it.bind(scope, name, value)
            it.see(target, name, value)
        case ast.Attribute(value=owner, attr=name):
            _on(it, it.evaluate(owner, scope), lambda one: _set_attribute(it, one, name, value, target))
        case ast.Subscript():
            _assign_item(it, target, value, scope)
        case ast.Starred(value=inner):
            assign(it, inner, value, scope)
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            _unpack(it, targets, value, target, scope)
        case _:
            return


def delete(it: Interpreter, target: ast.expr, scope: Scope) -> None:
    """`del target`."""
    match target:
        case ast.Name(id=name):
            it.remove_entry(scope.home(name), name)  # type: ignore[arg-type]
        case ast.Subscript(value=owner, slice=index):
            place = it.evaluate(index, scope)
            _on(it, it.evaluate(owner, scope), lambda one: _delete_item(it, one, place, target))
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            for inner in targets:
                delete(it, inner, scope)
        case _:
            return


def _assign_item(it: Interpreter, target: ast.Subscript, value: Value, scope: Scope) -> None:
    owner = settled(it.evaluate(target.value, scope), it.guards)
    index = it.evaluate(target.slice, scope)
    if isinstance(owner, (dict, list, Items, Choice)):
        _on(it, owner, lambda one: _store(it, one, index, value, target))
        return
    if isinstance(owner, PublicName) and owner.path == ENVIRONMENT:
        set_variable(it, settled(index, it.guards), value)
        return
    library_store(it, owner, index, value, target)


def _store(it: Interpreter, owner: Value, index: Value, value: Value, node: ast.AST) -> None:
    if isinstance(owner, (dict, list, Items)):
        set_subscript(it, owner, index, value)
    else:
        library_store(it, owner, index, value, node)


def _set_attribute(it: Interpreter, owner: Value, name: str, value: Value, node: ast.AST) -> None:
    it.freezes = it.freezes or name == "trainable"
    set_attribute(it, owner, name, value)
    library_set_attribute(it, owner, name, value, node)


def _delete_item(it: Interpreter, owner: Value, place: Value, node: ast.AST) -> None:
    delete_subscript(it, owner, place)
    library_delete(it, owner, place, node)


def _on(it: Interpreter, owner: Value, change: Callable[[Value], None]) -> None:
    """Change whatever an owner is; one that depends on a decision is changed on the way where it is that one."""
    owner = settled(owner, it.guards)
    if isinstance(owner, Choice):
        each_way(it, owner, change)
    else:
        change(owner)


def _named(it: Interpreter, name: str, value: Value, node: ast.AST) -> Value:
    """A value that is not known takes the name that it is given, and with it an identity."""
    if isinstance(value, Array):
        return with_named_sizes(value, name)
    if isinstance(value, Unknown) and value.name is None and value.key is None:
        return Unknown(value.reason, value.span or it.span(node), name, value.kind, ("assigned", node, len(it.seen)))
    if isinstance(value, Unknown) and value.name is not None and not value.name.isidentifier():
        return Unknown(value.reason, value.span, name, value.kind, value.key, value.low, value.high)
    return value


def _unpack(it: Interpreter, targets: list[ast.expr], value: Value, node: ast.expr, scope: Scope) -> None:
    value = settled(value, it.guards)
    if isinstance(value, Choice):
        value = it.unknown(f"depends on {value.decision.text}", node)
    counted = not any(isinstance(target, ast.Starred) for target in targets)
    parts = parts_of(it, value, len(targets), node) if counted else None
    items = items_of(it, value, node) if parts is None else parts
    if not isinstance(items, list) or is_guarded(items):
        _unpack_unknown(it, targets, items, scope)
        return
    star = next((number for number, target in enumerate(targets) if isinstance(target, ast.Starred)), None)
    if star is not None and len(items) >= len(targets) - 1:
        behind = len(targets) - star - 1
        middle = items[star : len(items) - behind]
        items = [*items[:star], middle, *items[len(items) - behind :]]
    if len(items) != len(targets):
        _unpack_unknown(it, targets, it.unknown("this does not unpack into so many names", node), scope)
        return
    for target, item in zip(targets, items, strict=True):
        assign(it, target, item, scope)


def _unpack_unknown(
    it: Interpreter, targets: list[ast.expr], items: list[Value] | Unknown | Items, scope: Scope
) -> None:
    columns = columns_of(items) if isinstance(items, Items) else None
    for number, target in enumerate(targets):
        if columns is not None and len(columns) == len(targets):
            assign(it, target, columns[number], scope)
        elif isinstance(items, Items) and isinstance(target, ast.Starred):
            assign(it, target, Items(items.item, unknown_length(items.length)), scope)
        elif isinstance(items, Items):
            assign(it, target, item_of_unknown(it, items, target, target), scope)
        elif isinstance(items, Unknown):
            text = it.source.text(target)[:40] if isinstance(target, ast.Name) else None
            unknown = derived(it, items, target, ("part", items, number), name=text)
            assign(it, target, unknown, scope)
        else:
            assign(it, target, it.unknown("a list of unknown length", target), scope)
