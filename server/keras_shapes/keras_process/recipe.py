"""Models in the language of the worker: JSON that says how each layer is made, and nothing else.

A recipe holds no span and no name of the user's: unknowns are numbered in order of their first appearance, calls by
`id`. Two models with equal recipes have the same verdict, so that the text of a recipe is the key of a cache.

| JSON | means |
|---|---|
| `null`, `true`, `1`, `1.5`, `"relu"`, `[…]` | themselves |
| `{"tuple": […]}`, `{"dict": [[key, value], …]}`, `{"slice": [start, stop, step]}`, `{"ellipsis": true}` | Python's |
| `{"float": "inf"}`, `{"complex": [re, im]}`, `{"bytes": "00ff"}`, `{"numpy": "int64", "value": 10}` | numbers, bytes |
| `{"name": "keras.activations.relu"}` | a public name |
| `{"call": "keras.layers.Dense", "id": 7, "args": […], "kwargs": [[name, value], …]}` | a call of a public name |
| `{"call": "keras.Input", "data": true, …}` | data, as a tensor of their shape |
| `{"apply": expression, "id", "args", "kwargs"}` | a layer, model or function called on symbolic tensors |
| `{"inside": expression, "args", "kwargs", "id"}` | a layer of the user's, whose `call` makes that of these tensors |
| `{"attribute": [expression, "output"]}`, `{"item": [expression, index]}` | parts of Keras objects |
| `{"operation": "add", "operands": […], "id"}` | a function of the module `operator` |
| `{"choose": expression, "options": [if true, if false], "id"}` | what the program chooses by what Keras knows |
| `{"function": {"parameters": 1, "result": expression}}`, `{"parameter": 0}` | a readable function |
| `{"code": "MyLayer", "source": text, "id", "args", "kwargs"}` | the user's code, called if it has arguments |
| `{"layer": function, "id"}` | a layer of the user's whose `call` is that function |
| `{"layer": function, "of": "shape", "id"}` | one whose `compute_output_shape` is that function |
| `{"declared": expression, "shape": […], "id"}` | a layer whose output shape is declared |
| `{"model": {"nodes": […], "arguments": {"args", "kwargs"}}, "id"}` | a `Sequential` inside a model |
| `{"model": {…, "kind": "functional", "inputs", "outputs"}, "id"}` | a functional model inside a model |
| `{"model": {…, "input": {"shape": […], "dtype"}}, "id"}` | one that was built with this input before |
| `{"array": [60000, 10], "dtype": "float32"}` | data, of which only the shape is known |
| `{"array": [10], "dtype": "float32", "of": "tensorflow"}` | a tensor or variable of TensorFlow |
| `{"unknown": 0, "kind": "int"}` | a value that the reader cannot know; `kind` is its type where that is known |
| `{"ref": 7}` | the same object as the call with that id |

The nodes of a `Sequential` make its layers; those of every other graph are applications, in an order in which each
refers to earlier ones only. `{"node": …, "if": [[expression, true], …], "aside": true}` is one that the program comes
to where these expressions are true, or false; one that stands aside is made and not told. A graph says its `kind`, and
a functional model its `inputs` and `outputs`.

`"from": "tf.keras"` (or `"tensorflow.python.keras"`) beside a public name says which Keras it comes from.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from keras_shapes.data import Array
from keras_shapes.model import (
    Apply,
    Argument,
    Attribute,
    Call,
    Chosen,
    Declared,
    Expression,
    Flavour,
    InputSource,
    Item,
    Model,
    Node,
    NumpyNumber,
    Operation,
    Parameter,
    PublicName,
    ReadableFunction,
    Settings,
    Unknown,
    UserCode,
    family,
)

Json = Any

LEGACY = "tensorflow.python.keras"

_MAX_DEPTH = 60
_MAX_NODES = 50_000
_MAX_TEXT = 4_096
_MAX_BITS = 256


@dataclass(frozen=True, slots=True)
class Recipe:
    """A model as the worker gets it, and what its numbers mean.

    `expressions` holds the expression with `id` n at n; `unknowns` the `Unknown` (or other unreadable expression)
    with number n at n. `key` is the canonical text of `data`.
    """

    data: dict[str, Json]
    key: str
    expressions: tuple[Expression, ...]
    unknowns: tuple[Expression, ...]


def encode_model(model: Model, encoder: Encoder | None = None) -> Recipe:
    """The recipe of one model. Never raises: what has no form in the language becomes an unknown.

    An `encoder` of one's own can go on to encode what belongs to the model, with the same numbers.
    """
    encoder = encoder or encoder_for(model)
    data: dict[str, Json] = {
        "flavour": LEGACY if encoder.legacy else model.flavour,
        "settings": _settings(model.settings),
        "nodes": [] if model.incomplete else encoder.elements(model),
        "arguments": encoder.arguments(model.arguments),
        "input": encoder.input(model.input),
        **encoder.ends(model),
    }
    key = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return Recipe(data, key, tuple(encoder.expressions), tuple(encoder.unknowns))


def encoder_for(model: Model) -> Encoder:
    """An encoder without the user's code."""
    return Encoder(model.flavour == LEGACY, own=model.flavour)


