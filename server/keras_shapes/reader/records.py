"""`namedtuple`, `SimpleNamespace`, `Namespace`: objects that are no more than their attributes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Argument
from keras_shapes.reader.choices import settled
from keras_shapes.reader.scopes import Scope
from keras_shapes.reader.values import Class, Instance, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = tuple[Argument, ...]


def named_tuple(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`namedtuple("Point", ["x", "y"])`: a class whose instances are tuples."""
    values = [settled(argument.value, it.guards) for argument in arguments if argument.name is None]
    match values:
        case [str() as name, str() as text]:
            fields = tuple(text.replace(",", " ").split())
        case [str() as name, list() | tuple() as names] if all(isinstance(one, str) for one in names):
            fields = tuple(str(one) for one in names)
        case _:
            return it.unknown("a namedtuple whose fields are not known", node)
    if len(arguments) > len(values):
        return it.unknown("a namedtuple with options", node)
    cls = _class(it, name)
    cls.fields, cls.is_dataclass, cls.is_tuple = fields, True, True
    return cls


def namespace(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`SimpleNamespace(a=1)`: an object with these attributes."""
    if any(argument.name in {None, "*", "**"} for argument in arguments):
        return it.unknown("a namespace whose names are not known", node)
    instance = Instance(_class(it, "namespace"), span=it.span(node))
    instance.attributes.update({argument.name: argument.value for argument in arguments if argument.name})
    return instance


def as_tuple(instance: Instance) -> tuple[Value, ...] | None:
    """The items of an instance of a named tuple."""
    if not instance.cls.is_tuple or not all(name in instance.attributes for name in instance.cls.fields):
        return None
    return tuple(instance.attributes[name] for name in instance.cls.fields)


def _class(it: Interpreter, name: str) -> Class:
    statement = ast.parse("class Record: pass").body[0]
    assert isinstance(statement, ast.ClassDef)
    scope = Scope(module=it.globals, parent=it.globals, is_class=True, name=name)
    return Class(statement, name, (), scope.bindings, scope, it.source)
