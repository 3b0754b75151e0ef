"""How each form of a recipe becomes an object.

A recipe is data of an unknown author: it can only use the names of `allowed`, read no file, and rebuild nothing from
a configuration.
"""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Any, Callable

from . import allowed, arguments, keras_api, shortage
from .keras_api import keras, np, tf
from .own_layers import DeclaredLayer, GivenLayer, ReadableLayer, ShapeLayer, TracedFunction
from .recipes import unknowns_in
from .unreadable import Unreadable

if TYPE_CHECKING:
    from .objects import Objects

_OPERATORS = frozenset(
    """
    add sub mul truediv floordiv mod pow matmul neg pos abs and_ or_ xor invert not_ eq ne lt le gt ge is_ is_not
    getitem
    """.split()
)
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function for function in (int, float, len, round, min, max)
}
_ATTRIBUTES = frozenset(
    """
    input inputs output outputs layers shape output_shape input_shape dtype ndim get_layer
    """.split()
)
_READS_A_FILE = frozenset({"vocabulary", "idf_weights", "filepath"})
_OF_A_CONFIGURATION = frozenset({"class_name", "config", "module", "registered_name"})
_WEIGHTS_BY_NAME = ("imagenet", "noisy-student")
_LARGEST = 2**63
_MOST_NUMBERS = 1_000_000


def _call(objects: Objects, node: dict[str, Any]) -> Any:
    path = node["call"]
    function = _public_object(path, node)
    args, kwargs = node["args"], dict(node["kwargs"])
    values = [
        _argument(objects, function, path, name, value) for name, value in arguments.named(function, args, kwargs)
    ]
    given = values[: len(args)]
    if not allowed.is_maker(path) and not objects.frames and not _holds_symbolic(values):
        raise Unreadable(f"{path} is not evaluated here")
    if objects.traces and _holds_symbolic(values):
        if path.startswith("numpy."):
            raise Unreadable(f"{path} is computed of values")
        if keras_api.TRACES_FUNCTIONS and path.startswith("tensorflow."):
            function = TracedFunction(function)
    return function(*given, **dict(zip(kwargs, values[len(args) :])))


def _argument(objects: Objects, function: Any, path: str, name: str, node: Any) -> Any:
    if name in _READS_A_FILE and isinstance(node, str) and not path.startswith("keras.callbacks."):
        raise Unreadable(f"{name} is read from a file")
    if name == "weights" and path.startswith("keras.applications.") and node not in _WEIGHTS_BY_NAME:
        return None
    if arguments.is_neutral(name):
        return _neutral(objects, function, name, node)
    unknown = list(unknowns_in(node))
    if all(number in objects.values for number in unknown):
        return objects.make(node)
    if name in arguments.parameters(function):
        raise Unreadable(*unknown)
    # An input shape that is not known, or a keyword that Keras does not know: it looks at the name of that only.
    return None


def _neutral(objects: Objects, function: Any, name: str, node: Any) -> Any:
    """The value of an argument that influences no shape, or what stands for it where it cannot be read."""
    try:
        if not list(unknowns_in(node)):
            return objects.make(node)
    except Unreadable:
        pass
    return arguments.neutral_value(function, name)


def _apply(objects: Objects, node: dict[str, Any]) -> Any:
    target = objects.make(node["apply"])
    if not callable(target):
        raise Unreadable("it calls what cannot be called")
    unknown = [value["unknown"] for value in node["args"] if isinstance(value, dict) and "unknown" in value]
    if any(not _is_symbolic(objects.values.get(number)) for number in unknown):
        # A stand-in is a number, and this is called on tensors.
        raise Unreadable(*unknowns_in(node["args"]))
    args = [objects.make(value) for value in node["args"]]
    return target(*args, **{name: objects.make(value) for name, value in node["kwargs"]})


def _inside(objects: Objects, node: dict[str, Any]) -> Any:
    with objects.tracing():
        made = objects.make(node["inside"])
    args = [objects.make(value) for value in node["args"]]
    return GivenLayer(made)(*args, **{name: objects.make(value) for name, value in node["kwargs"]})


def _attribute(objects: Objects, node: dict[str, Any]) -> Any:
    target, name = node["attribute"]
    if name not in _ATTRIBUTES:
        raise Unreadable(f"the attribute {name} is not evaluated")
    return getattr(objects.make(target), name)


