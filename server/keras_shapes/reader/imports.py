"""Import statements: public names of libraries, and modules of the user's own project."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import PublicName
from keras_shapes.public_names import attribute_of, public_name, public_names_in
from keras_shapes.reader.chosen_keras import note_import
from keras_shapes.reader.interpreter import NORMAL, Completion
from keras_shapes.reader.library_calls import named_constant
from keras_shapes.reader.scopes import Missing
from keras_shapes.reader.values import ModuleValue, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope


def execute_import(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    """`import a.b`, `import a.b as c`."""
    assert isinstance(node, ast.Import)
    for alias in node.names:
        if alias.asname is not None:
            it.bind(scope, alias.asname, _module(it, alias.name, 0, alias))
        else:
            first = alias.name.split(".")[0]
            it.bind(scope, first, _module(it, first, 0, alias))
        note_import(it, public_name(alias.name))
    return NORMAL


def execute_import_from(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    """`from a.b import c as d`, `from .x import *`."""
    assert isinstance(node, ast.ImportFrom)
    if node.module == "__future__":
        return NORMAL
    module = _module(it, node.module or "", node.level, node)
    for alias in node.names:
        if alias.name == "*":
            _import_all(it, module, scope)
        else:
            member = _member(it, module, alias.name, node)
            it.bind(scope, alias.asname or alias.name, member)
            note_import(it, member)
    return NORMAL


def _module(it: Interpreter, dotted: str, level: int, node: ast.AST) -> Value:
    own = it.modules.find(it, dotted, level, node)
    return own if own is not None else public_name("." * level + dotted)


def _member(it: Interpreter, module: Value, name: str, node: ast.AST) -> Value:
    if isinstance(module, PublicName):
        return named_constant(attribute_of(module, name))
    assert isinstance(module, ModuleValue)
    value = module.scope.find(name)
    if not isinstance(value, Missing):
        return value
    submodule = it.modules.submodule(it, module, name)
    if submodule is not None:
        return submodule
    return it.unknown(f"{name} is not defined in {module.name}", node, name=name, key=("module", module.name, name))


def _import_all(it: Interpreter, module: Value, scope: Scope) -> None:
    if isinstance(module, PublicName):
        for name in public_names_in(module):
            it.bind(scope, name, attribute_of(module, name))
        return
    assert isinstance(module, ModuleValue)
    exported = module.scope.bindings.get("__all__")
    for name, value in list(module.scope.bindings.items()):
        if (name in exported) if isinstance(exported, list) else not name.startswith("_"):
            it.bind(scope, name, value)
