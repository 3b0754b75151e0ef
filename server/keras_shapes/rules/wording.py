"""Words of the messages: shapes as people write them, names of axes by family of layers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from keras_shapes.model import Unknown
from keras_shapes.verdict import Dim, Multiple, Shape, UnknownRank, UnknownSize

LONGEST_NAME = 20

_SPATIAL = {1: ("steps",), 2: ("height", "width"), 3: ("depth", "height", "width")}
_STEPS = ("batch", "steps", "features")
_FAMILIES: dict[str, tuple[str, ...]] = {
    "LSTM": _STEPS,
    "GRU": _STEPS,
    "SimpleRNN": _STEPS,
    "RNN": _STEPS,
    "Bidirectional": _STEPS,
    "TimeDistributed": ("batch", "steps", "…"),
    "Embedding": ("batch", "steps"),
    "RepeatVector": ("batch", "features"),
    "Dense": ("batch", "…", "features"),
    "SpatialDropout1D": _STEPS,
}
_CONVOLUTION_OVER_STEPS = re.compile(r"ConvLSTM([123])D")
_DIMENSIONAL = re.compile(r"([123])D(Transpose)?$")
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def shape_text(shape: Shape | Sequence[object]) -> str:
    """`(None, 28, 28, 1)`, `(None, num_classes)`, `(…, 64)`."""
    if isinstance(shape, UnknownRank):
        return f"(…, {size_text(shape.last)})"
    sizes = ", ".join(size_text(size) for size in shape)
    return f"({sizes},)" if len(shape) == 1 else f"({sizes})"


def size_text(size: Dim | Unknown | object) -> str:
    """One dimension: a number, `None`, the source text of a named unknown, or `?`."""
    match size:
        case None | int():
            return str(size)
        case Unknown(name=str(name)) if len(name) <= LONGEST_NAME:
            return name
        case Multiple(coefficient=coefficient, unknown=unknown):
            name = size_text(unknown)
            return name if coefficient == 1 or name == "?" else f"{coefficient}·{name}"
        case _:
            return "?"


def axes_of(class_name: str, data_format: object = None) -> tuple[str, ...] | None:
    """Names of the axes of what a layer of this class takes, None where the class does not tell."""
    if class_name in _FAMILIES:
        return _FAMILIES[class_name]
    over_steps = _CONVOLUTION_OVER_STEPS.fullmatch(class_name)
    match = over_steps or _DIMENSIONAL.search(class_name)
    if match is None:
        return None
    spatial = _SPATIAL[int(match[1])]
    last = "features" if spatial == ("steps",) else "channels"
    lead = ("batch", "steps") if over_steps else ("batch",)
    spatial = ("width",) if over_steps and spatial == ("steps",) else spatial
    if data_format == "channels_first":
        return (*lead, last, *spatial)
    return (*lead, *spatial, last)


def axes_text(axes: Sequence[str]) -> str:
    """`(batch, steps, features)`."""
    return f"({', '.join(axes)})"


def count_text(count: int) -> str:
    """A small count in words: `three`."""
    return _COUNTS[count] if count < len(_COUNTS) else str(count)


def plural(count: int, noun: str) -> str:
    """`one axis`, `three poolings`."""
    ending = "es" if noun.endswith("s") else "s"
    return f"{count_text(count)} {noun if count == 1 else 'axes' if noun == 'axis' else noun + ending}"


def times_text(sizes: Sequence[object]) -> str:
    """`3×3`."""
    return "×".join(size_text(size) for size in sizes)


def is_known(shape: Shape | None) -> bool:
    """Whether the rank is known and every size is a number or `None`."""
    return isinstance(shape, tuple) and not any(isinstance(size, Multiple | UnknownSize) for size in shape)
