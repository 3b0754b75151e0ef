"""Sizes that may stand in a call, and why: to be tried with Keras before anybody sees them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from keras_shapes.data import Array
from keras_shapes.reader import Reading

MOST = 8

_CHANNELS = (1, 3, 4, 8, 16, 32, 64, 128, 256, 512)
_USUAL: Mapping[str, tuple[str, ...]] = {
    "units": ("16", "32", "64", "128", "256"),
    "filters": ("16", "32", "64", "128", "256"),
    "output_dim": ("16", "32", "64", "128", "256"),
    "kernel_size": ("1", "3", "5", "7"),
    "pool_size": ("2", "3", "4"),
    "strides": ("1", "2", "3"),
}
_SHAPES = frozenset({"shape", "input_shape"})
_SIGNS_OF_DATA = ("x", "X", "train", "data", "images", "features", "inputs")
"""Names of data for a model often have one of these in them; labels are named otherwise."""


@dataclass(frozen=True, slots=True)
class Size:
    """A value as a program would write it, and in words why it may be right."""

    value: str
    why: str = ""


def sizes_for(parameter: str, reading: Reading | None) -> tuple[Size, ...]:
    """The sizes that may be given for a parameter, the likeliest first; none for one that is no size."""
    found = [*_of_data(parameter, reading), *(Size(value) for value in _USUAL.get(parameter, ()))]
    return tuple({size.value: size for size in reversed(found)}.values())[::-1][:MOST]


def is_of_values(parameter: str) -> bool:
    """Whether the sizes for a parameter follow from how many values there are, which Keras has to be asked."""
    return parameter == "target_shape"


def sizes_of_values(count: int) -> tuple[Size, ...]:
    """Shapes that hold so many values: square maps with usual numbers of channels, and all of them in a row."""
    maps = [(side, side, channels) for channels in _CHANNELS if (side := _root(count, channels)) > 1]
    shapes = [*maps[: MOST - 1], (count,)]
    return tuple(Size(str(shape), f"holds {count:,} values") for shape in shapes)


def _of_data(parameter: str, reading: Reading | None) -> Iterator[Size]:
    for seen in reading.names if reading is not None else ():
        array = seen.value
        if not isinstance(array, Array) or not array.shape:
            continue
        if parameter == "units" and (classes := _classes(array)) is not None:
            yield Size(str(classes), f"as many as {seen.name} has classes")
        if parameter in _SHAPES and len(array.shape) > 1 and any(sign in seen.name for sign in _SIGNS_OF_DATA):
            sample = array.shape[1:]
            if all(isinstance(size, int) for size in sample):
                yield Size(str(sample), f"a sample of {seen.name}")


def _classes(labels: Array) -> int | None:
    """How many classes there are where the labels are numbers of classes."""
    is_number = labels.dtype is not None and labels.dtype.startswith(("int", "uint"))
    if not is_number or labels.shape is None or len(labels.shape) > 2 or labels.shape[1:] not in ((), (1,)):
        return None
    return int(labels.maximum) + 1 if labels.maximum is not None and 0 < labels.maximum < 100_000 else None


def _root(count: int, channels: int) -> int:
    """The side of a square map with so many channels; 0 where there is none."""
    side = math.isqrt(count // channels)
    return side if side * side * channels == count else 0
