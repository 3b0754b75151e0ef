"""Recipes become Keras objects.

A recipe is data of an unknown author: it can only use the names of `allowed`, read no file, and rebuild nothing
from a configuration.
"""

from __future__ import annotations

import contextlib
import operator
from collections.abc import Iterator
from typing import Any, Tuple, Union

import keras
import numpy

from . import allowed, arguments
from .recipes import children, unknowns_in

Because = Tuple[Union[int, str], ...]
"""Why something is not known: numbers of unknowns, and plain reasons."""

_OPERATORS = frozenset(
    """
    add sub mul truediv floordiv mod pow matmul neg pos abs and_ or_ xor invert not_ eq ne lt le gt ge getitem
    """.split()
)
_ATTRIBUTES = frozenset({"input", "inputs", "output", "outputs", "layers", "shape", "dtype", "ndim", "get_layer"})
_READS_A_FILE = frozenset({"vocabulary", "idf_weights", "filepath"})
_WEIGHTS_BY_NAME = frozenset({"imagenet", "noisy-student"})
_LARGEST = 2**63


class Unreadable(Exception):
    """The recipe cannot be evaluated; `because` says why."""

    def __init__(self, *because: int | str) -> None:
        super().__init__(*because)
        self.because: Because = because


class Objects:
    """The Keras objects of one evaluation: each call of the recipe is made once, when it is first needed.

    `definitions` are the expressions of the recipe by id, `values` the stand-ins of unknown numbers.
    """

    def __init__(self, definitions: dict[int, Any], values: dict[int, Any]) -> None:
        self.definitions = definitions
        self.values = values
        self.made: dict[int, Any] = {}
        self.failed: int | None = None
        self._under_way: set[int] = set()
        self._frames: list[dict[str, Any]] = []

    def id_of(self, thing: Any) -> int | None:
        """The id of the call that made an object."""
        return next((number for number, made in self.made.items() if made is thing), None)

    def made_already(self, node: Any) -> Any:
        """The layer of an element that `make` has made."""
        made = self.make(node)
        history = getattr(made, "_keras_history", None)
        return made if history is None else history[0]

    def make(self, node: Any) -> Any:
        """The object that an expression means.

        Raises:
            Unreadable: part of it is unknown.
            Exception: whatever Keras raises; `failed` is then the id of the innermost call that raised.
        """
        if isinstance(node, list):
            return [self.make(item) for item in node]
        if not isinstance(node, dict):
            return node
        if "ref" in node:
            return self._once(node["ref"])
        if "id" in node:
            self.definitions.setdefault(node["id"], node)
            return self._once(node["id"])
        for form, method in FORMS.items():
            if form in node:
                return method(self, node)
        raise Unreadable("it has no form that is understood here")

    def _once(self, number: int) -> Any:
        node = self.definitions[number]
        made = self._frames[-1]["made"] if self._frames and _has_parameter(node) else self.made
        if number in made:
            return made[number]
        if number in self._under_way:
            raise Unreadable("it contains itself")
        self._under_way.add(number)
        try:
            made[number] = self._make(node)
        except Unreadable:
            raise
        except Exception:
            if self.failed is None:
                self.failed = number
            raise
        finally:
            self._under_way.discard(number)
        return made[number]

    def _make(self, node: dict[str, Any]) -> Any:
        for form, method in FORMS.items():
            if form in node:
                return method(self, node)
        raise Unreadable("it has no form that is understood here")

    def _call(self, node: dict[str, Any]) -> Any:
        path, flavour = node["call"], node.get("from", "keras")
        try:
            function = allowed.public_object(path, flavour)
        except allowed.Missing:
            raise Unreadable(f"this Keras has no {path}") from None
        except allowed.Forbidden:
            raise Unreadable(f"{path} is not evaluated") from None
        args, kwargs = self._arguments(function, node, path)
        if not allowed.is_maker(path) and not self._frames and not any(_is_symbolic(value) for value in args):
            raise Unreadable(f"{path} is not evaluated here")
        return function(*args, **kwargs)

    def _arguments(self, function: Any, node: dict[str, Any], path: str) -> tuple[list[Any], dict[str, Any]]:
        args, kwargs = node["args"], dict(node["kwargs"])
        known = arguments.parameters(function)
        values = [
            self._argument(function, name, value, name in known, path)
            for name, value in arguments.named(function, args, kwargs)
        ]
        return values[: len(args)], dict(zip(kwargs, values[len(args) :]))

    def _argument(self, function: Any, name: str, node: Any, accepted: bool, path: str) -> Any:
        unknown = tuple(unknowns_in(node))
        if name in _READS_A_FILE and isinstance(node, str):
            raise Unreadable(f"{name} is read from a file")
        if name == "weights" and path.startswith("keras.applications.") and node not in _WEIGHTS_BY_NAME:
            return None
        if arguments.is_neutral(name):
            return self._neutral(function, name, node)
        if not unknown:
            return self.make(node)
        if all(number in self.values for number in unknown):
            return self.make(node)
        if accepted:
            raise Unreadable(*unknown)
        # An input shape that is not known, or a keyword that Keras does not know: it looks at the name of that only.
        return None

    def _neutral(self, function: Any, name: str, node: Any) -> Any:
        """The value of an argument that influences no shape, or what stands for it where it cannot be read."""
        try:
            if not list(unknowns_in(node)):
                return self.make(node)
        except Unreadable:
            pass
        return arguments.neutral_value(function, name)

    def _apply(self, node: dict[str, Any]) -> Any:
        target = self.make(node["apply"])
        if not callable(target):
            raise Unreadable("it calls what cannot be called")
        args = [self.make(value) for value in node["args"]]
        kwargs = {name: self.make(value) for name, value in node["kwargs"]}
        return target(*args, **kwargs)

    def _attribute(self, node: dict[str, Any]) -> Any:
        target, name = node["attribute"]
        if name not in _ATTRIBUTES:
            raise Unreadable(f"the attribute {name} is not evaluated")
        return getattr(self.make(target), name)

    def _item(self, node: dict[str, Any]) -> Any:
        target, index = node["item"]
        return self.make(target)[self.make(index)]

    def _operation(self, node: dict[str, Any]) -> Any:
        name = node["operation"]
        operands = [self.make(operand) for operand in node["operands"]]
        if name not in _OPERATORS or not all(_is_small(operand) for operand in operands):
            raise Unreadable(f"the operation {name} is not evaluated")
        if name == "pow" and not any(_is_symbolic(operand) for operand in operands):
            raise Unreadable(f"the operation {name} is not evaluated")
        return getattr(operator, name)(*operands)

    def _function(self, node: dict[str, Any]) -> Any:
        def function(*args: Any) -> Any:
            with self._frame(args):
                return self.make(node["function"]["result"])

        return function

    @contextlib.contextmanager
    def _frame(self, args: tuple[Any, ...]) -> Iterator[None]:
        self._frames.append({"args": args, "made": {}})
        try:
            yield
        finally:
            self._frames.pop()

    def _parameter(self, node: dict[str, Any]) -> Any:
        if not self._frames:
            raise Unreadable("it stands outside its function")
        return self._frames[-1]["args"][node["parameter"]]

    def _layer(self, node: dict[str, Any]) -> Any:
        return _OwnLayer(self.make(node["layer"]))

    def _declared(self, node: dict[str, Any]) -> Any:
        unknown = [number for number in unknowns_in(node["shape"]) if number not in self.values]
        if unknown:
            raise Unreadable(*unknown)
        return _DeclaredLayer(tuple(self.make(node["shape"])))

    def _model(self, node: dict[str, Any]) -> Any:
        model = keras.Sequential(**sequential_arguments(self, node["model"]["arguments"]))
        elements = [self.make(element) for element in node["model"]["elements"]]
        for index, element in enumerate(elements):
            model.add(element, rebuild=index == len(elements) - 1)
        return model

    def _name(self, node: dict[str, Any]) -> Any:
        path = node["name"]
        if path.startswith("tensorflow.") and path.count(".") == 1 and path.rpartition(".")[2] == "newaxis":
            return None
        try:
            return allowed.public_object(path, node.get("from", "keras"))
        except allowed.Missing:
            raise Unreadable(f"this Keras has no {path}") from None
        except allowed.Forbidden:
            raise Unreadable(f"{path} is not evaluated") from None

    def _unknown(self, node: dict[str, Any]) -> Any:
        number = node["unknown"]
        if number not in self.values:
            raise Unreadable(number)
        return self.values[number]

    def _dict(self, node: dict[str, Any]) -> Any:
        pairs = [(self.make(key), self.make(value)) for key, value in node["dict"]]
        if any(key in ("class_name", "config", "module", "registered_name") for key, _ in pairs):
            raise Unreadable("a configuration is not evaluated")
        return dict(pairs)

    def _array(self, node: dict[str, Any]) -> Any:
        return numpy.broadcast_to(numpy.zeros((), node["dtype"]), tuple(node["array"]))


