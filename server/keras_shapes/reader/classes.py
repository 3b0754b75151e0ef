"""Classes of the user's: made, instantiated, and their methods run with `self`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Argument, PublicName, Unknown
from keras_shapes.reader.functions import call_function, make_function
from keras_shapes.reader.inheritance import find_in_class, public_bases
from keras_shapes.reader.scopes import Scope
from keras_shapes.reader.sequential import give_layers, make_sequential
from keras_shapes.reader.values import Class, Function, Instance, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

_DATACLASS = frozenset({"dataclass", "dataclasses.dataclass", "attr.s", "attrs.define", "attr.dataclass"})
_NAMED_TUPLE = frozenset({"typing.NamedTuple", "pydantic.BaseModel", "typing.TypedDict"})


def make_class(it: Interpreter, node: ast.ClassDef, scope: Scope) -> Class:
    """The value of a `class` statement: its body is run, its methods are not."""
    bases = tuple(it.evaluate(base, scope) for base in node.bases if not isinstance(base, ast.Starred))
    inner = Scope(module=scope.module or scope, parent=scope, is_class=True, name=node.name)
    cls = Class(node, node.name, bases, inner.bindings, inner, it.source)
    cls.is_dataclass = _is_dataclass(it, node, bases, scope)
    if cls.is_dataclass:
        cls.fields = _fields(cls)
    cls.is_tuple = any(isinstance(base, PublicName) and base.path == "typing.NamedTuple" for base in bases)
    it.classes.append(cls)
    for statement in node.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            it.bind(inner, statement.name, make_function(it, statement, inner, cls))
        else:
            it.execute([statement], inner)
    return cls


def instantiate(it: Interpreter, cls: Class, arguments: tuple[Argument, ...], node: ast.AST) -> Value:
    """`Class(…)`: an instance, a custom layer, or a model where the class derives from `Sequential`."""
    kinds = {kind_of_base(base) for base in public_bases(cls)}
    if "layer" in kinds:
        from keras_shapes.reader.user_code import user_layer

        return user_layer(it, cls, arguments, node)
    instance = Instance(cls, span=it.span(node))
    it.instances.setdefault(cls, instance)
    if "sequential" in kinds:
        base = next(base for base in public_bases(cls) if kind_of_base(base) == "sequential")
        instance.model = make_sequential(it, base, (), node)
    initialise(it, instance, arguments, node)
    return instance


def initialise(it: Interpreter, instance: Instance, arguments: tuple[Argument, ...], node: ast.AST) -> None:
    """Run `__init__`, or what a dataclass has in its stead."""
    found = find_in_class(instance.cls, "__init__")
    if found is not None and isinstance(found[0], Function):
        span = it.span(node)
        call_function(it, found[0], (Argument(None, instance, span, span), *arguments), node)
    elif instance.model is not None:
        give_layers(it, instance.model, arguments)
    elif instance.cls.is_dataclass:
        _initialise_fields(it, instance, arguments)


def kind_of_base(base: PublicName) -> str:
    """Whether a public class is a "layer", a "model", a "sequential", or something "else"."""
    match base.path:
        case "keras.Sequential":
            return "sequential"
        case "keras.Model" | "keras.models.Functional":
            return "model"
        case path if path == "keras.Layer" or path.startswith("keras.layers."):
            return "layer"
        case _:
            return "else"


def _is_dataclass(it: Interpreter, node: ast.ClassDef, bases: tuple[Value, ...], scope: Scope) -> bool:
    if any(isinstance(base, PublicName) and base.path in _NAMED_TUPLE for base in bases):
        return True
    for decorator in node.decorator_list:
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        value = it.evaluate(function, scope)
        if isinstance(value, PublicName) and value.path in _DATACLASS:
            return True
    return any(isinstance(base, Class) and base.is_dataclass for base in bases)


def _fields(cls: Class) -> tuple[str, ...]:
    inherited = [name for base in cls.bases if isinstance(base, Class) for name in base.fields]
    own = [
        statement.target.id
        for statement in cls.node.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    ]
    return tuple(dict.fromkeys([*inherited, *own]))


def _initialise_fields(it: Interpreter, instance: Instance, arguments: tuple[Argument, ...]) -> None:
    given: dict[str, Value] = {}
    positional = iter(instance.cls.fields)
    for argument in arguments:
        name = argument.name if argument.name is not None else next(positional, None)
        if name is not None:
            given[name] = argument.value
    for name in instance.cls.fields:
        found = find_in_class(instance.cls, name)
        default = found[0] if found is not None else Unknown(f"{name} has no value", None, name, key=(instance, name))
        it.set_entry(instance.attributes, name, given.get(name, default))  # type: ignore[arg-type]
