"""The user's own layers and functions: what can be said of them without running them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Apply, Argument, Attribute, UserCode
from keras_shapes.reader.values import Class, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


def user_layer(it: Interpreter, cls: Class, arguments: tuple[Argument, ...], node: ast.AST) -> Value:
    """An instance of a custom layer class."""
    from keras_shapes.reader.attributes import public_bases
    from keras_shapes.reader.sequential import name_span

    base = next((one for one in public_bases(cls) if one.path.startswith("keras.")), None)
    return UserCode(
        cls.name,
        arguments,
        it.span(node),
        name_span(it, node),
        f"{cls.name} is code of this project, which was not run",
        base=base,
    )


def apply_layer(it: Interpreter, layer: Value, arguments: tuple[Argument, ...], node: ast.AST) -> Value:
    """`layer(x)`: an expression, whose shape Keras can be asked for."""
    if isinstance(layer, Attribute) and layer.name in {"load_weights", "summary", "compile", "fit", "save"}:
        return None
    return Apply(layer, arguments, it.span(node))


