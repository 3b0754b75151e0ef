"""How large a block is drawn: its height after the spatial size of what it gives, its thickness after the channels.

Sizes are compared within one model, by their square roots, so that 1×1 and 224×224 both can be seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from keras_shapes.features.pictures.diagram import Block
from keras_shapes.verdict import Shape

LOWEST, HIGHEST = 22.0, 120.0
THINNEST, THICKEST = 8.0, 54.0
STRIP = 7.0
VECTOR = 12.0
SLANT = 0.28
"""How much of its width the side of a map shows."""
_UNKNOWN = 56.0
_FEW_CHANNELS = 64
_FEW_UNITS = 32


@dataclass(frozen=True, slots=True)
class Solid:
    """A block as a body: `thickness` from left to right, and `depth` as far as its side is seen."""

    thickness: float
    height: float
    depth: float = 0.0


@dataclass(frozen=True, slots=True)
class _Largest:
    spatial: int
    channels: int
    units: int


def solids(blocks: Iterable[Block]) -> list[Solid]:
    """The body of each block of a model."""
    blocks = list(blocks)
    shapes = [block.shape for block in blocks if isinstance(block.shape, tuple)]
    maps = [shape for shape in shapes if len(shape) > 2]
    largest = _Largest(
        spatial=max((size for shape in maps for size in shape[1:-1] if isinstance(size, int)), default=1),
        channels=max([_FEW_CHANNELS, *(shape[-1] for shape in maps if isinstance(shape[-1], int))]),
        units=max([_FEW_UNITS, *(shape[-1] for shape in shapes if len(shape) == 2 and isinstance(shape[-1], int))]),
    )
    return [_solid(block, largest) for block in blocks]


def _solid(block: Block, largest: _Largest) -> Solid:
    body = _body(block.shape, largest)
    return Solid(STRIP, body.height, body.depth) if block.thin else body


def _body(shape: Shape | None, largest: _Largest) -> Solid:
    match shape:
        case (_, *_, height, width, channels) if len(shape) > 3:
            side = _scaled(width, largest.spatial, LOWEST, HIGHEST)
            return Solid(_thickness(channels, largest), _height(height, largest), SLANT * side)
        case (_, steps, features):
            return Solid(_thickness(features, largest), _height(steps, largest))
        case (_, units):
            return Solid(VECTOR, _scaled(units, largest.units, LOWEST, HIGHEST))
        case _:
            return Solid(VECTOR, _UNKNOWN)


def _height(size: object, largest: _Largest) -> float:
    return _scaled(size, largest.spatial, LOWEST, HIGHEST)


def _thickness(channels: object, largest: _Largest) -> float:
    return _scaled(channels, largest.channels, THINNEST, THICKEST)


def _scaled(size: object, largest: int, low: float, high: float) -> float:
    if not isinstance(size, int) or largest <= 0:
        return min(_UNKNOWN, (low + high) / 2)
    return low + (high - low) * math.sqrt(max(size, 0) / largest)
