"""TensorFlow Datasets: `tfds.load`. What the catalogue says of the most used sets; the others are unknown but named.

Shapes and classes: https://www.tensorflow.org/datasets/catalog/overview.
"""

from __future__ import annotations

from typing import Final

from keras_shapes.data import Array, Dataset, Fact, Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library import sizes
from keras_shapes.reader.library.arrays import new
from keras_shapes.reader.library.elements import with_axis
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.library.registry import LibraryCall, function, method
from keras_shapes.reader.values import Value

_INFO: Final = "tensorflow_datasets.core.DatasetInfo"
_BUILDER: Final = "tensorflow_datasets.core.DatasetBuilder"
_ANY: Final = (None, None, 3)
_IMAGES: Final[dict[str, tuple[tuple[int | None, ...], int]]] = {
    "mnist": ((28, 28, 1), 10),
    "fashion_mnist": ((28, 28, 1), 10),
    "kmnist": ((28, 28, 1), 10),
    "cifar10": ((32, 32, 3), 10),
    "cifar100": ((32, 32, 3), 100),
    "cats_vs_dogs": (_ANY, 2),
    "horses_or_humans": ((300, 300, 3), 2),
    "rock_paper_scissors": ((300, 300, 3), 3),
    "tf_flowers": (_ANY, 5),
    "malaria": (_ANY, 2),
    "stanford_dogs": (_ANY, 120),
    "oxford_flowers102": (_ANY, 102),
    "beans": ((500, 500, 3), 3),
}


@function("tensorflow_datasets.load")
def _load(call: LibraryCall) -> Value:
    name = call.value("name")
    dataset = _dataset(name, call)
    result = _of_splits(dataset, call.value("split", default=None))
    if not call.flag("with_info"):
        return result
    return (result, _info(name))


@function("tensorflow_datasets.builder")
def _builder(call: LibraryCall) -> Value:
    return LibraryObject(_BUILDER, call.arguments, {"info": _info(call.value("name"))}, call.span)


@method(f"{_BUILDER}.download_and_prepare")
def _download(_value: LibraryObject, _call: LibraryCall) -> Value:
    return None


@method(f"{_BUILDER}.as_dataset")
def _as_dataset(_value: LibraryObject, call: LibraryCall) -> Value:
    return _of_splits(_dataset(call.maker.value("name"), call), call.value("split", default=None))


@function("tensorflow_datasets.as_numpy")
def _as_numpy(call: LibraryCall) -> Value:
    return call.value("dataset")


def _of_splits(dataset: Value, split: Value) -> Value:
    """One dataset, a list of them, or all of them by name."""
    match split:
        case list() | tuple():
            return [dataset for _ in split]
        case None:
            return dict.fromkeys(("train", "test", "validation"), dataset)
        case Unknown():
            raise GiveUp(split)
        case _:
            return dataset


def _dataset(name: Value, call: LibraryCall) -> Value:
    """The dataset, or all of its samples as tensors where they are asked for in one batch."""
    origin = f"tfds.load({name!r})" if isinstance(name, str) else "tfds.load"
    element = _element(name, origin, call)
    size = call.value("batch_size", default=None)
    if size is None:
        return Dataset(element, None, origin=origin, span=call.span)
    if size == -1:
        return with_axis(element, sizes.unknown_size(f"the number of samples of {origin}"))
    if not isinstance(size, int) or size < 1:
        raise GiveUp("a batch that is not known here")
    return Dataset(with_axis(element, None), None, 1, size, origin, call.span)


def _element(name: Value, origin: str, call: LibraryCall) -> Value:
    plain, _, config = str(name).partition(":")[0].partition("/") if isinstance(name, str) else ("", "", "")
    supervised = call.flag("as_supervised")
    if plain in _IMAGES:
        shape, classes = _IMAGES[plain]
        image = _array(shape, "uint8", origin, call, 255, Fact.FEATURES)
        label = _array((), "int64", origin, call, classes - 1, Fact.LABELS)
        return (image, label) if supervised else {"image": image, "label": label}
    if plain == "imdb_reviews":
        words = config in {"", "plain_text"}
        shape, dtype = ((), "string") if words else ((None,), "int64")
        text = new(shape, dtype, origin, call.span, library="tensorflow", provenance={Fact.FEATURES})
        label = _array((), "int64", origin, call, 1, Fact.LABELS)
        return (text, label) if supervised else {"text": text, "label": label}
    if plain == "celeb_a":
        image = _array((218, 178, 3), "uint8", origin, call, 255, Fact.FEATURES)
        return {"image": image, "attributes": Unknown("attributes of a face"), "landmarks": Unknown("places in a face")}
    return Unknown(f"it comes from {origin}", call.span)


def _array(shape: tuple[Size, ...], dtype: str, origin: str, call: LibraryCall, high: int, mark: Fact) -> Array:
    return new(shape, dtype, origin, call.span, library="tensorflow", low=0, high=high, provenance={mark})


def _info(name: Value) -> LibraryObject:
    """What `info.features["label"].num_classes` is made of."""
    known = _IMAGES.get(str(name).partition(":")[0]) if isinstance(name, str) else None
    if known is None:
        return LibraryObject(_INFO)
    label = LibraryObject(_INFO, facts={"num_classes": known[1]})
    return LibraryObject(_INFO, facts={"features": {"label": label}})
