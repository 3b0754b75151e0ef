"""Symbolic tensors and Keras objects among the values: what is being described to Keras instead of computed."""

from __future__ import annotations

from dataclasses import dataclass, field

from keras_shapes.data import Array
from keras_shapes.model import Apply, Attribute, Call, Item, Operation, Parameter, PublicName, UserCode
from keras_shapes.reader.values import Choice, Guarded, Instance, SequentialValue, Value

_SIZES = frozenset({"shape", "output_shape", "input_shape"})
_FUNCTIONS_OF_SHAPES = frozenset({"keras.backend.int_shape", "keras.ops.shape", "keras.ops.ndim", "keras.backend.ndim"})
_TENSOR_ATTRIBUTES = frozenset({"output", "input", "outputs", "inputs", "T"})


def is_symbolic(value: Value) -> bool:
    """Whether a value is a symbolic tensor: an Input, a layer's output, or something computed from these."""
    return _Look().is_symbolic(value)


def is_asked(value: Value) -> bool:
    """Whether a value is something of a shape that only Keras knows: the shape, a size, or what is computed of them."""
    return _Look().is_asked(value)


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at a value. What is computed of several things, which share parts, is looked at once."""

    symbolic: dict[int, bool] = field(default_factory=dict)
    asked: dict[int, bool] = field(default_factory=dict)

    def is_symbolic(self, value: Value) -> bool:
        match value:
            case Apply() | Parameter():
                return not self.is_asked(value)
            case Array(library="keras", shape=tuple()):
                return True
            case Operation(operands=operands):
                if id(value) not in self.symbolic:
                    self.symbolic[id(value)] = any(map(self.is_symbolic, operands))
                return self.symbolic[id(value)]
            case Call(target=PublicName(path=path)):
                return path == "keras.Input" or (is_operation(path) and path not in _FUNCTIONS_OF_SHAPES)
            case Item(target=target):
                return self.is_symbolic(target)
            case Attribute(target=target, name=name):
                return name in _TENSOR_ATTRIBUTES or (name not in _SIZES and self.is_symbolic(target))
            case _:
                return False

    def is_asked(self, value: Value) -> bool:
        match value:
            case Attribute(name=name):
                return name in _SIZES
            case Call(target=PublicName(path=path)):
                return path in _FUNCTIONS_OF_SHAPES
            case Item(target=target):
                return self.is_asked(target)
            case Choice() | Operation():
                if id(value) not in self.asked:
                    self.asked[id(value)] = self._is_asked_of_several(value)
                return self.asked[id(value)]
            case _:
                return False

    def _is_asked_of_several(self, value: Choice | Operation) -> bool:
        if isinstance(value, Choice):
            return value.decision.condition is not None and any(map(self.is_asked, value.options))
        return any(map(self.is_asked, value.operands)) and not any(map(self.is_symbolic, value.operands))


def mentions_tensor(value: Value) -> bool:
    """Whether a value is a symbolic tensor, on some way at least, or a container that holds one."""
    waiting, met = [value], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in met:
            continue
        met.add(id(one))
        match one:
            case list() | tuple():
                waiting += one
            case dict():
                waiting += one.values()
            case Choice(options=options):
                waiting += options
            case Guarded(value=inner):
                waiting.append(inner)
            case _ if is_symbolic(one):
                return True
    return False


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
