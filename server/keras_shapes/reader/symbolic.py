"""Symbolic tensors and Keras objects among the values: what is being described to Keras instead of computed."""

from __future__ import annotations

from dataclasses import dataclass, field

from keras_shapes.data import Array
from keras_shapes.model import Apply, Attribute, Call, Item, Operation, Parameter, PublicName, UserCode
from keras_shapes.reader.values import Choice, Guarded, Instance, SequentialValue, Value
from keras_shapes.source import Span

_SIZES = frozenset({"shape", "output_shape", "input_shape"})
_FUNCTIONS_OF_SHAPES = frozenset({"keras.backend.int_shape", "keras.ops.shape", "keras.ops.ndim", "keras.backend.ndim"})
_OF_SHAPES_ALONE = frozenset({"shape", "ndim", "size"})
"""Functions of numpy that do not ask for values."""
_OF_AN_INPUT = frozenset({None, "shape", "dtype", "name"})
_TENSOR_ATTRIBUTES = frozenset({"output", "input", "outputs", "inputs", "T"})


def is_symbolic(value: Value) -> bool:
    """Whether a value is a symbolic tensor: an Input, a layer's output, or something computed from these."""
    return _Look().is_symbolic(value)


def is_asked(value: Value) -> bool:
    """Whether a value is something of a shape that only Keras knows: the shape, a size, or what is computed of them."""
    return _Look().is_asked(value)


def operation(operator: str, operands: tuple[Value, ...], span: Span) -> Operation:
    """An operation that knows what it is: to ask each time takes as long as what it is made of is deep."""
    look = _Look()
    is_tensor = any(map(look.is_symbolic, operands))
    return Operation(operator, operands, span, is_tensor, not is_tensor and any(map(look.is_asked, operands)))


def part(target: Value, index: Value, span: Span) -> Item:
    """An item that knows what it is, for the same reason."""
    return Item(target, index, span, is_symbolic(target), is_asked(target))


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at a value. Choices, which share parts, are looked at once."""

    asked: dict[int, bool] = field(default_factory=dict)

    def is_symbolic(self, value: Value) -> bool:
        match value:
            case Apply() | Parameter():
                return not self.is_asked(value)
            case Array(library="keras", shape=tuple()):
                return True
            case Operation():
                return value.is_tensor
            case Call(target=PublicName(path=path)):
                return path == "keras.Input" or (is_operation(path) and path not in _FUNCTIONS_OF_SHAPES)
            case Item():
                return value.is_tensor
            case Attribute():
                return self._is_tensor_attribute(value)
            case _:
                return False

    def _is_tensor_attribute(self, value: Value) -> bool:
        while isinstance(value, Attribute):
            if value.name in _TENSOR_ATTRIBUTES or value.name in _SIZES:
                return value.name in _TENSOR_ATTRIBUTES
            value = value.target
        return self.is_symbolic(value)

    def is_asked(self, value: Value) -> bool:
        match value:
            case Attribute(name=name):
                return name in _SIZES
            case Call(target=PublicName(path=path)):
                return path in _FUNCTIONS_OF_SHAPES
            case Item():
                return value.is_size
            case Operation():
                return value.is_size
            case Choice(decision=decision, options=options):
                if id(value) not in self.asked:
                    self.asked[id(value)] = decision.condition is not None and any(map(self.is_asked, options))
                return self.asked[id(value)]
            case _:
                return False


def size_of_input(value: Value) -> int | None:
    """A size of `keras.Input((28, 28))` that the program asks for, where it is written: a loop may turn as often."""
    match value:
        case Item(target=Attribute(target=Call() as call, name="shape"), index=int() as index):
            written = _written_shape(call)
        case _:
            return None
    size = written[index] if -len(written) <= index < len(written) else None
    return size if type(size) is int else None


def _written_shape(call: Call) -> list[Value]:
    """The sizes of an input as they are written, that of the batch among them."""
    names = [one.name for one in call.arguments]
    if call.target.path != "keras.Input" or not _OF_AN_INPUT.issuperset(names) or names.count(None) > 1:
        return []
    shape = call.argument("shape", 0)
    return [None, *shape.value] if shape is not None and isinstance(shape.value, tuple | list) else []


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
        or (path.startswith("numpy.") and path.count(".") == 1 and last not in _OF_SHAPES_ALONE)
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
