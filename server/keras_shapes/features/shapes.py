"""Shapes and sizes in writing: `(None, 26, 26, 32)`, `676·filters`, `64|128`, `(None, 64) ×3`, `211.60 KB`."""

from __future__ import annotations

from collections.abc import Sequence

from keras_shapes.model import Model, Unknown
from keras_shapes.rules.wording import shape_text, size_text
from keras_shapes.verdict import LayerVerdict, Multiple, Shape, UnknownRank, UnknownSize

__all__ = [
    "alternatives_text",
    "bytes_text",
    "itemsize",
    "merged_text",
    "output_text",
    "parameters_text",
    "says_something",
    "shape_text",
    "size_text",
    "unknown_names",
    "unknowns",
]

MOST_VARIANTS = 3
_UNITS = ("B", "KB", "MB", "GB", "TB", "PB")
_ITEMSIZES = {"float16": 2, "bfloat16": 2, "mixed_float16": 4, "mixed_bfloat16": 4, "float64": 8, "int8": 1}


def output_text(layer: LayerVerdict | None) -> str:
    """What a layer gives: its shape, all of them where there are several, or `?`."""
    if layer is None or layer.output_shape is None:
        return "?"
    if len(layer.output_shapes) > 1:
        return ", ".join(map(shape_text, layer.output_shapes))
    return shape_text(layer.output_shape)


def merged_text(shapes: Sequence[Shape | None], times: int = 1) -> str:
    """The shapes that one expression gives, as one: `(None, 64|128)`; `times` layers of it in one model: `×3`."""
    text = _merged(shapes)
    return f"{text} ×{times}" if times > 1 else text


def alternatives_text(texts: Sequence[str]) -> str:
    """What one place of a graph gives, each time that it is reached: `(None, 32, 32, 64) | (None, 16, 16, 128)`."""
    different = list(dict.fromkeys(texts))
    if len(different) > MOST_VARIANTS:
        different = [*different[: MOST_VARIANTS - 1], "…"]
    return " | ".join(different)


def says_something(shape: Shape | None) -> bool:
    """Whether more is known of a shape than its batch axis."""
    match shape:
        case None:
            return False
        case UnknownRank(last=last):
            return size_text(last) != "?"
        case (_,):
            return True
        case _:
            return any(size_text(size) != "?" for size in shape[1:])


def parameters_text(count: int) -> str:
    """`54,170 parameters`."""
    return f"{count:,} parameter{'' if count == 1 else 's'}"


def bytes_text(count: float) -> str:
    """An amount of memory as Keras writes it, 1024 bytes a KB: `211.60 KB`."""
    power = 0
    while count >= 1024 and power < len(_UNITS) - 1:
        count /= 1024
        power += 1
    return f"{count:.2f} {_UNITS[power]}"


def itemsize(model: Model) -> int:
    """Bytes of one weight, by the settings that the program makes; Keras' own default is float32."""
    return _ITEMSIZES.get(model.settings.dtype_policy or model.settings.floatx or "float32", 4)


def unknowns(shapes: Sequence[Shape | None]) -> tuple[Unknown, ...]:
    """The named unknowns in these shapes, each name once."""
    sizes = [size for shape in shapes if isinstance(shape, tuple) for size in shape]
    found = [size.unknown for size in sizes if isinstance(size, Multiple)]
    by_name = {size_text(unknown): unknown for unknown in reversed(found) if size_text(unknown) != "?"}
    return tuple(reversed(by_name.values()))


def unknown_names(shapes: Sequence[Shape | None]) -> tuple[str, ...]:
    """The names of the named unknowns in these shapes."""
    return tuple(map(size_text, unknowns(shapes)))


def _merged(shapes: Sequence[Shape | None]) -> str:
    known = [shape for shape in shapes if shape is not None]
    if len(known) < len(shapes) or not known:
        return "?"
    texts = list(dict.fromkeys(map(shape_text, known)))
    if len(texts) == 1:
        return texts[0]
    if any(isinstance(shape, UnknownRank) for shape in known) or len({_rank(shape) for shape in known}) > 1:
        return f"(…, {_alternatives([_last(shape) for shape in known])})"
    sizes = [_alternatives(list(map(size_text, column))) for column in zip(*map(_sizes, known), strict=True)]
    return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"


def _alternatives(texts: Sequence[str]) -> str:
    different = list(dict.fromkeys(texts))
    return "|".join(different) if len(different) <= MOST_VARIANTS and "?" not in different else "?"


def _rank(shape: Shape) -> int | None:
    return len(shape) if isinstance(shape, tuple) else None


def _sizes(shape: Shape) -> tuple[object, ...]:
    return shape if isinstance(shape, tuple) else ()


def _last(shape: Shape) -> str:
    if isinstance(shape, UnknownRank):
        return size_text(shape.last)
    return size_text(shape[-1]) if shape else size_text(UnknownSize())
