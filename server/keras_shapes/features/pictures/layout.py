"""Where the blocks of a graph stand, from left to right: branches one above the other, lines around what they skip.

Layered drawing after Sugiyama: ranks by the longest way, an order in each rank with few crossings, heights near those
of the neighbours. A long graph is broken into rows, as a text is into lines, where all lines come from one box.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from keras_shapes.features.pictures.ranks import Column, Item, columns_of

_Side: TypeAlias = Literal["before", "after"]

GAP = 18.0
"""Between what stands above each other."""
LANE = 7.0
"""Half of the height that a line takes which goes around blocks."""
SPACE = 22.0
"""Between columns, beside the room for labels."""
ROW_GAP = 46.0
_STRETCH = 1.3
"""Where one piece is wider than a row may be, how much more goes into its row."""
_LEAST = 0.15
"""The part of a row that is worth a row of its own."""
TURN = 16.0
"""How far a line that goes on in the next row sticks out."""


@dataclass(frozen=True, slots=True)
class Box:
    """What takes place around a centre: lines come and go at its height.

    `width` is that of what is drawn, `label` that of the text under it, `room` what the text beside its line needs.
    """

    width: float
    above: float
    below: float
    label: float = 0.0
    room: float = 0.0

    @property
    def whole(self) -> float:
        """The width of all of it."""
        return max(self.width, self.label)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the picture; `y` grows downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Route:
    """The way of a line: level, from the first point to the second, then aside to the third, then level again.

    A line that goes on in the next row comes to the first point by the corners of its `turn`.
    """

    points: tuple[Point, ...]
    turn: tuple[Point, ...] = ()

    @property
    def start(self) -> Point:
        """Where it leaves its box."""
        return (*self.turn, *self.points)[0]


@dataclass(frozen=True, slots=True)
class Layout:
    """`centres` and `routes` are in the order of the boxes and the links."""

    width: float
    height: float
    centres: tuple[Point, ...]
    routes: tuple[Route, ...]


def place(boxes: Sequence[Box], links: Sequence[tuple[int, int]], width: float) -> Layout:
    """Place boxes; no row is wider than `width` unless it must be. A link goes from a box to a later one."""
    if not boxes:
        return Layout(0.0, 0.0, (), ())
    columns = columns_of(len(boxes), links)
    heights = _heights(columns, boxes, links)
    starts, widths = _across(columns, boxes)
    rows = _rows(columns, starts, widths, links, width)
    return _placed(_Drawing(boxes, links, columns, heights, starts, widths, rows))


@dataclass(frozen=True, slots=True)
class _Drawing:
    boxes: Sequence[Box]
    links: Sequence[tuple[int, int]]
    columns: Sequence[Column]
    heights: dict[Item, float]
    starts: Sequence[float]
    widths: Sequence[float]
    rows: Sequence[range]


def _extent(item: Item, boxes: Sequence[Box]) -> tuple[float, float]:
    return (LANE, LANE) if item.link is not None else (boxes[item.box].above, boxes[item.box].below)


def _heights(columns: Sequence[Column], boxes: Sequence[Box], links: Sequence[tuple[int, int]]) -> dict[Item, float]:
    """The height of each item: that of its neighbours, as far as the order in its column lets it."""
    found: dict[Item, float] = {}
    going = Counter(source for source, _ in links)
    for column in columns:
        _settle(column, found, "before", boxes, going)
    for _ in range(3):
        for column in reversed(columns):
            _settle(column, found, "after", boxes, going)
        for column in columns:
            _settle(column, found, "before", boxes, going)
    for column in reversed(columns):
        _settle(column, found, "after", boxes, going)
    return found


def _settle(column: Column, found: dict[Item, float], side: _Side, boxes: Sequence[Box], going: Counter[int]) -> None:
    wishes = [_wish(item, column, found, side, alone=going[item.box] == 1) for item in column.items]
    weights = [1.0 if item.link is not None else 20.0 for item in column.items]
    extents = [_extent(item, boxes) for item in column.items]
    found.update(zip(column.items, _apart(wishes, weights, extents), strict=True))


def _wish(item: Item, column: Column, found: dict[Item, float], side: _Side, *, alone: bool) -> float:
    """Lines want to stay straight; boxes want to be in the middle of the boxes beside them.

    A line that goes around something keeps its height there; one that is `alone` in leaving its box keeps the box's.
    """
    near = (column.before if side == "before" else column.after).get(item, ())
    if item.link is not None and alone and side == "before" and near and near[0] in found:
        return found[near[0]]
    same = [each for each in near if (each.link is None) == (item.link is None) and each in found]
    if not same and (item in found or not near):
        return found.get(item, 0.0)
    known = [found[each] for each in same or near if each in found]
    return sum(known) / len(known) if known else 0.0


def _apart(wishes: Sequence[float], weights: Sequence[float], extents: Sequence[tuple[float, float]]) -> list[float]:
    """The heights nearest to the wishes that keep the order and the gaps: isotonic regression."""
    offsets = [0.0]
    for (_, below), (above, _) in itertools.pairwise(extents):
        offsets.append(offsets[-1] + below + GAP + above)
    pools: list[tuple[float, float, int]] = []
    for wish, weight, offset in zip(wishes, weights, offsets, strict=False):
        mean, total, count = wish - offset, weight, 1
        while pools and pools[-1][0] > mean:
            before, heavy, more = pools.pop()
            mean, total, count = (before * heavy + mean * total) / (heavy + total), heavy + total, count + more
        pools.append((mean, total, count))
    means = [mean for mean, _, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=False)]


def _across(columns: Sequence[Column], boxes: Sequence[Box]) -> tuple[list[float], list[float]]:
    """Where each column begins, and how wide it is."""
    starts, widths, x = [], [], 0.0
    for column in columns:
        held = [boxes[item.box] for item in column.items if item.link is None]
        widths.append(max((box.whole for box in held), default=0.0))
        starts.append(x)
        x += widths[-1] + max((box.room for box in held), default=0.0) + SPACE
    return starts, widths


def _rows(
    columns: Sequence[Column],
    starts: Sequence[float],
    widths: Sequence[float],
    links: Sequence[tuple[int, int]],
    width: float,
) -> list[range]:
    """Columns in rows, broken where all lines that go on come from one box."""
    rank = {item.box: number for number, column in enumerate(columns) for item in column.items if item.link is None}
    crossing: list[set[int]] = [set() for _ in columns]
    for source, target in links:
        for number in range(rank[source] + 1, rank[target] + 1):
            crossing[number].add(source)
    breaks = [number for number in range(1, len(columns)) if len(crossing[number]) == 1]
    ends = [starts[number - 1] + widths[number - 1] for number in [*breaks, len(columns)]]
    pieces = [end - start for end, start in zip(ends, [0.0, *(starts[number] for number in breaks)], strict=True)]
    most = max(width, max(pieces) * _STRETCH)
    rows, first = [], 0
    for here, end in zip(breaks, ends[1:], strict=True):
        rest = ends[-1] - starts[here]
        if end - starts[first] > most and rest > most * _LEAST:
            rows.append(range(first, here))
            first = here
    return [*rows, range(first, len(columns))]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item is: the left end of its column, where lines may turn behind it, its middle, its height, its row."""

    left: float
    right: float
    middle: float
    y: float
    row: int


