"""`keras.datasets.*.load_data()`: what they return, by the documentation of Keras.

https://keras.io/api/datasets/ gives the shapes, types and ranges; the label ranges are those of the data itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library.arrays import new
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.values import Value


@dataclass(frozen=True, slots=True)
class _Images:
    """Images of 0…255 and labels, all of which occur in both parts."""

    train: int
    test: int
    image: tuple[int, ...]
    labels: tuple[int, ...]
    label_dtype: str
    classes: int


_IMAGES: Final = {
    "mnist": _Images(60_000, 10_000, (28, 28), (), "uint8", 10),
    "fashion_mnist": _Images(60_000, 10_000, (28, 28), (), "uint8", 10),
    "cifar10": _Images(50_000, 10_000, (32, 32, 3), (1,), "uint8", 10),
    "cifar100": _Images(50_000, 10_000, (32, 32, 3), (1,), "int64", 100),
}
_CIFAR100_COARSE: Final = 20
_REVIEWS: Final = 25_000
_NEWSWIRES: Final = 11_228
_NEWSWIRE_TOPICS: Final = 46
_BOSTON: Final = (506, 13)
_CALIFORNIA: Final = {"large": (20_640, 8), "small": (600, 8)}


@function(*(f"keras.datasets.{name}.load_data" for name in _IMAGES))
def _images(call: LibraryCall) -> Value:
    name = call.path.split(".")[2]
    facts = _IMAGES[name]
    if name == "cifar100" and call.value("label_mode", default="fine") != "fine":
        facts = replace(facts, classes=_CIFAR100_COARSE)
    if call.image_data_format == "channels_first" and len(facts.image) == 3:
        facts = replace(facts, image=(facts.image[2], *facts.image[:2]))
    return _parts(call, name, facts)


def _parts(call: LibraryCall, name: str, facts: _Images) -> Value:
    both = []
    for count, part in ((facts.train, Fact.TRAIN_PART), (facts.test, Fact.TEST_PART)):
        source = ("keras.datasets", name, part)
        images = _array(call, (count, *facts.image), "uint8", (0, 255), {Fact.FEATURES, part, Fact.EXACT}, source)
        of_labels = {Fact.LABELS, part, Fact.EXACT, Fact.EVERY}
        labels = _array(call, (count, *facts.labels), facts.label_dtype, (0, facts.classes - 1), of_labels, source)
        both.append((images, labels))
    return tuple(both)


@function("keras.datasets.imdb.load_data", "keras.datasets.reuters.load_data")
def _texts(call: LibraryCall) -> Value:
    """Each text is a list of word numbers, of a length of its own; labels are 0/1 (reviews) or topics."""
    reviews = ".imdb." in call.path
    if call.has("maxlen"):
        counts: tuple[Size, Size] = (_short_texts(), _short_texts())
    elif reviews:
        counts = (_REVIEWS, _REVIEWS)
    else:
        counts = _split_of_newswires(call.value("test_split", default=0.2))
    most = call.value("num_words", "nb_words", default=None)
    others = (call.value("oov_char", default=2), call.value("start_char", default=1))
    call.value("index_from", default=3)
    known = isinstance(most, int) and all(other is None or isinstance(other, int) for other in others)
    highest = max([most - 1, *(other for other in others if isinstance(other, int))]) if known else None  # type: ignore[operator]
    classes = 2 if reviews else _NEWSWIRE_TOPICS
    both = []
    for count, part in zip(counts, (Fact.TRAIN_PART, Fact.TEST_PART), strict=True):
        source = (call.path, part)
        texts = _array(call, (count,), "object", (0, highest), {Fact.RAGGED, Fact.FEATURES, part}, source)
        found = {Fact.EXACT, Fact.EVERY} if not call.has("maxlen") else set()
        if not reviews and part == Fact.TEST_PART:
            found = {Fact.EXACT} if len(call.arguments) == call.has("num_words") else set()
        labels = _array(call, (count,), "int64", (0, classes - 1), {Fact.LABELS, part, *found}, source)
        both.append((texts, labels))
    return tuple(both)


@function("keras.datasets.imdb.get_word_index", "keras.datasets.reuters.get_word_index")
def _word_index(call: LibraryCall) -> Value:
    raise GiveUp(f"the vocabulary of {call.path.split('.')[2]}")


@function("keras.datasets.boston_housing.load_data", "keras.datasets.california_housing.load_data")
def _housing(call: LibraryCall) -> Value:
    boston = ".boston_housing." in call.path
    version = None if boston else call.value("version", default="large")
    found = _BOSTON if boston else _CALIFORNIA.get(str(version))
    share = call.value("test_split", default=0.2)
    dtype = "float64" if boston else "float32"
    if found is None or not isinstance(share, (int, float)) or not 0 <= share <= 1:
        raise GiveUp("a split that is not known here")
    rows, columns = found
    train = int(rows * (1 - share))
    both = []
    for count, part in ((train, Fact.TRAIN_PART), (rows - train, Fact.TEST_PART)):
        source = (call.path, part)
        features = _array(call, (count, columns), dtype, (None, None), {Fact.FEATURES, part}, source)
        targets = _array(call, (count,), dtype, (None, None), {Fact.LABELS, part}, source)
        both.append((features, targets))
    return tuple(both)


def _short_texts() -> Size:
    return Unknown("texts of at most maxlen words", kind="int", key=object(), low=0)


def _split_of_newswires(share: Value) -> tuple[Size, Size]:
    if not isinstance(share, (int, float)) or not 0 <= share <= 1:
        raise GiveUp("a split that is not known here")
    train = int(_NEWSWIRES * (1 - share))
    return train, _NEWSWIRES - train


def _array(
    call: LibraryCall,
    shape: tuple[Size, ...],
    dtype: str,
    bounds: tuple[int | None, int | None],
    provenance: set[Fact],
    source: object,
) -> Array:
    return new(
        shape,
        dtype,
        origin=call.path.removesuffix(".load_data"),
        span=call.span,
        low=bounds[0],
        high=bounds[1],
        provenance=provenance,
        source=source,
    )