def sequential_arguments(objects: Objects, node: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `keras.Sequential` besides its layers."""
    names = ("trainable", "name")
    given = dict(zip(names, node["args"]), **dict(node["kwargs"]))
    return {name: objects.make(value) for name, value in given.items() if not list(unknowns_in(value))}


FORMS = {
    "call": Objects._call,
    "apply": Objects._apply,
    "attribute": Objects._attribute,
    "item": Objects._item,
    "operation": Objects._operation,
    "function": Objects._function,
    "parameter": Objects._parameter,
    "layer": Objects._layer,
    "declared": Objects._declared,
    "model": Objects._model,
    "name": Objects._name,
    "unknown": Objects._unknown,
    "dict": Objects._dict,
    "array": Objects._array,
    "tuple": lambda self, node: tuple(self.make(item) for item in node["tuple"]),
    "slice": lambda self, node: slice(*(self.make(part) for part in node["slice"])),
    "numpy": lambda self, node: numpy.dtype(node["numpy"]).type(self.make(node["value"])),
    "float": lambda self, node: float(node["float"]),
    "complex": lambda self, node: complex(*(self.make(part) for part in node["complex"])),
    "bytes": lambda self, node: bytes.fromhex(node["bytes"]),
    "ellipsis": lambda self, node: ...,
}


class _StandIn(keras.layers.Layer):
    """A layer whose output shape is known, and not its weights."""

    is_stand_in = True


class _OwnLayer(_StandIn):
    """A layer of the user's whose `call`, or whose output shape, is a readable function."""

    def __init__(self, function: Any) -> None:
        super().__init__()
        self.function = function

    def call(self, inputs: Any) -> Any:
        result = self.function(inputs)
        if isinstance(result, (tuple, list)) and all(size is None or isinstance(size, int) for size in result):
            return keras.ops.zeros([size or 1 for size in result], inputs.dtype)
        return result


class _DeclaredLayer(_StandIn):
    """A layer of which only the output shape is known."""

    def __init__(self, shape: tuple[Any, ...]) -> None:
        super().__init__()
        self.shape = shape

    def call(self, inputs: Any) -> Any:
        return inputs

    def compute_output_spec(self, inputs: Any) -> Any:
        return keras.KerasTensor(self.shape, dtype=self.compute_dtype)


def _has_parameter(node: Any) -> bool:
    if isinstance(node, dict) and ("parameter" in node):
        return True
    return any(_has_parameter(child) for child in children(node))


def _is_symbolic(value: Any) -> bool:
    return hasattr(value, "shape") and hasattr(value, "dtype")


def _is_small(value: Any) -> bool:
    if isinstance(value, (str, bytes, tuple, list, dict)):
        return False
    return not isinstance(value, int) or abs(value) < _LARGEST
