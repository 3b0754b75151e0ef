"""What a name means: a binding of the program, a name of Python's own, or something unknown and why."""

from __future__ import annotations

import ast
import builtins
from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.model import PublicName, Unknown
from keras_shapes.reader.scopes import Missing
from keras_shapes.reader.unknowns import Identity
from keras_shapes.reader.values import Builtin, Guarded, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope

_BUILTINS = frozenset(dir(builtins))
_MODULE_NAMES: dict[str, Value] = {"__name__": "__main__", "__file__": "file.py", "__doc__": None}


def value_of_name(it: Interpreter, node: ast.Name, scope: Scope) -> Value:
    """The value of a name at this moment of the program."""
    value = scope.find(node.id)
    if isinstance(value, Missing):
        return _unbound(it, node)
    if isinstance(value, Unknown) and value.name is None and value.key is None:
        return replace(value, name=node.id, key=Identity(value))
    return value.value if isinstance(value, Guarded) else value


def _unbound(it: Interpreter, node: ast.Name) -> Value:
    if node.id == "display" and it.source.document.cells:
        return PublicName("IPython.display.display")
    if node.id in _MODULE_NAMES and not it.source.foreign:
        return _MODULE_NAMES[node.id]
    if node.id in _BUILTINS and node.id not in _MODULE_NAMES:
        return Builtin(node.id)
    return it.unknown(_why_unbound(it, node.id), node, name=node.id, key=("name", node.id))


def _why_unbound(it: Interpreter, name: str) -> str:
    cell = it.source.later_names.get(name)
    if cell is not None and not it.source.foreign:
        return f"{name} is defined in cell {cell}, below"
    return f"{name} is not defined in this file"
