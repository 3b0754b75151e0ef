"""Blocks that are drawn as one: a layer, and what keeps its shape right behind it, thin or the same again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from keras_shapes.features.pictures.diagram import Block, Diagram, Link

MOST_ALIKE = 4
"""So many layers of one kind are drawn as one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The places of its blocks in the diagram, in order."""

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """`links` go between cells, by their places; each tensor once."""

    cells: tuple[Cell, ...]
    links: tuple[Link, ...]


def cells_of(diagram: Diagram) -> Cells:
    """The cells of a diagram, in its order."""
    links = [link for link in diagram.links if link.source < link.target]
    coming = Counter(link.target for link in links)
    going = Counter(link.source for link in links)
    before = {link.target: link.source for link in links}
    cells: list[list[int]] = []
    holder: dict[int, int] = {}
    for place, block in enumerate(diagram.blocks):
        source = before.get(place)
        alone = coming[place] == 1 and source is not None and going[source] == 1
        before_it = [diagram.blocks[each] for each in cells[holder[source]]] if alone and source is not None else []
        if source is not None and before_it and _sticks(block, before_it):
            holder[place] = holder[source]
            cells[holder[source]].append(place)
        else:
            holder[place] = len(cells)
            cells.append([place])
    return Cells(tuple(Cell(tuple(cell)) for cell in cells), _between(links, holder))


def _sticks(block: Block, cell: Sequence[Block]) -> bool:
    """Whether a block is drawn onto those before: an activation, a normalization, a dropout, one more convolution."""
    if not block.keeps or block.status != "built" or cell[-1].status != "built" or cell[-1].role != "layer":
        return False
    return block.thin or block.kind == "normalization" or (len(cell) < MOST_ALIKE and all(map(block.is_like, cell)))


def _between(links: Sequence[Link], holder: dict[int, int]) -> tuple[Link, ...]:
    moved = (replace(link, source=holder[link.source], target=holder[link.target]) for link in links)
    return tuple(dict.fromkeys(link for link in moved if link.source != link.target))
