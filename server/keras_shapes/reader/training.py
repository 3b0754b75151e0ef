"""Training calls on a model, and what an unbuilt model would be built from."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.data import Array, Dataset, Fact, Features
from keras_shapes.model import Argument, Attribute, Call, InputSource, PublicName, TrainingCall, Unknown
from keras_shapes.reader.choices import settled
from keras_shapes.reader.features import with_features
from keras_shapes.reader.library import data_of, preprocessed_by
from keras_shapes.reader.python_lists import fed
from keras_shapes.reader.symbolic import is_symbolic
from keras_shapes.reader.values import Added, Choice, Items, SequentialValue, Trained, Value
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

FEEDING = frozenset(
    {
        "fit",
        "evaluate",
        "predict",
        "fit_generator",
        "evaluate_generator",
        "predict_generator",
        "predict_on_batch",
        "train_on_batch",
        "test_on_batch",
        "predict_classes",
        "predict_proba",
        "__call__",
    }
)
_OF_TEXTS = frozenset(
    {"TextVectorization", "StringLookup", "Hashing", "HashedCrossing", "Input", "InputLayer", "Lambda"}
)
_TEXTS = ("object", "str", "<U")
_OBJECTS = ("keras.callbacks.", "keras.layers.", "keras.applications.", "keras.optimizers.")
TRAINING_METHODS = FEEDING | {"compile"}


def note_training(
    it: Interpreter, model: SequentialValue, method: str, arguments: tuple[Argument, ...], node: ast.AST
) -> Value:
    """Note a training call, and give what it returns."""
    if method in FEEDING:
        arguments = tuple(with_features(it, fed(it, argument, node)) for argument in arguments)
    call = TrainingCall(method, arguments, it.span(node), _name_span(it, node), it.expects_error, it.caught)
    source = input_from(it, model, call) if method in FEEDING else None
    it.happen(model, Trained(call, source))
    match method:
        case "compile":
            return None
        case "fit" | "fit_generator":
            return it.unknown("a training history", node)
        case "__call__":
            preprocessed = preprocessed_by(model, call.arguments)
            return _prediction(it, call, node) if preprocessed is None else preprocessed
        case "predict" | "predict_on_batch" | "predict_proba":
            return _prediction(it, call, node)
        case _:
            return it.unknown("a number that training gives", node, kind="float")


def note_other(
    it: Interpreter, model: SequentialValue, method: str, arguments: tuple[Argument, ...], node: ast.AST
) -> None:
    """Note a call that takes no data: Keras may refuse what it is given. The program may be prepared for that."""
    if it.caught:
        return
    call = TrainingCall(method, arguments, it.span(node), _name_span(it, node), it.expects_error, it.caught)
    it.happen(model, Trained(call, None))


def is_no_path(value: Value) -> bool:
    """Whether something surely names no file: an object of Keras, a model, a container or an array."""
    match value:
        case Call(target=PublicName(path=path)):
            return path == "keras.Model" or path.startswith(_OBJECTS)
        case Array(shape=shape):
            return bool(shape)  # an array without axes may be a text
        case SequentialValue() | list() | tuple() | dict():
            return True
        case _:
            return False


def input_from(it: Interpreter, model: SequentialValue, call: TrainingCall) -> InputSource | Unknown | None:
    """What the data of a training call would build a model from; only data of known rank tells."""
    given = call.argument("x", 0) or call.argument("generator", 0) or call.argument("inputs", 0)
    if given is None:
        return None
    value = data_of(settled(given.value, it.guards))
    if isinstance(value, Features):
        return InputSource((value.shape,), "float32", "fit", given.value_span, f"input from {_short_text(it, given)}")
    shape, dtype = _shape(value)
    if shape is None:
        return (
            value if isinstance(value, Unknown) else it.unknown(f"the shape of {_short_text(it, given)} is not known")
        )
    if _holds_texts(value) and not _takes_texts(model):
        return it.unknown(f"{_short_text(it, given)} holds no numbers")
    origin = "call" if call.method == "__call__" else "fit"
    if origin == "fit" and isinstance(value, Array) and value.library == "pandas" and len(shape) == 1:
        shape = (*shape, 1)  # Keras makes a table with one column of a series
    return InputSource(
        shape if _gives_samples(value) else (None, *shape[1:]),
        dtype,
        origin,
        given.value_span,
        f"input from {_short_text(it, given)}{_cell(it, given)}",
    )


def _holds_texts(value: Value) -> bool:
    if not isinstance(value, Array):
        return False
    return Fact.TEXTS in value.provenance if value.dtype is None else value.dtype.startswith(_TEXTS)


def _takes_texts(model: SequentialValue) -> bool:
    """Whether a model may begin with a layer that takes texts: any that is not known to take numbers."""
    added = (event.happening.element.expression for event in model.events if isinstance(event.happening, Added))
    first = next(added, None)
    return not isinstance(first, Call) or first.target.last in _OF_TEXTS


def _gives_samples(value: Value) -> bool:
    """Whether data come one sample at a time: a model that is built from them has no batch axis."""
    return isinstance(value, Dataset) and value.library == "tf.data" and value.batched == 0


def symbolic_input(it: Interpreter, value: Value, node: ast.AST) -> InputSource | None:
    """What a call on a symbolic tensor builds a model from: the tensor, whose shape Keras knows."""
    value = settled(value, it.guards)
    if isinstance(value, Array) and value.library == "keras" and value.shape is not None:
        return InputSource(value.shape, value.dtype, "call", it.span(node), "input from its call")
    if not is_symbolic(value) or isinstance(value, Choice):
        return None
    shape = symbolic_shape(value)
    if shape is None:
        return InputSource(
            (Attribute(value, "shape", it.span(node)),), None, "call", it.span(node), "input from its call"
        )
    return InputSource(shape, None, "call", it.span(node), "input from its call")


def symbolic_shape(value: Value) -> tuple[Value, ...] | None:
    """The shape of `keras.Input(…)` with the batch axis, where the source says it."""
    if not isinstance(value, Call) or value.target.path != "keras.Input":
        return None
    shape = value.argument("shape", 0)
    if shape is not None and isinstance(shape.value, (tuple, list)):
        return (None, *shape.value)
    batch_shape = value.argument("batch_shape")
    if batch_shape is not None and isinstance(batch_shape.value, (tuple, list)):
        return tuple(batch_shape.value)
    return None


def _shape(value: Value) -> tuple[tuple[Value, ...] | None, str | None]:
    match value:
        case Array(shape=shape, dtype=dtype) if shape:
            return shape, dtype
        case Dataset(element=element):
            first = element[0] if isinstance(element, tuple) and element else element
            return _shape(first) if isinstance(first, Array) else (None, None)
        case Items(item=Array(shape=shape)) if shape is not None:
            return None, None
        case _:
            return None, None


def _prediction(it: Interpreter, call: TrainingCall, node: ast.AST) -> Value:
    given = call.argument("x", 0) or call.argument("inputs", 0)
    value = settled(given.value, it.guards) if given is not None else None
    if isinstance(value, Unknown):
        return Unknown(value.reason, value.span, name=None, key=("prediction", node))
    return Array(None, "float32", origin=f"what {call.method}() gives", span=it.span(node), library="numpy")


def _name_span(it: Interpreter, node: ast.AST) -> Span:
    from keras_shapes.reader.sequential import name_span

    return name_span(it, node)


def _short_text(it: Interpreter, argument: Argument) -> str:
    if it.source.foreign:
        return "the data"
    text = " ".join(it.source.document.slice(argument.value_span).split())
    return text if len(text) <= 40 else text[:37] + "…"


def _cell(it: Interpreter, argument: Argument) -> str:
    cell = None if it.source.foreign else it.source.document.cell(argument.value_span.start)
    return f", cell {cell.number}" if cell is not None else ""
