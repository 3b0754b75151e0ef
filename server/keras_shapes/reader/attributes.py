"""Attributes: what `value.name` means, and what assigning to it does."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.data import Array, Dataset
from keras_shapes.model import (
    Apply,
    Attribute,
    Call,
    Item,
    Operation,
    Parameter,
    PublicName,
    Unknown,
    UserCode,
)
from keras_shapes.public_names import attribute_of
from keras_shapes.reader.inheritance import find_in_class, public_bases
from keras_shapes.reader.library_calls import library_attribute, named_constant
from keras_shapes.reader.scopes import MISSING, Missing
from keras_shapes.reader.sequential import model_attribute
from keras_shapes.reader.tuners import Tuner, attribute_of_tuner
from keras_shapes.reader.unknowns import derived
from keras_shapes.reader.values import (
    Bound,
    Class,
    Function,
    Guarded,
    Instance,
    ModuleValue,
    SequentialValue,
    SuperObject,
    Value,
)

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


_OF_A_GRAPH = frozenset({"input", "inputs", "output", "outputs", "input_shape", "output_shape", "layers", "get_layer"})


def attribute(it: Interpreter, owner: Value, name: str, node: ast.AST) -> Value:
    """The value of `owner.name`."""
    match owner:
        case PublicName():
            return named_constant(attribute_of(owner, name))
        case ModuleValue():
            return _of_module(it, owner, name, node)
        case Instance():
            return _of_instance(it, owner, name, node)
        case Class():
            return _of_class(it, owner, name, node)
        case SuperObject():
            return Bound(owner, name)
        case SequentialValue():
            return model_attribute(it, owner, name, node)
        case UserCode():
            return it.unknown(f"{name} of a custom layer", node)
        case Call() | Apply() | Attribute() | Item() | Operation() | Parameter():
            return Attribute(owner, name, it.span(node))
        case Unknown():
            return derived(it, owner, node, (("attribute", name), owner))
        case Function():
            return it.unknown(f"{name} of a function", node)
        case Array() if name == "shape" and id(owner) in it.features:
            return it.features[id(owner)][1].shape
        case Tuner():
            return attribute_of_tuner(owner, name)
        case Array() | Dataset():
            value = library_attribute(it, owner, name, node)
            return Bound(owner, name) if value is None else value
        case _:
            value = library_attribute(it, owner, name, node)
            return Bound(owner, name) if value is None else value


def set_attribute(it: Interpreter, owner: Value, name: str, value: Value) -> None:
    """`owner.name = value`."""
    match owner:
        case Instance():
            inherited = find_in_class(owner.cls, name)
            if inherited is not None and it.journals:
                # where a branch does not set it, it is the attribute of the class
                owner.attributes.setdefault(name, inherited[0])
            it.set_entry(owner.attributes, name, value)  # type: ignore[arg-type]
            held = (value.model or value.graph) if isinstance(value, Instance) else value
            model = held if isinstance(held, SequentialValue) else it.functionals.get(id(held))
            if model is not None and model.name is None:
                model.name = f"self.{name}"
        case Class():
            it.set_entry(owner.attributes, name, value)  # type: ignore[arg-type]
        case ModuleValue():
            it.bind(owner.scope, name, value)
        case _:
            return


def _of_module(it: Interpreter, module: ModuleValue, name: str, node: ast.AST) -> Value:
    value = module.scope.find(name)
    if isinstance(value, Missing):
        return it.modules.submodule(it, module, name) or it.unknown(
            f"{name} is not defined in {module.name}", node, name=name, key=("module", module.name, name)
        )
    return value


def _of_instance(it: Interpreter, owner: Instance, name: str, node: ast.AST) -> Value:
    value = owner.attributes.get(name, MISSING)
    if not isinstance(value, Missing):
        return value.value if isinstance(value, Guarded) else value
    found = find_in_class(owner.cls, name)
    if found is not None:
        return _method(it, owner, found[0], name, node)
    if owner.model is not None:
        return model_attribute(it, owner.model, name, node)
    if owner.graph is not None and name in _OF_A_GRAPH:
        return Attribute(owner.graph, name, it.span(node))
    if name == "__class__":
        return owner.cls
    if public_bases(owner.cls):
        return Bound(owner, name)
    return it.unknown(f"self.{name} is not set where this was read", node, name=it.source.text(node), key=(owner, name))


def _method(it: Interpreter, owner: Instance, value: Value, name: str, node: ast.AST) -> Value:
    if not isinstance(value, Function):
        return value
    match value.kind:
        case "property":
            return it.call(Bound(owner, name, value), (), node, it.globals)
        case "static":
            return value
        case "class":
            return Bound(owner.cls, name, value)
        case _:
            return Bound(owner, name, value)


def _of_class(it: Interpreter, owner: Class, name: str, node: ast.AST) -> Value:
    found = find_in_class(owner, name)
    if found is None:
        if name == "__name__":
            return owner.name
        if any(isinstance(base, PublicName) for base in owner.bases):
            return Bound(owner, name)
        return it.unknown(f"{owner.name}.{name} is not set where this was read", node, name=it.source.text(node))
    value = found[0]
    if isinstance(value, Function) and value.kind == "class":
        return Bound(owner, name, value)
    return value
