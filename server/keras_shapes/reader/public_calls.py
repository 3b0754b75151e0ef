"""Calls of public names: layers and models become expressions, library functions their results."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.keras_names import KERAS_NAMES
from keras_shapes.model import Argument, Call, PublicName, Unknown
from keras_shapes.reader.applying import as_given, note_applied, note_functional
from keras_shapes.reader.choices import settled
from keras_shapes.reader.chosen_keras import UNKNOWN, set_by_call
from keras_shapes.reader.cloning import clone_graph
from keras_shapes.reader.command_line import argument_parser
from keras_shapes.reader.dim_ordering import DIM_ORDERING, dim_ordering, set_dim_ordering
from keras_shapes.reader.forgetting import forget_arguments, is_pure
from keras_shapes.reader.hyperparameters import is_tuner, tuner
from keras_shapes.reader.library_calls import library_call
from keras_shapes.reader.sequential import clone, make_sequential, name_span
from keras_shapes.reader.standard_library import STANDARD
from keras_shapes.reader.symbolic import is_operation, is_symbolic, mentions_tensor
from keras_shapes.reader.tuners import make_tuner
from keras_shapes.reader.values import Partial, SequentialValue, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = tuple[Argument, ...]
_SETTINGS = {
    "set_image_data_format": "image_data_format",
    "set_floatx": "floatx",
    "set_global_policy": "dtype_policy",
    "set_dtype_policy": "dtype_policy",
    "set_policy": "dtype_policy",
    "set_backend": "backend",
}
_EXPRESSIONS = (
    "keras.layers.",
    "keras.initializers.",
    "keras.regularizers.",
    "keras.constraints.",
    "keras.activations.",
    "keras.applications.",
    "keras.losses.",
    "keras.metrics.",
    "keras.optimizers.",
    "keras.dtype_policies.",
    "keras.callbacks.",
)
_TENSOR_FREE = frozenset({"keras.Input", "keras.Model", "keras.models.clone_model"})


def call_public(it: Interpreter, name: PublicName, arguments: Arguments, node: ast.AST) -> Value:
    """The value of `name(…)`."""
    path = name.path
    if path == "keras.Sequential":
        return make_sequential(it, name, arguments, node)
    if path == "keras.models.clone_model" and len(arguments) == 1:
        original = settled(arguments[0].value, it.guards)
        if isinstance(original, SequentialValue):
            return clone(it, original, node)
        if isinstance(original, Call) and id(original) in it.functionals:
            return clone_graph(it, original, node)
    if path.startswith("keras.") and name.last in _SETTINGS:
        return _set(it, _SETTINGS[name.last], arguments)
    if path.startswith("keras.") and name.last == DIM_ORDERING:
        return set_dim_ordering(it, name, arguments, node)
    if path in {"keras.backend.image_data_format", "keras.config.image_data_format"}:
        return it.settings.get("image_data_format", "channels_last")
    if path == "keras.backend.image_dim_ordering":
        return dim_ordering(it)
    if path in {"functools.partial", "tensorflow.function", "keras.saving.register_keras_serializable"}:
        return _wrapped(path, arguments, it, node)
    if path == "argparse.ArgumentParser":
        return argument_parser()
    if is_tuner(path):
        return tuner(it, name, arguments, node)
    searching = make_tuner(path, arguments)
    if searching is not None:
        return searching
    if _is_expression(name, arguments):
        return _expression(it, name, arguments, node)
    if set_by_call(it, path, arguments):
        return it.unknown("a variable of the environment", node)
    standard = STANDARD.get(path)
    if standard is not None:
        return standard(it, arguments, node)
    known = library_call(it, name, arguments, node)
    if known is not None:
        return known
    if not is_pure(path):
        forget_arguments(it, arguments, node)
    return _unread(it, name, node)


def _is_expression(name: PublicName, arguments: Arguments) -> bool:
    if name.path in _TENSOR_FREE:
        return True
    if is_operation(name.path) and not _is_misspelt_layer(name):
        return any(map(_mentions_tensor, arguments))
    return name.path.startswith(_EXPRESSIONS) and not name.last.startswith(("preprocess_input", "decode_predictions"))


def _is_misspelt_layer(name: PublicName) -> bool:
    """`layers.dense`: no function of that name exists, so that Keras will have to say so."""
    return name.path.startswith("keras.layers.") and name.last not in KERAS_NAMES["keras.layers"]


def _mentions_tensor(argument: Argument) -> bool:
    return mentions_tensor(argument.value)


def _expression(it: Interpreter, name: PublicName, arguments: Arguments, node: ast.AST) -> Value:
    first = arguments[0].value if arguments else None
    if name.path.startswith("keras.activations.") and isinstance(first, (Array, Unknown)):
        return Array(first.shape, first.dtype, span=it.span(node)) if isinstance(first, Array) else first
    call = Call(name, tuple(map(as_given, arguments)), it.span(node), name_span(it, node))
    if name.path == "keras.Model":
        return note_functional(it, call)
    return note_applied(it, call) if is_symbolic(call) else call


def _set(it: Interpreter, setting: str, arguments: Arguments) -> Value:
    value = settled(arguments[0].value, it.guards) if arguments else None
    if isinstance(value, Call) and value.arguments:
        value = value.arguments[0].value
    if isinstance(value, str):
        it.settings[setting] = value
    elif setting == "backend":
        it.settings[setting] = UNKNOWN
    return None


def _wrapped(path: str, arguments: Arguments, it: Interpreter, node: ast.AST) -> Value:
    if path == "functools.partial" and arguments:
        return Partial(arguments[0].value, arguments[1:])
    if arguments and path == "tensorflow.function":
        return arguments[0].value
    return it.unknown(f"{path} is not read", node)


def _unread(it: Interpreter, name: PublicName, node: ast.AST) -> Value:
    text = it.source.text(node)
    short = text if len(text) <= 40 else f"{name.last}(…)"
    return it.unknown(f"it comes from {short}", node)
