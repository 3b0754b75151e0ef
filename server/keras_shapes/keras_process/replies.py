"""Verdicts out of the worker's replies. A reply is of an unknown author: every part is checked before it is used."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from keras_shapes.keras_process.recipe import Recipe, encode_model
from keras_shapes.model import Apply, Call, Declared, Expression, Model, Unknown, UserCode
from keras_shapes.verdict import (
    Built,
    Costs,
    Dim,
    LayerVerdict,
    Multiple,
    Named,
    Refused,
    Shape,
    Unavailable,
    UnknownRank,
    UnknownSize,
    Verdict,
    Weight,
)

Json = Any

_MAX_MESSAGE = 4_000
_MAX_NAME = 200
_MAX_ITEMS = 20_000
_MAX_REASONS = 4
_STAGES = ("constructor", "add", "build", "input", "model")


class BadReplyError(Exception):
    """A reply that no worker of ours would give."""


def decode(reply: Json, models: Sequence[Model]) -> list[Verdict]:
    """The verdicts on `models`, from the reply to `encode(models)`."""
    return decode_recipes(reply, [encode_model(model) for model in models], models)


def decode_recipes(reply: Json, recipes: Sequence[Recipe], models: Sequence[Model]) -> list[Verdict]:
    """The verdicts on `models`, from the reply to `request(recipes)`."""
    answers = reply.get("models") if isinstance(reply, dict) else None
    if not isinstance(answers, list) or len(answers) != len(models):
        return [Unavailable("Keras' answer cannot be read: not one answer for each model")] * len(models)
    return [
        decode_answer(answer, recipe, model) for answer, recipe, model in zip(answers, recipes, models, strict=True)
    ]


def decode_answer(answer: Json, recipe: Recipe, model: Model) -> Verdict:
    """The verdict on one model. Never raises."""
    try:
        return Decoder(recipe, model).verdict(answer)
    except BadReplyError as error:
        return Unavailable(f"Keras' answer cannot be read: {error}")


class Decoder:
    """Reads the parts of one answer."""

    def __init__(self, recipe: Recipe, model: Model) -> None:
        self.recipe = recipe
        self.model = model
        self.constructors: list[tuple[str, ...]] = []

    def verdict(self, answer: Json) -> Verdict:
        """What the answer says of the model."""
        if self.model.incomplete is not None:
            return self.incomplete(self.model.incomplete.reason)
        unavailable = _field(answer, "unavailable", None)
        if unavailable is not None:
            return Unavailable(_text(unavailable, _MAX_MESSAGE))
        self.constructors = [_names(names) for names in _list(_field(answer, "parameters", []))]
        layers = self.layers(_field(answer, "layers"), [element.expression for element in self.model.nodes])
        nested = tuple(self.nested(item) for item in _list(_field(answer, "nested", [])))
        refusals = _list(_field(answer, "refusals", []))
        input_shape = self.optional_shape(_field(answer, "input", None))
        if refusals:
            first, *others = [self.refusal(item, layers, input_shape, nested) for item in refusals]
            return _with_others(first, tuple(others))
        return Built(
            layers=layers,
            params=_optional_integer(_field(answer, "params", None)),
            input_shape=input_shape,
            output_shape=self.optional_shape(_field(answer, "output", None)),
            complete=_field(answer, "complete", False) is True,
            reason=next((layer.reason for layer in layers if layer.reason is not None), None)
            or self.reason(_field(answer, "because", [])),
            nested=nested,
            input_shapes=self.shapes(_field(answer, "inputs", [])),
            output_shapes=self.shapes(_field(answer, "outputs", [])),
        )

    def incomplete(self, reason: str) -> Built:
        """Nothing is shown of a model that may have other layers than these."""
        layers = tuple(
            LayerVerdict(class_name=_class_name(element.expression, ""), name="", reason=reason)
            for element in self.model.nodes
        )
        return Built(layers, params=None, input_shape=None, output_shape=None, complete=False, reason=reason)

    def layers(self, items: Json, expressions: Sequence[Expression]) -> tuple[LayerVerdict, ...]:
        """One verdict for each element."""
        answers = _list(items)
        if len(answers) != len(expressions):
            raise BadReplyError("wrong number of layers")
        return tuple(self.layer(item, expression) for item, expression in zip(answers, expressions, strict=True))

    def layer(self, item: Json, expression: Expression) -> LayerVerdict:
        """What is said of one layer."""
        outputs = tuple(self.shape(shape) for shape in _list(_field(item, "outputs", [])))
        class_name = _text(_field(item, "class_name", ""), _MAX_NAME)
        dtype = _field(item, "dtype", None)
        spec = _field(item, "input_spec", None)
        return LayerVerdict(
            class_name=_class_name(expression, class_name),
            name=_text(_field(item, "name", ""), _MAX_NAME),
            output_shape=outputs[0] if outputs else None,
            output_shapes=outputs if len(outputs) > 1 else (),
            input_shape=self.optional_shape(_field(item, "input", None)),
            dtype=None if dtype is None else _text(dtype, _MAX_NAME),
            weights=tuple(self.weight(weight) for weight in _list(_field(item, "weights", []))),
            params=_optional_integer(_field(item, "params", None)),
            reason=self.reason(_field(item, "because", [])),
            skipped=_field(item, "skipped", False) is True,
            inputs=tuple(_optional_integer(index) for index in _list(_field(item, "from", []))),
            input_shapes=self.shapes(_field(item, "inputs", [])),
            connected=_names(_field(item, "connected", [])),
            input_spec=None if spec is None else _text(spec, _MAX_NAME),
            parameters=self.parameters(_field(item, "parameters", None)),
            window=tuple(map(_integer, _list(_field(item, "window", None) or []))),
            costs=_costs(_field(item, "costs", None)),
            named=_named(_field(item, "named", None)),
        )

    def parameters(self, number: Json) -> tuple[str, ...]:
        """The parameters with this number in the table."""
        if number is None:
            return ()
        if not 0 <= _integer(number) < len(self.constructors):
            raise BadReplyError("no such constructor")
        return self.constructors[number]

    def weight(self, item: Json) -> Weight:
        """Name, shape, trainable."""
        match item:
            case [str() as name, shape, bool() as trainable]:
                return Weight(_text(name, _MAX_NAME), self.shape(shape), trainable)
        raise BadReplyError("not a weight")

    def refusal(
        self,
        item: Json,
        layers: tuple[LayerVerdict, ...],
        model_input: Shape | None,
        nested: tuple[tuple[tuple[int, ...], tuple[LayerVerdict, ...]], ...],
    ) -> Refused:
        """One refusal, with its place among the layers."""
        path = tuple(_integer(part) for part in _list(_field(item, "path")))
        stage = _field(item, "stage")
        if not path or not 0 <= path[0] < len(layers) or stage not in _STAGES:
            raise BadReplyError("a refusal of no layer")
        layer = layers[path[0]]
        return Refused(
            node=path[0],
            path=path,
            stage=stage,
            exception=_text(_field(item, "exception"), _MAX_NAME),
            message=_text(_field(item, "message"), _MAX_MESSAGE),
            layers=layers,
            input_shape=self.optional_shape(_field(item, "input", None)),
            model_input_shape=model_input,
            call=self.expression(_field(item, "call", None)),
            input_spec=layer.input_spec,
            nested=nested,
            parameters=_names(_field(item, "parameters", [])),
            missing=_names(_field(item, "missing", [])),
            blamed=_names(_field(item, "blamed", [])),
            config=tuple(_setting(pair) for pair in _list(_field(item, "config", []))),
        )

    def nested(self, item: Json) -> tuple[tuple[int, ...], tuple[LayerVerdict, ...]]:
        """The layers of a model inside, with its path."""
        match item:
            case [list() as path, list() as layers]:
                positions = tuple(_integer(part) for part in path)
                return positions, self.layers(layers, self.nested_expressions(positions))
        raise BadReplyError("not a nested model")

    def nested_expressions(self, path: tuple[int, ...]) -> list[Expression]:
        """The elements of the model inside with this path."""
        model = self.model
        for position in path:
            if not 0 <= position < len(model.nodes):
                raise BadReplyError("no such nested model")
            inner = model.nodes[position].expression
            if not isinstance(inner, Model):
                raise BadReplyError("no such nested model")
            model = inner
        return [element.expression for element in model.nodes]

    def expression(self, number: Json) -> Expression | None:
        """The expression with this id."""
        if number is None:
            return None
        if not 0 <= _integer(number) < len(self.recipe.expressions):
            raise BadReplyError("no such call")
        return self.recipe.expressions[number]

    def optional_shape(self, shape: Json) -> Shape | None:
        """A shape, or None."""
        return None if shape is None else self.shape(shape)

    def shapes(self, shapes: Json) -> tuple[Shape, ...]:
        """Several shapes."""
        return tuple(self.shape(shape) for shape in _list(shapes))

    def shape(self, shape: Json) -> Shape:
        """A shape: a list of sizes, or the last size where the rank is unknown."""
        if isinstance(shape, dict):
            return UnknownRank(self.size(_field(shape, "last")))
        return tuple(self.size(size) for size in _list(shape))

    def size(self, size: Json) -> Dim:
        """An integer, None, a multiple of an unknown, or `?`."""
        match size:
            case None:
                return None
            case "?":
                return UnknownSize()
            case [coefficient, number]:
                unknown = self.unknown(number)
                if not isinstance(unknown, Unknown):
                    return UnknownSize()
                return Multiple(_integer(coefficient), unknown)
        return _integer(size)

    def unknown(self, number: Json) -> Expression:
        """The unknown with this number."""
        if not 0 <= _integer(number) < len(self.recipe.unknowns):
            raise BadReplyError("no such unknown")
        return self.recipe.unknowns[number]

    def reason(self, because: Json) -> str | None:
        """Reasons for people, out of reasons in words and numbers of unknowns."""
        reasons: list[str] = []
        for part in _list(because)[:_MAX_REASONS]:
            text = _text(part, _MAX_NAME) if isinstance(part, str) else _why(self.unknown(part))
            if text not in reasons:
                reasons.append(text)
        return "; ".join(reasons) or None


def _with_others(first: Refused, others: tuple[Refused, ...]) -> Refused:
    return replace(first, others=others)


def _why(unknown: Expression) -> str:
    match unknown:
        case Unknown(name=str() as name, reason=reason):
            return f"depends on {name}: {reason}" if reason else f"depends on {name}"
        case Unknown(reason=reason) | UserCode(reason=reason):
            return reason
    return "it has no form that Keras can be asked about"


def _class_name(expression: Expression, answered: str) -> str:
    """The name of a layer's class: of a layer of the user's, or one that could not be made, as the source has it."""
    match expression:
        case UserCode(name=name):
            return name
        case Declared(expression=inner):
            return _class_name(inner, "")
        case Apply(target=UserCode() | Declared() as inner):
            return _class_name(inner, answered)
        case Apply(target=inner) if not answered:
            return _class_name(inner, "")
        case Call(target=target) if answered in ("", "TracedFunction"):
            return target.last
        case Model(kind=kind) if not answered:
            return "Sequential" if kind == "sequential" else "Functional"
    return answered


def _field(item: Json, name: str, *default: Json) -> Json:
    if not isinstance(item, dict):
        raise BadReplyError("not an object")
    if name in item:
        return item[name]
    if default:
        return default[0]
    raise BadReplyError(f"no {name}")


def _list(item: Json) -> list[Json]:
    if not isinstance(item, list) or len(item) > _MAX_ITEMS:
        raise BadReplyError("not a list")
    return item


def _names(item: Json) -> tuple[str, ...]:
    return tuple(_text(name, _MAX_NAME) for name in _list(item))


def _named(item: Json) -> Named | None:
    match item:
        case None:
            return None
        case [("layer" | "class" | "function" | "module" | "object" | "missing") as kind, str() as holder]:
            return Named(kind, _text(holder, _MAX_NAME))
    raise BadReplyError("not what a name is")


def _costs(item: Json) -> Costs | None:
    if item is None:
        return None
    because, reach = _field(item, "because"), _field(item, "reach")
    trainable, trainable_bytes = map(_integer, _pair(_field(item, "trainable")))
    return Costs(
        multiply_adds=_optional_integer(_field(item, "multiply_adds")),
        reason=None if because is None else _text(because, _MAX_NAME),
        output_bytes=_optional_integer(_field(item, "output_bytes")),
        weight_bytes=_integer(_field(item, "weight_bytes")),
        trainable=trainable,
        trainable_bytes=trainable_bytes,
        reach=None if reach is None else tuple(_window(axis) for axis in _list(reach)),
    )


def _window(axis: Json) -> tuple[int, int]:
    extent, stride = map(_integer, _pair(axis))
    return extent, stride


def _pair(item: Json) -> list[Json]:
    pair = _list(item)
    if len(pair) != 2:
        raise BadReplyError("not a pair")
    return pair


def _setting(pair: Json) -> tuple[str, object]:
    match pair:
        case [str() as name, value]:
            return _text(name, _MAX_NAME), _constant(value)
    raise BadReplyError("not a setting")


def _constant(value: Json) -> object:
    match value:
        case str():
            return _text(value, _MAX_NAME)
        case list():
            return tuple(_constant(item) for item in _list(value))
        case None | bool() | int() | float():
            return value
    raise BadReplyError("not a constant")


def _integer(item: Json) -> int:
    if not isinstance(item, int) or isinstance(item, bool):
        raise BadReplyError("not an integer")
    return item


def _optional_integer(item: Json) -> int | None:
    return None if item is None else _integer(item)


def _text(item: Json, limit: int) -> str:
    """Text for people: no control, bidirectional or other invisible characters, and no more than `limit` characters."""
    if not isinstance(item, str):
        raise BadReplyError("not a text")
    if len(item) <= limit and item.isprintable():
        return item
    shown = "".join(
        character
        for character in item[:limit]
        if character == "\n" or not unicodedata.category(character).startswith("C")
    )
    return shown if len(item) <= limit else shown + "…"
