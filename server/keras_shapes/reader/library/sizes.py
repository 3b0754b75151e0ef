"""Shapes: products, broadcasting, axes. A size is a whole number, an unknown one, or None (open, as a batch is)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from keras_shapes.data import Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library import polynomials
from keras_shapes.reader.library.giving_up import GiveUp

Shape: TypeAlias = "tuple[Size, ...]"


def unknown_size(reason: str, key: object = None, *, high: int | None = None) -> Unknown:
    """A size that is not known. Without a key it is like no other."""
    return Unknown(reason, kind="int", key=object() if key is None else key, low=0, high=high)


def volume(shape: Sequence[Size]) -> Size:
    """How many items a shape holds; None when a size is open."""
    return None if None in shape else polynomials.product(size for size in shape if size is not None)


def same(left: Size, right: Size) -> bool:
    """Whether two sizes are surely equal; two open ones are taken to be (they are batches)."""
    return (left is None and right is None) or polynomials.same(left, right)


def add(left: Size, right: Size) -> Size:
    """The size of two parts together."""
    return None if left is None or right is None else polynomials.add(left, right)


def total(sizes: Sequence[Size]) -> Size:
    """The size of all parts together."""
    return None if None in sizes else polynomials.total(size for size in sizes if size is not None)


def axis_of(axis: object, rank: int) -> int:
    """An axis counted from 0; gives up where it is unknown or outside."""
    number = whole(axis)
    if not -rank <= number < rank:
        raise GiveUp(f"axis {number} of {rank} axes")
    return number % rank


def axes_of(axis: object, rank: int) -> tuple[int, ...]:
    """Axes counted from 0; all of them for None."""
    if axis is None:
        return tuple(range(rank))
    if isinstance(axis, (tuple, list)):
        return tuple(axis_of(item, rank) for item in axis)
    return (axis_of(axis, rank),)


def whole(value: object) -> int:
    """A known whole number."""
    number = getattr(value, "value", value)
    if isinstance(number, int):
        return int(number)
    raise GiveUp(value if isinstance(value, Unknown) else "a number that is not known here")


def broadcast(*shapes: Shape) -> Shape:
    """The shape of an operation item by item."""
    rank = max(map(len, shapes))
    padded = [(1,) * (rank - len(shape)) + tuple(shape) for shape in shapes]
    return tuple(_broadcast_sizes([shape[axis] for shape in padded], shapes) for axis in range(rank))


def _broadcast_sizes(sizes: Sequence[Size], shapes: Sequence[Shape]) -> Size:
    result: Size = 1
    for size in sizes:
        result = _broadcast_two(result, size, shapes)
    return result


def _broadcast_two(left: Size, right: Size, shapes: Sequence[Shape]) -> Size:
    if left == 1 or same(left, right):
        return right
    if right == 1:
        return left
    if isinstance(left, int) and isinstance(right, int):
        raise GiveUp(f"shapes that do not fit: {' and '.join(map(text, shapes))}")
    known = [size for size in (left, right) if isinstance(size, int)]
    if known:
        return known[0]
    return None if left is None or right is None else unknown_size("sizes that may differ")


def text(shape: Shape) -> str:
    """A shape for a message."""
    sizes = [str(size.name or "?") if isinstance(size, Unknown) else str(size) for size in shape]
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"
