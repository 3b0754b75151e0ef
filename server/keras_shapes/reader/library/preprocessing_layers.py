"""Preprocessing layers used on data, as pipelines do: `ds.map(lambda x, y: (rescale(x), y))`.

Only layers whose documentation promises the shape of what they give; models that Keras builds are never asked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from keras_shapes.data import Array, Size
from keras_shapes.model import Apply, Argument, Call, Unknown
from keras_shapes.reader.library.accounting import account
from keras_shapes.reader.library.arrays import changed, new, shape_argument, size_argument
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.registry import LibraryCall
from keras_shapes.reader.values import Added, Event, InputGiven, Items, SequentialValue, Trained, Value

_KEEPING: Final = frozenset(
    """
    Rescaling Normalization RandomFlip RandomRotation RandomZoom RandomContrast RandomBrightness RandomTranslation
    RandomShear RandomHue RandomSaturation RandomSharpness RandomGrayscale RandomColorJitter GaussianNoise Solarization
    """.split()
)
_WITH_VOCABULARY: Final = frozenset({"TextVectorization", "StringLookup", "IntegerLookup"})
KNOWN_LAYERS: Final = _WITH_VOCABULARY | _KEEPING | {"Resizing", "CenterCrop", "RandomCrop", "TextVectorization"}


def given_by(value: Apply) -> Array:
    """What a layer or a model of such layers gives for data; gives up on any other layer."""
    if not value.arguments:
        raise GiveUp("a layer called without data")
    inner = value.arguments[0].value
    array = given_by(inner) if isinstance(inner, Apply) else inner
    if not isinstance(array, Array):
        raise GiveUp("the result of this layer is not read")
    return through(value.target, array)


def preprocessed_by(target: Value, arguments: Sequence[Argument]) -> Array | None:
    """What a preprocessing layer, or a model of these, gives for data; None for other layers and other arguments."""
    given = arguments[0].value if arguments else None
    if not isinstance(given, Array) or given.library == "keras":
        return None
    try:
        return through(target, given)
    except GiveUp:
        return None


def asked_of_layer(layer: Call, name: str) -> Value | None:
    """What a method of a preprocessing layer gives; None where it is none of those that are known."""
    if layer.target.last not in _WITH_VOCABULARY or name not in {"vocabulary_size", "get_vocabulary"}:
        return None
    try:
        most = LibraryCall(f"keras.layers.{layer.target.last}", layer.arguments).value("max_tokens", default=None)
    except GiveUp:
        most = None
    high = most if isinstance(most, int) else None
    size = Unknown("the vocabulary of the layer", layer.span, kind="int", key=("vocabulary", layer), low=0, high=high)
    return size if name == "vocabulary_size" else Items(Unknown("a word", layer.span, kind="str"), size)


def through(target: Value, array: Array) -> Array:
    """`target(array)` for a layer, or a `Sequential` of layers."""
    match target:
        case Call():
            return _through_layer(target, array)
        case SequentialValue(events=events):
            for event in events:
                array = _after(event, array)
            return array
        case _:
            raise GiveUp("the result of this layer is not read")


def _after(event: Event, array: Array) -> Array:
    """The data behind what happened to a model: a layer was added, or it was only used."""
    match event:
        case Event(guards=(), happening=Added(element=element)):
            return through(element.expression, array)
        case Event(happening=Trained() | InputGiven()):
            return array
        case _:
            raise GiveUp("the layers of this model are not known")


def _through_layer(layer: Call, array: Array) -> Array:
    name = layer.target.last
    call = LibraryCall(f"keras.layers.{name}", layer.arguments, layer.span)
    if name in {"Input", "InputLayer"}:
        return array
    if name in _KEEPING:
        account(call)
        return changed(array, array.shape, "float32", library="tensorflow")
    if name in {"Resizing", "CenterCrop", "RandomCrop"}:
        return _resized(call, array)
    if name == "TextVectorization":
        return _vectorized(call, array)
    raise GiveUp(f"the result of {name} is not read")


def _resized(call: LibraryCall, array: Array) -> Array:
    sides = [call.value(side) for side in ("height", "width")]
    account(call)
    if array.shape is None or len(array.shape) < 3:
        raise GiveUp("images of unknown shape")
    shape = (*array.shape[:-3], *shape_argument(tuple(sides)), array.shape[-1])
    return changed(array, shape, "float32", library="tensorflow")


def _vectorized(call: LibraryCall, array: Array) -> Array:
    """Texts to word numbers: rows of `output_sequence_length`, where the layer pads to it."""
    if call.value("output_mode", default="int") != "int" or array.shape is None:
        raise GiveUp("a vocabulary that is not known here")
    most, length = call.value("max_tokens", default=None), call.value("output_sequence_length", default=None)
    account(call)
    texts = array.shape[:-1] if array.shape[-1:] == (1,) else array.shape
    width: Size = None if length is None else size_argument(length)
    high = most - 1 if isinstance(most, int) else None
    result = new((*texts, width), "int64", "TextVectorization", array.span, library="tensorflow", low=0, high=high)
    return replace(result, source=array.source)