def _item(objects: Objects, node: dict[str, Any]) -> Any:
    target, index = map(objects.make, node["item"])
    # A symbolic tensor of Keras 3 refuses a single slice that is no tuple, and what stands for data here does not.
    return target[(index,) if objects.traces and isinstance(index, slice) else index]


def _operation(objects: Objects, node: dict[str, Any]) -> Any:
    name = node["operation"]
    operands = [objects.make(operand) for operand in node["operands"]]
    symbolic = any(_is_symbolic(operand) for operand in operands)
    if name in _FUNCTIONS:
        return _FUNCTIONS[name](*operands)
    if name not in _OPERATORS or not all(map(_is_small, operands)) or (name == "pow" and not symbolic):
        raise Unreadable(f"the operation {name} is not evaluated")
    return getattr(operator, name)(*operands)


def comes_to(objects: Objects, node: Any) -> bool:
    """Whether the program comes to a node of a graph: whether its conditions hold."""
    conditions = node.get("if", ()) if isinstance(node, dict) else ()
    return all(bool(objects.make(condition)) is holds for condition, holds in conditions)


def bare(node: Any) -> Any:
    """A node of a graph without its conditions."""
    return node["node"] if isinstance(node, dict) and "node" in node else node


def _choose(objects: Objects, node: dict[str, Any]) -> Any:
    return objects.make(chosen(objects, node))


def chosen(objects: Objects, node: dict[str, Any]) -> Any:
    """The option that the program takes."""
    return node["options"][0 if objects.make(node["choose"]) else 1]


def _function(objects: Objects, node: dict[str, Any]) -> Any:
    def function(*args: Any) -> Any:
        with objects.called_with(args):
            return objects.make(node["function"]["result"])

    return function


def _parameter(objects: Objects, node: dict[str, Any]) -> Any:
    if not objects.frames:
        raise Unreadable("it stands outside its function")
    return objects.frames[-1].args[node["parameter"]]


def _layer(objects: Objects, node: dict[str, Any]) -> Any:
    function = objects.make(node["layer"])
    return ShapeLayer(function) if node.get("of") == "shape" else ReadableLayer(function)


def _declared(objects: Objects, node: dict[str, Any]) -> Any:
    return DeclaredLayer(tuple(objects.make(node["shape"])))


def _model(objects: Objects, node: dict[str, Any]) -> Any:
    if node["model"].get("kind") == "functional":
        return functional(objects, node["model"])
    return _sequential(objects, node)


def functional(objects: Objects, model: dict[str, Any]) -> Any:
    """The functional model of a graph; its nodes are made in order, so that none is nested in another one."""
    for node in model["nodes"]:
        try:
            if comes_to(objects, node):
                objects.make(bare(node))
        except Exception as error:  # noqa: BLE001 - what the outputs need is made again below, and tells its error there
            shortage.check(error)
    given = {name: objects.make(value) for name, value in model["arguments"]["kwargs"] if not list(unknowns_in(value))}
    inputs = objects.make(model["inputs"])
    known = {id(tensor) for tensor in keras.tree.flatten(inputs)}
    outputs = objects.make(model["outputs"])
    data = [made for number, made in objects.made.items() if objects.definitions[number].get("data")]
    behind = _behind(outputs) if data else set()
    data = [tensor for tensor in data if id(tensor) not in known and id(tensor) in behind]
    if data:
        # In the program, layers that are applied to data give constants; here they come from outside.
        inputs = [*keras.tree.flatten(inputs), *data]
    return keras.Model(inputs, outputs, **given)


def _behind(outputs: Any) -> set[int]:
    """The identities of all tensors that these come from."""
    waiting, found = list(keras.tree.flatten(outputs)), set[int]()
    while waiting:
        tensor = waiting.pop()
        if id(tensor) in found or not hasattr(tensor, "_keras_history"):
            continue
        found.add(id(tensor))
        layer, index, _ = tensor._keras_history  # noqa: SLF001
        if layer is not None:
            waiting += keras_api.inputs_of(keras_api.nodes_of(layer)[index])
    return found


def _sequential(objects: Objects, node: dict[str, Any]) -> Any:
    model = keras.Sequential(**sequential_arguments(objects, node["model"]["arguments"]))
    elements = [objects.make(element) for element in node["model"]["nodes"]]
    for element in elements:
        keras_api.add(model, element)
    if elements:
        keras_api.build_now(model, elements[-1])
    given = node["model"].get("input")
    if given is not None and not model.built:
        _build_before(model, tuple(objects.make(given["shape"])))
    return model


