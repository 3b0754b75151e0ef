"""Symbolic tensors and Keras objects among the values: what is being described to Keras instead of computed."""

from __future__ import annotations

from keras_shapes.data import Array
from keras_shapes.model import Apply, Attribute, Call, Item, Operation, Parameter, PublicName, UserCode
from keras_shapes.reader.values import Choice, Guarded, Instance, SequentialValue, Value

_SIZES = frozenset({"shape", "output_shape", "input_shape"})
_FUNCTIONS_OF_SHAPES = frozenset({"keras.backend.int_shape", "keras.ops.shape", "keras.ops.ndim", "keras.backend.ndim"})
_TENSOR_ATTRIBUTES = frozenset({"output", "input", "outputs", "inputs", "T"})


def is_symbolic(value: Value) -> bool:
    """Whether a value is a symbolic tensor: an Input, a layer's output, or something computed from these."""
    match value:
        case Apply() | Parameter():
            return not is_asked(value)
        case Array(library="keras", shape=tuple()):
            return True
        case Operation(operands=operands):
            return any(map(is_symbolic, operands))
        case Call(target=PublicName(path=path)):
            return path == "keras.Input" or (is_operation(path) and path not in _FUNCTIONS_OF_SHAPES)
        case Item(target=target):
            return is_symbolic(target)
        case Attribute(target=target, name=name):
            return name in _TENSOR_ATTRIBUTES or (name not in _SIZES and is_symbolic(target))
        case _:
            return False


def is_asked(value: Value) -> bool:
    """Whether a value is something of a shape that only Keras knows: the shape, a size, or what is computed of them."""
    match value:
        case Attribute(name=name):
            return name in _SIZES
        case Call(target=PublicName(path=path)):
            return path in _FUNCTIONS_OF_SHAPES
        case Item(target=target):
            return is_asked(target)
        case Choice(decision=decision, options=options):
            return decision.condition is not None and any(map(is_asked, options))
        case Operation(operands=operands):
            return any(map(is_asked, operands)) and not any(map(is_symbolic, operands))
        case _:
            return False


def mentions_tensor(value: Value) -> bool:
    """Whether a value is a symbolic tensor, on some way at least, or a container that holds one."""
    match value:
        case list() | tuple():
            return any(map(mentions_tensor, value))
        case dict():
            return any(map(mentions_tensor, value.values()))
        case Choice(options=options):
            return any(map(mentions_tensor, options))
        case Guarded(value=inner):
            return mentions_tensor(inner)
        case _:
            return is_symbolic(value)


def is_operation(path: str) -> bool:
    """Whether a public name is a function of tensors rather than a maker of layers and models."""
    last = path.rpartition(".")[2]
    return (
        path.startswith(("keras.ops.", "tensorflow.", "keras.backend.", "keras.activations."))
        or (path.startswith("keras.layers.") and last[:1].islower())
        or (path.startswith("keras.applications.") and last == "preprocess_input")
    )


def is_layer(value: Value) -> bool:
    """Whether a value is, for all that is known, a layer or a model: something that a `Sequential` may hold."""
    match value:
        case Call(target=PublicName(path=path)):
            return path.startswith(("keras.layers.", "keras.applications.")) or path in {"keras.Model", "keras.Input"}
        case UserCode() | SequentialValue():
            return True
        case Instance(model=model):
            return model is not None
        case _:
            return False
