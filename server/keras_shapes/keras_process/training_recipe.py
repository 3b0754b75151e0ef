"""Training calls in the language of the worker (`worker/training_verdicts.py`), and what Keras says of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from keras_shapes.data import Array, Dataset, Fact, Features
from keras_shapes.keras_process.answers import clean_text
from keras_shapes.keras_process.recipe import Encoder, Recipe, encode_model, encoder_for
from keras_shapes.keras_process.replies import BadReplyError, Decoder
from keras_shapes.model import Argument, Call, Expression, Model, PublicName, TrainingCall
from keras_shapes.verdict import DataAccepted, DataRefused, Meeting, Shape, TrainingUnknown, TrainingVerdict

Json = Any

NOT_SENT = frozenset({"verbose", "shuffle", "class_weight", "metrics", "optimizer", "return_dict"})
"""Arguments that say nothing about shapes."""

_OF_COMPILE = ("keras.losses.", "keras.metrics.")
_WHAT = frozenset({"x", "y", "together", "sample_weight", "loss", "call"})
_LIBRARIES = frozenset({"numpy", "tensorflow", "pandas"})
_MAX_TEXT = 4_000
_MAX_PARTS = 20_000
_MAX_RANK = 64


def encode_training(model: Model, encoder: Encoder | None = None) -> Recipe:
    """The recipe of a model with its training calls. Never raises."""
    encoder = encoder or encoder_for(model)
    source = model.input if model.input is not None and model.input.origin == "build" else None
    recipe = encode_model(replace(model, input=source), encoder)
    data = {**recipe.data, "training": _calls(encoder, model.training)}
    key = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return Recipe(data, key, tuple(encoder.expressions), tuple(encoder.unknowns))


def training_request(recipes: Sequence[Recipe]) -> dict[str, Json]:
    """The request that asks the worker for the verdicts on the training calls of these models."""
    return {"kind": "training", "models": [recipe.data for recipe in recipes]}


def decode_training(reply: Json, recipe: Recipe, model: Model) -> tuple[TrainingVerdict, ...]:
    """The verdicts on the training calls of a model, from the reply to a request with its recipe. Never raises."""
    match reply:
        case {"models": [{"unavailable": str() as reason}]}:
            return all_unknown(model, clean_text(reason)[:_MAX_TEXT])
    try:
        return _TrainingDecoder(Decoder(recipe, model)).verdicts(reply, len(model.training))
    except BadReplyError as error:
        return all_unknown(model, f"Keras' answer cannot be read: {error}")


def all_unknown(model: Model, reason: str, *, passing: bool = False) -> tuple[TrainingVerdict, ...]:
    """No verdict on any call of the model."""
    return tuple(TrainingUnknown(reason, passing=passing) for _ in model.training)


def _calls(encoder: Encoder, calls: Sequence[TrainingCall]) -> list[Json]:
    """Each call with the last `compile` before it."""
    encoded: list[Json] = []
    compiled: Json = None
    for call in calls:
        if call.method == "compile":
            compiled = _arguments(encoder, call.arguments, loss=True)
        encoded.append({"method": call.method, **_arguments(encoder, call.arguments), "compile": compiled})
    return encoded


def _arguments(encoder: Encoder, arguments: Sequence[Argument], *, loss: bool = False) -> dict[str, Json]:
    def value(argument: Argument) -> Json:
        if argument.name == "callbacks":
            return _callbacks(encoder, argument.value)
        if not _is_small(argument.value):
            return encoder.unknown(argument.value)
        return _loss(encoder, argument.value) if loss else _data(encoder, argument.value)

    return {
        "args": [value(argument) for argument in arguments if argument.name is None],
        "kwargs": [
            [argument.name, value(argument) if _is_sent(argument, of_compile=loss) else None]
            for argument in arguments
            if argument.name is not None
        ],
    }


def _is_sent(argument: Argument, *, of_compile: bool) -> bool:
    """Whether an argument says something: metrics do where there is one for each of several outputs."""
    return argument.name not in NOT_SENT or (of_compile and argument.name == "metrics")


def _is_small(value: Expression) -> bool:
    """Whether an argument has few enough parts to be sent, each counted as often as it is met."""
    waiting, count = [value], 0
    while waiting and count <= _MAX_PARTS:
        match waiting.pop():
            case Dataset(element=element):
                waiting.append(element)
            case list() | tuple() as items:
                count += len(items)
                waiting += items
            case dict() as entries:
                count += len(entries)
                waiting += entries.values()
    return count <= _MAX_PARTS


def _data(encoder: Encoder, value: Expression) -> Json:
    """An argument whose parts may be data."""
    match value:
        case Array():
            return _array(encoder, value)
        case Features(shape=shape, rows=rows):
            return {"features": encoder.encode(shape), "rows": encoder.encode(rows)}
        case Dataset(element=element, library=library):
            return {"dataset": _data(encoder, element), "library": library, "full": _full_batch(value)}
        case list():
            return [_data(encoder, item) for item in value]
        case tuple():
            return {"tuple": [_data(encoder, item) for item in value]}
        case dict():
            return {"dict": [[encoder.encode(key), _data(encoder, item)] for key, item in value.items()]}
    return encoder.encode(value)


def _callbacks(encoder: Encoder, value: Expression) -> Json:
    """Those that Keras makes: one that it refuses ends the program before the call."""
    items = value if isinstance(value, (list, tuple)) else [value]
    return [
        encoder.encode(item) if isinstance(item, Call) and item.target.path.startswith("keras.callbacks.") else None
        for item in items
    ]


def _full_batch(dataset: Dataset) -> int | None:
    """The size of the batches of which there is certainly a full one: all but the last of several are."""
    several = isinstance(dataset.length, int) and dataset.length > 1 and dataset.batched == 1
    if not several or dataset.library != "tf.data" or not isinstance(dataset.batch_size, int):
        return None
    return dataset.batch_size


def _array(encoder: Encoder, array: Array) -> Json:
    """Data, if Keras can be asked about them: of a known rank, dense, and of a library that is understood."""
    ragged = Fact.RAGGED in array.provenance and array.library != "numpy"
    if array.shape is None or len(array.shape) > _MAX_RANK or ragged or array.library not in _LIBRARIES:
        return encoder.unknown(array)
    return {
        "samples": [encoder.encode(size) for size in array.shape],
        "dtype": "object" if array.dtype is None and "texts" in array.provenance else array.dtype,
        "library": array.library,
        "list": "python list" in array.provenance,
        "ragged": "ragged" in array.provenance,
    }


def _loss(encoder: Encoder, value: Expression) -> Json:
    """A loss of Keras, or a structure of these; anything else is the user's own, and unknown."""
    match value:
        case None | str() | int() | float():
            return value
        case PublicName(path=path) if path.startswith(_OF_COMPILE):
            return encoder.encode(value)
        case Call(target=PublicName(path=path)) if path.startswith(_OF_COMPILE):
            return encoder.encode(value)
        case list():
            return [_loss(encoder, item) for item in value]
        case tuple():
            return {"tuple": [_loss(encoder, item) for item in value]}
        case dict():
            return {"dict": [[encoder.encode(key), _loss(encoder, item)] for key, item in value.items()]}
    return encoder.unknown(value)