def request(recipes: Sequence[Recipe]) -> dict[str, Json]:
    """The request that asks the worker for the verdicts of these recipes."""
    return {"models": [recipe.data for recipe in recipes]}


def encode(models: Sequence[Model]) -> dict[str, Json]:
    """The request for these models."""
    return request([encode_model(model) for model in models])


def _is_unpacked(value: Expression) -> bool:
    """Whether arguments of a call are unpacked from something that is not known."""
    arguments = value.arguments if isinstance(value, Call | Apply | UserCode) else None
    return any(argument.name in ("*", "**") for argument in arguments or ())


def _settings(settings: Settings) -> dict[str, Json]:
    values = {
        "image_data_format": settings.image_data_format,
        "floatx": settings.floatx,
        "dtype_policy": settings.dtype_policy,
    }
    return {name: value for name, value in values.items() if value is not None}


@dataclass
class Encoder:
    """Numbers objects and unknowns as it meets them.

    With `code`, the user's own code goes in with its source, and `uses_code` tells that it did. Without, `code_off`
    says why. A `legacy` model is one of a Keras that is not there: another one shows what shapes it may have.
    Layers of another `family` than the model's do not fit into it; where `families` says so, all are one Keras.
    """

    legacy: bool
    code: bool = False
    code_off: str | None = None
    own: Flavour = "keras"
    tf_keras: bool = False
    """Whether `tf.keras` means `tf_keras`."""
    uses_code: bool = False
    expressions: list[Expression] = field(default_factory=list)
    unknowns: list[Expression] = field(default_factory=list)
    ids: dict[int, int] = field(default_factory=dict)
    numbers: dict[object, int] = field(default_factory=dict)
    nodes: int = 0

    def elements(self, model: Model) -> list[Json]:
        """The nodes of the model itself."""
        if model.kind == "sequential":
            return [self.element(element.expression) for element in model.nodes]
        return [self.node(node) for node in model.nodes]

    def node(self, node: Node, depth: int = 0) -> Json:
        """A node, under its conditions."""
        conditions = [[self.encode(each.expression, depth), each.holds] for each in node.conditions]
        form = self.encode(node.expression, depth)
        return {"node": form, "if": conditions, "aside": node.aside} if conditions or node.aside else form

    def element(self, expression: Expression) -> Json:
        """A layer of the model; layers of another Keras than the model's cannot be mixed with it."""
        if isinstance(expression, Call) and self.family(expression.target.flavour) != self.family(self.own):
            other, own = expression.target.flavour, self.family(self.own)
            return self.unknown(Unknown(f"a layer of {other} does not fit into a model of {own}", expression.span))
        return self.encode(expression)

    def family(self, flavour: Flavour) -> str:
        """Which Keras a flavour means in this program."""
        return family(flavour, legacy=self.tf_keras)

    def encode(self, value: Expression, depth: int = 0) -> Json:
        """What the table above says of an expression."""
        self.nodes += 1
        if depth > _MAX_DEPTH or self.nodes > _MAX_NODES:
            return self.unknown(value)
        inner = depth + 1
        match value:
            case None | bool():
                return value
            case int():
                return value if value.bit_length() <= _MAX_BITS else self.unknown(value)
            case str():
                return value if len(value) <= _MAX_TEXT else self.unknown(value)
            case float():
                return value if math.isfinite(value) else {"float": repr(value)}
            case complex():
                return {"complex": [self.encode(value.real), self.encode(value.imag)]}
            case bytes():
                return {"bytes": value.hex()} if len(value) <= _MAX_TEXT else self.unknown(value)
            case list():
                return [self.encode(item, inner) for item in value]
            case tuple():
                return {"tuple": [self.encode(item, inner) for item in value]}
            case dict():
                return {"dict": [[self.encode(key, inner), self.encode(item, inner)] for key, item in value.items()]}
            case slice():
                return {"slice": [self.encode(part, inner) for part in (value.start, value.stop, value.step)]}
            case NumpyNumber():
                return {"numpy": value.dtype, "value": self.encode(value.value)}
            case PublicName():
                return {"name": value.path, **self.origin(value)}
            case Parameter():
                return {"parameter": value.index}
            case Array(library="keras", shape=tuple()):
                return self.object(value, inner)  # a symbolic tensor: met again, it is the same one
            case Array():
                return self.array(value)
            case Unknown():
                return self.unknown(value)
            case _ if value is ...:
                return {"ellipsis": True}
            case _:
                return self.object(value, inner)

    def object(self, value: Expression, depth: int) -> Json:
        """An expression with an identity: the second time it is met, it is a reference."""
        if id(value) in self.ids:
            return {"ref": self.ids[id(value)]}
        if _is_unpacked(value):
            return self.unknown(Unknown("its arguments are not known", key=("unpacked", id(value))))
        match value:
            case Attribute():
                return {"attribute": [self.encode(value.target, depth), value.name]}
            case UserCode(source=source, readable=None, output_shape=None) if not (self.code and source):
                return self.unknown(value)
            case Model(incomplete=Unknown()):
                return self.unknown(value)
            case Array() | Call() | Apply() | Item() | Operation() | Chosen() | ReadableFunction():
                return self.numbered(value, depth)
            case UserCode() | Declared() | Model():
                return self.numbered(value, depth)
        return self.unknown(value)

    def numbered(self, value: Expression, depth: int) -> Json:
        """The form of an expression with its number, which it gets before its parts: it may contain itself."""
        number = self.identity(value)
        return {**self.form(value, depth), "id": number}

    def form(self, value: Expression, depth: int) -> dict[str, Json]:
        """What the table above says of an expression with an identity."""
        match value:
            case Call():
                return {
                    "call": value.target.path,
                    **self.origin(value.target),
                    **self.arguments(value.arguments, depth),
                }
            case Apply(target=UserCode() as layer, inside=inside) if inside is not None and self.unread(layer):
                return {"inside": self.encode(inside, depth), **self.arguments(value.arguments, depth)}
            case Apply():
                return {"apply": self.encode(value.target, depth), **self.arguments(value.arguments, depth)}
            case Array():
                dtype = [] if value.dtype is None else [["dtype", value.dtype]]
                named = [["batch_shape", self.encode(value.shape, depth)], *dtype]
                return {"call": "keras.Input", "data": True, "args": [], "kwargs": named}
            case Item():
                return {"item": [self.encode(value.target, depth), self.encode(value.index, depth)]}
            case Chosen():
                options = [self.encode(option, depth) for option in value.options]
                return {"choose": self.encode(value.condition, depth), "options": options}
            case Operation():
                operands = [self.encode(operand, depth) for operand in value.operands]
                return {"operation": value.operator, "operands": operands}
            case ReadableFunction():
                return {"function": {"parameters": value.parameters, "result": self.encode(value.result, depth)}}
            case UserCode(source=source) if self.code and source:
                self.uses_code = True
                given = {} if value.arguments is None else self.arguments(value.arguments, depth)
                return {"code": value.name, "source": source, **given}
            case UserCode(output_shape=ReadableFunction() as of_shape, arguments=tuple()):
                return {"layer": self.encode(of_shape, depth), "of": "shape"}
            case UserCode(readable=ReadableFunction() as readable):
                return (
                    self.form(readable, depth) if value.arguments is None else {"layer": self.encode(readable, depth)}
                )
            case Declared():
                shape = [self.encode(size, depth) for size in value.shape]
                return {"declared": self.encode(value.expression, depth), "shape": shape}
            case Model():
                return {"model": self.nested(value, depth)}
        raise TypeError(f"{value!r} has no identity")

    def unread(self, layer: UserCode) -> bool:
        """Whether a layer of the user's is neither run, nor told by the function that says its shape."""
        return not (self.code and layer.source) and layer.output_shape is None

    def nested(self, model: Model, depth: int) -> dict[str, Json]:
        """A model inside a model. Its place decides what it gets as input, unless it was built before."""
        nodes = [self.node(node, depth) for node in model.nodes]
        built = {} if model.input is None or self.legacy else {"input": self.input(model.input)}
        return {"nodes": nodes, "arguments": self.arguments(model.arguments, depth), **built, **self.ends(model)}

    def ends(self, model: Model) -> dict[str, Json]:
        """What a graph begins and ends with; nothing for a `Sequential`, where the order says it."""
        match model.kind:
            case "sequential":
                return {}
            case _ if model.ends:
                return {"kind": model.kind, "inputs": self.encode(model.inputs), "outputs": self.encode(model.outputs)}
            case _:
                return {"kind": model.kind}

    def arguments(self, arguments: Sequence[Argument], depth: int = 0) -> dict[str, Json]:
        """Positional and keyword arguments; of a keyword given twice, the last counts."""
        return {
            "args": [self.encode(argument.value, depth) for argument in arguments if argument.name is None],
            "kwargs": [
                [argument.name, self.encode(argument.value, depth)]
                for argument in arguments
                if argument.name is not None
            ],
        }

    def input(self, source: InputSource | None) -> Json:
        """The input shape of a model that declares none."""
        if source is None:
            return None
        return {"shape": [self.encode(size) for size in source.shape], "dtype": source.dtype}

    def array(self, array: Array) -> Json:
        """Data, if its shape is known in full; its values are not passed on."""
        if array.shape is None or not all(isinstance(size, int) for size in array.shape):
            return self.unknown(array)
        of = {"of": "tensorflow"} if array.library == "tensorflow" else {}
        return {"array": list(array.shape), "dtype": array.dtype or "float32", **of}

    def unknown(self, value: Expression) -> Json:
        """A value that nobody can read; one that is met again has the same number."""
        key = value.key if isinstance(value, Unknown) and value.key is not None else id(value)
        if key not in self.numbers:
            self.numbers[key] = len(self.unknowns)
            self.unknowns.append(self._with_reason(value))
        kind = value.kind if isinstance(value, Unknown) else None
        form: dict[str, Json] = {"unknown": self.numbers[key]}
        if kind is not None:
            form["kind"] = kind
        elif not isinstance(value, Unknown):
            form["kind"] = "object"
        return form

    def _with_reason(self, value: Expression) -> Expression:
        if isinstance(value, UserCode) and self.code_off is not None:
            return replace(value, reason=f"{value.reason} ({self.code_off})")
        return value

    def origin(self, name: PublicName) -> dict[str, Json]:
        """Which Keras a name comes from."""
        if name.flavour == "tf_keras" and self.legacy:
            return {"from": LEGACY}
        return {} if name.flavour == "keras" else {"from": name.flavour}

    def identity(self, value: Expression) -> int:
        """The number of an expression that is met for the first time."""
        number = self.ids[id(value)] = len(self.expressions)
        self.expressions.append(value)
        return number
