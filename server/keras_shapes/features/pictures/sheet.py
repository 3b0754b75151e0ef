"""A picture of one model, measured and placed: everything that a renderer has to draw, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from keras_shapes.features.pictures.cells import cells_of
from keras_shapes.features.pictures.diagram import Block, Diagram, Link
from keras_shapes.features.pictures.layout import SPACE, Box, Layout, Point, Route, place
from keras_shapes.features.pictures.proportions import STRIP, Solid, solids
from keras_shapes.features.pictures.text_width import text_width
from keras_shapes.features.shapes import parameters_text

TITLE_SIZE = 11.0
TEXT_SIZE = 9.5
LINE_HEIGHT = 13.0
END_HEIGHT = 26.0

_PADDING = 10.0


@dataclass(frozen=True, slots=True)
class Text:
    """A line of a caption; the first one of a layer `stands_out`."""

    content: str
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a cell: its body, and where the left edge of its front is, seen from that of the cell."""

    block: Block
    solid: Solid
    left: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell around its `centre`, which is the middle of the fronts' height; `width` includes the side that is seen."""

    parts: tuple[Part, ...]
    caption: tuple[Text, ...]
    centre: Point
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line between cells; `text` is empty where another line from the same place says it already.

    `number` counts the texts at one place, from 0. `clash`: what comes along it does not fit.
    """

    route: Route
    text: str
    number: int = 0
    clash: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The drawing of a diagram, whose upper left corner is 0, 0."""

    diagram: Diagram
    width: float
    height: float
    cells: tuple[Drawn, ...]
    lines: tuple[Line, ...]


def sheet_of(diagram: Diagram, width: float) -> Sheet:
    """The sheet of a diagram; a long one goes on in further rows instead of being wider."""
    found = cells_of(diagram)
    bodies = solids(diagram.blocks)
    parts = [_parts(diagram.blocks, bodies, cell.places) for cell in found.cells]
    captions = [_caption([part.block for part in each]) for each in parts]
    told = _labels(found.links)
    longest = [
        max((text_width(text, TEXT_SIZE) for text in told.get(cell, ())), default=0) for cell in range(len(parts))
    ]
    boxes = [_box(*each) for each in zip(parts, captions, longest, strict=True)]
    layout = place(boxes, [(link.source, link.target) for link in found.links], width)
    cells = [
        Drawn(each, caption, centre, box.width)
        for each, caption, centre, box in zip(parts, captions, layout.centres, boxes, strict=True)
    ]
    return Sheet(diagram, layout.width, layout.height, tuple(cells), _lines(found.links, layout))


def _parts(blocks: Sequence[Block], bodies: Sequence[Solid], places: Sequence[int]) -> tuple[Part, ...]:
    found: list[Part] = []
    left = 0.0
    for number in places:
        alike = not found or blocks[number].is_like(found[0].block)
        solid = bodies[number] if alike else replace(bodies[number], thickness=STRIP)
        found.append(Part(blocks[number], solid, left))
        left += solid.thickness
    return tuple(found)


def _caption(blocks: Sequence[Block]) -> tuple[Text, ...]:
    """The lines under a cell: what it is, what sticks to it, and its parameters. An end has its words inside."""
    first = blocks[0]
    if first.role == "end":
        return ()
    alike = [block for block in blocks if block is first or block.is_like(first)]
    title = first.title if len(alike) == 1 else f"{first.title} ×{len(alike)}"
    others = [f"+ {block.title} {block.words}".strip() for block in blocks if block not in alike]
    lines = [first.words, *others, _size(blocks)]
    return (Text(title, stands_out=True), *(Text(line) for line in lines if line))


def _size(blocks: Sequence[Block]) -> str:
    if blocks[0].shared:
        return "shared"
    counts: list[int] = [block.params for block in blocks if block.params is not None and not block.shared]
    total = sum(counts)
    return parameters_text(total) if len(counts) == len(blocks) and total else ""


def _labels(links: Sequence[Link]) -> dict[int, list[str]]:
    """The texts beside the lines that leave each cell, each once."""
    found: dict[int, list[str]] = {}
    for link in links:
        texts = found.setdefault(link.source, [])
        if link.text not in texts:
            texts.append(link.text)
    return found


def _box(parts: Sequence[Part], caption: Sequence[Text], longest: float) -> Box:
    if parts[0].block.role == "end":
        block = parts[0].block
        widest = max(text_width(block.title, TITLE_SIZE, bold=True), text_width(block.words, TEXT_SIZE))
        height = END_HEIGHT + LINE_HEIGHT * bool(block.words)
        return Box(widest + 2 * _PADDING, height / 2, height / 2)
    width = parts[-1].left + parts[-1].solid.thickness + parts[-1].solid.depth
    height = max(part.solid.height for part in parts)
    above = max(part.solid.height / 2 + part.solid.depth for part in parts)
    below = height / 2 + LINE_HEIGHT * len(caption) + 4
    label = max((_width(text) for text in caption), default=0.0) + 6
    room = max(0.0, longest + _PADDING - max(0.0, label - width) / 2 - SPACE / 2)
    return Box(width, above, below, label, room)


def _width(text: Text) -> float:
    size = TITLE_SIZE if text.stands_out else TEXT_SIZE
    return text_width(text.content, size, bold=text.stands_out)


def _lines(links: Sequence[Link], layout: Layout) -> tuple[Line, ...]:
    """Lines with what is beside them: each text once behind a cell, a second one below the line, and so on."""
    told: dict[int, list[str]] = {}
    lines = []
    for link, route in zip(links, layout.routes, strict=True):
        texts = told.setdefault(link.source, [])
        new = link.text not in texts
        lines.append(Line(route, link.text if new else "", len(texts) if new else 0, link.clash))
        texts += [link.text] if new else []
    return tuple(lines)