class _TrainingDecoder:
    def __init__(self, decoder: Decoder) -> None:
        self.decoder = decoder

    def verdicts(self, reply: Json, calls: int) -> tuple[TrainingVerdict, ...]:
        match reply:
            case {"models": [list() as answer]} if len(answer) == calls:
                return tuple(self.verdict(item) for item in answer)
        raise BadReplyError("wrong number of calls")

    def verdict(self, item: Json) -> TrainingVerdict:
        match item:
            case {"outcome": "accepted"}:
                return DataAccepted(self.meeting(item), self.because(item))
            case {"outcome": "refused", "what": str() as what} if what in _WHAT:
                return DataRefused(
                    what,
                    self.text(item, "argument") or "x",
                    self.text(item, "exception") or "",
                    self.text(item, "message") or "",
                    self.meeting(item),
                    self.integer(item, "run"),
                    tuple(self.integers(item, "ranks")),
                )
            case {"outcome": "unknown"}:
                return TrainingUnknown(self.because(item) or "", self.integer(item, "callback"))
        raise BadReplyError("no verdict on a call")

    def meeting(self, item: dict[str, Json]) -> Meeting:
        compared = item.get("compared")
        return Meeting(
            x=self.shape(item, "x"),
            y=self.shape(item, "y"),
            input_shape=self.shape(item, "input"),
            output_shape=self.shape(item, "output"),
            declared=item.get("declared") is not False,
            loss=self.text(item, "loss"),
            from_logits=item.get("from_logits") if isinstance(item.get("from_logits"), bool) else None,
            activation=self.text(item, "activation"),
            compared=self.pair(compared) if compared is not None else None,
            broadcast=item.get("broadcast") is True,
            batch_sizes=tuple(self.integers(item, "batch")),
            unchecked=item.get("unchecked") is True,
        )

    def shape(self, item: dict[str, Json], name: str) -> Shape | None:
        return self.decoder.optional_shape(item.get(name))

    def pair(self, shapes: Json) -> tuple[Shape, Shape]:
        match shapes:
            case [list() as one, list() as other]:
                return self.decoder.shape(one), self.decoder.shape(other)
        raise BadReplyError("no two shapes")

    def because(self, item: dict[str, Json]) -> str | None:
        return self.text(item, "because")

    def text(self, item: dict[str, Json], name: str) -> str | None:
        text = item.get(name)
        if text is not None and not isinstance(text, str):
            raise BadReplyError(f"{name} is no text")
        return None if text is None else clean_text(text)[:_MAX_TEXT]

    def integer(self, item: dict[str, Json], name: str) -> int | None:
        number = item.get(name)
        if number is not None and (not isinstance(number, int) or isinstance(number, bool)):
            raise BadReplyError(f"{name} is no integer")
        return number

    def integers(self, item: dict[str, Json], name: str) -> list[int]:
        numbers = item.get(name, [])
        if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
            raise BadReplyError(f"{name} are no integers")
        return numbers