def _placed(drawing: _Drawing) -> Layout:
    places: dict[Item, _Place] = {}
    bottoms: list[float] = []
    top = right = 0.0
    for number, row in enumerate(drawing.rows):
        items = [item for rank in row for item in drawing.columns[rank].items]
        extents = {item: _extent(item, drawing.boxes) for item in items}
        shift = top - min(drawing.heights[item] - extents[item][0] for item in items)
        indent = TURN + SPACE if number else 0.0
        for rank in row:
            left = drawing.starts[rank] - drawing.starts[row.start] + indent
            end = left + drawing.widths[rank]
            following = (
                drawing.starts[rank + 1] - drawing.starts[row.start] + indent if rank + 1 in row else end + SPACE
            )
            for item in drawing.columns[rank].items:
                height = drawing.heights[item] + shift
                places[item] = _Place(left, max(end, following - SPACE), (left + end) / 2, height, number)
            right = max(right, end + _behind(drawing, rank) + TURN * (number + 1 < len(drawing.rows)))
        bottoms.append(max(drawing.heights[item] + shift + extents[item][1] for item in items))
        top = bottoms[-1] + ROW_GAP
    centres = [Point(places[item].middle, places[item].y) for item in map(Item, range(len(drawing.boxes)))]
    routes = [_route(drawing, places, number, bottoms, right) for number in range(len(drawing.links))]
    return Layout(right, bottoms[-1], tuple(centres), tuple(routes))


def _behind(drawing: _Drawing, rank: int) -> float:
    """The room for labels behind a column."""
    boxes = [drawing.boxes[item.box] for item in drawing.columns[rank].items if item.link is None]
    return max((box.room for box in boxes), default=0.0)


def _route(drawing: _Drawing, places: dict[Item, _Place], number: int, bottoms: Sequence[float], right: float) -> Route:
    source, target = (Item(box) for box in drawing.links[number])
    chain = [item for column in drawing.columns for item in column.items if item.link == number]
    start, end = _port(drawing, places, source, 1), _port(drawing, places, target, -1)
    passed = [Point(x, places[item].y) for item in chain for x in (places[item].left, places[item].right)]
    points = (Point(places[source].right, start.y), *passed, Point(places[target].left, end.y), end)
    row, following = places[source].row, places[(*chain, target)[0]].row
    if row == following:
        return Route((start, *points))
    between = bottoms[row] + ROW_GAP / 2
    corners = (Point(right, start.y), Point(right, between), Point(0.0, between), Point(0.0, points[1].y))
    return Route(points[1:], (start, *corners))


def _port(drawing: _Drawing, places: dict[Item, _Place], item: Item, side: int) -> Point:
    """Where lines leave a box, on its right, or reach it, on its left."""
    return Point(places[item].middle + side * drawing.boxes[item.box].width / 2, places[item].y)