def _build_before(model: Any, shape: tuple[Any, ...]) -> None:
    """Build a model as the program did before it put it into another one: the other one is not to blame."""
    try:
        model.build(shape)
    except Exception as error:
        shortage.check(error)
        raise Unreadable("a model that cannot be built inside this one") from error


def sequential_arguments(objects: Objects, node: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `keras.Sequential` besides its layers; unknown ones are left out, as they change no shape."""
    given = dict(zip(("trainable", "name"), node["args"]), **dict(node["kwargs"]))
    return {name: objects.make(value) for name, value in given.items() if not list(unknowns_in(value))}


def _name(_: Objects, node: dict[str, Any]) -> Any:
    return None if node["name"] == "tensorflow.newaxis" else _public_object(node["name"], node)


def _public_object(path: str, node: dict[str, Any]) -> Any:
    try:
        return allowed.public_object(path, node.get("from", "keras"))
    except allowed.Missing as missing:
        raise Unreadable(str(missing)) from None
    except allowed.Forbidden:
        raise Unreadable(f"{path} is not evaluated") from None


def _unknown(objects: Objects, node: dict[str, Any]) -> Any:
    if node["unknown"] not in objects.values:
        raise Unreadable(node["unknown"])
    return objects.values[node["unknown"]]


def _dict(objects: Objects, node: dict[str, Any]) -> Any:
    pairs = [(objects.make(key), objects.make(value)) for key, value in node["dict"]]
    if any(key in _OF_A_CONFIGURATION for key, _ in pairs):
        raise Unreadable("a configuration is not evaluated")
    return dict(pairs)


def _tuple(objects: Objects, node: dict[str, Any]) -> Any:
    return tuple(objects.make(node["tuple"]))


def _slice(objects: Objects, node: dict[str, Any]) -> Any:
    return slice(*objects.make(node["slice"]))


def _numpy(objects: Objects, node: dict[str, Any]) -> Any:
    return np.dtype(node["numpy"]).type(objects.make(node["value"]))


def _array(_: Objects, node: dict[str, Any]) -> Any:
    """An array of this shape that takes no memory, or a small tensor."""
    if node.get("of") == "tensorflow":
        if tf is None:
            raise Unreadable("there is no TensorFlow here")
        if math.prod(node["array"]) > _MOST_NUMBERS:
            raise Unreadable("a tensor that is too large to be made here")
        return tf.zeros(node["array"], node["dtype"])
    return np.broadcast_to(np.zeros((), node["dtype"]), tuple(node["array"]))


def _float(_: Objects, node: dict[str, Any]) -> Any:
    return float(node["float"])


def _complex(objects: Objects, node: dict[str, Any]) -> Any:
    return complex(*objects.make(node["complex"]))


def _bytes(_: Objects, node: dict[str, Any]) -> Any:
    return bytes.fromhex(node["bytes"])


def _ellipsis(*_: Any) -> Any:
    return ...


FORMS: dict[str, Callable[[Any, Any], Any]] = {
    "call": _call,
    "apply": _apply,
    "inside": _inside,
    "attribute": _attribute,
    "item": _item,
    "operation": _operation,
    "choose": _choose,
    "function": _function,
    "parameter": _parameter,
    "layer": _layer,
    "declared": _declared,
    "model": _model,
    "name": _name,
    "unknown": _unknown,
    "dict": _dict,
    "array": _array,
    "tuple": _tuple,
    "slice": _slice,
    "numpy": _numpy,
    "float": _float,
    "complex": _complex,
    "bytes": _bytes,
    "ellipsis": _ellipsis,
}


def _is_symbolic(value: Any) -> bool:
    return hasattr(value, "shape") and hasattr(value, "dtype")


def _holds_symbolic(value: Any) -> bool:
    """Whether a value is a tensor, or a container that holds one."""
    if isinstance(value, dict):
        value = list(value.values())
    return any(map(_holds_symbolic, value)) if isinstance(value, (list, tuple)) else _is_symbolic(value)


def _is_small(value: Any) -> bool:
    """Whether arithmetic with the value costs no more than a machine number's."""
    if isinstance(value, (str, bytes, tuple, list, dict)):
        return False
    return not isinstance(value, int) or abs(value) < _LARGEST
