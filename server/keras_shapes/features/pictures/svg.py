"""Pictures as SVG, in black text on white, fit for a paper: the only place that knows how a thing looks."""

from __future__ import annotations

import html
import itertools
from collections.abc import Iterator, Sequence

from keras_shapes.features.layer_kinds import KINDS, LayerKind
from keras_shapes.features.pictures.colours import COLOURS, REFUSED, shade
from keras_shapes.features.pictures.diagram import Diagram
from keras_shapes.features.pictures.layout import Point, Route
from keras_shapes.features.pictures.sheet import (
    END_HEIGHT,
    LINE_HEIGHT,
    TEXT_SIZE,
    TITLE_SIZE,
    Drawn,
    Line,
    Part,
    Sheet,
    sheet_of,
)
from keras_shapes.features.pictures.text_width import text_width

WIDEST = 1400.0
MARGIN = 24.0

_FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_STYLE = f"""
text {{ font-family: {_FONTS}; font-size: {TEXT_SIZE}px; fill: #222; }}
.title {{ font-size: 16px; font-weight: bold; }} .facts {{ font-size: 11px; fill: #555; }}
.message {{ font-size: 11px; fill: {REFUSED}; }} .name {{ font-size: {TITLE_SIZE}px; font-weight: bold; }}
.line {{ fill: none; stroke: #555; stroke-width: 1.2; }}
.shape {{ fill: #444; stroke: #fff; stroke-width: 3px; paint-order: stroke; stroke-linejoin: round; }}
.line.clash {{ stroke: {REFUSED}; stroke-width: 2; }} .shape.clash {{ fill: {REFUSED}; font-weight: bold; }}
.block path, .block rect {{ stroke-width: 0.8; stroke-linejoin: round; }}
.refused path {{ stroke: {REFUSED}; stroke-width: 2; }} .unknown path {{ stroke-dasharray: 3 2; }}
"""
_OPENING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
    'viewBox="0 0 {width} {height}" role="img">'
)
_ARROW = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
    'markerUnits="userSpaceOnUse" orient="auto"><path d="M 0 0.8 L 8 4 L 0 7.2 z" fill="#555"/></marker></defs>'
)
_HEAD, _HEAD_LINE = 30.0, 16.0
_LEGEND_ROW = 18.0
_BEND = 8.0


def svg(diagrams: Sequence[Diagram]) -> str:
    """One picture with all diagrams, from above to below, and one legend for all."""
    sheets = [sheet_of(diagram, WIDEST) for diagram in diagrams]
    heads = [_head(diagram) for diagram in diagrams]
    words = [text_width(text, size, bold=True) for diagram in diagrams for text, size in _words(diagram)]
    width = max([*(sheet.width for sheet in sheets), *words, 240.0]) + 2 * MARGIN
    body, top = [], MARGIN
    for sheet, head in zip(sheets, heads, strict=True):
        body += [f'<g transform="translate({MARGIN:g} {top:.1f})">', *_sheet(sheet, head), "</g>"]
        top += head + sheet.height + MARGIN
    kinds = frozenset().union(*(diagram.kinds for diagram in diagrams))
    legend = _legend_places([kind for kind in KINDS if kind in kinds], width, top)
    height = max([top, *(place.y + _LEGEND_ROW for _, place in legend)]) + MARGIN / 2
    title = html.escape(", ".join(_text(diagram.title) for diagram in diagrams), quote=False)
    return "\n".join(
        [
            _OPENING.format(width=f"{width:.0f}", height=f"{height:.0f}"),
            f"<title>{title}</title>",
            f"<style>{_STYLE}</style>{_ARROW}",
            '<rect width="100%" height="100%" fill="#fff"/>',
            *body,
            *_legend(legend),
            "</svg>",
            "",
        ]
    )


def _words(diagram: Diagram) -> Iterator[tuple[str, float]]:
    yield diagram.title, 16.0
    yield diagram.facts, 11.0
    yield diagram.message, 11.0


def _head(diagram: Diagram) -> float:
    return _HEAD + _HEAD_LINE * sum(map(bool, (diagram.facts, diagram.message)))


def _sheet(sheet: Sheet, head: float) -> Iterator[str]:
    diagram = sheet.diagram
    yield _label(Point(0, 14), diagram.title, "title", anchor="start")
    told = [(text, style) for text, style in ((diagram.facts, "facts"), (diagram.message, "message")) if text]
    for number, (text, style) in enumerate(told, start=1):
        yield _label(Point(0, 14 + _HEAD_LINE * number), text, style, anchor="start")
    yield f'<g transform="translate(0 {head:g})">'
    for line in sheet.lines:
        style = "line clash" if line.clash else "line"
        yield f'<path class="{style}" d="{_way(line.route)}" marker-end="url(#arrow)"/>'
    for cell in sheet.cells:
        yield from _cell(cell)
    for line in sheet.lines:
        yield from _shape(line)
    yield "</g>"


def _cell(cell: Drawn) -> Iterator[str]:
    left = cell.centre.x - cell.width / 2
    if cell.parts[0].block.role == "end":
        yield from _end(cell, left)
        return
    for part in cell.parts:
        yield from _solid(part, left + part.left, cell.centre.y)
    y = cell.centre.y + max(part.solid.height for part in cell.parts) / 2 + LINE_HEIGHT
    for number, text in enumerate(cell.caption):
        where = Point(cell.centre.x, y + number * LINE_HEIGHT)
        yield _label(where, text.content, "name" if text.stands_out else "")


def _solid(part: Part, x: float, middle: float) -> Iterator[str]:
    """The front, the top and the side of a body."""
    solid, colour = part.solid, COLOURS[part.block.kind]
    edge, y = shade(colour, 0.55), middle - solid.height / 2
    right, depth = x + solid.thickness, solid.depth
    yield f'<g class="block {part.block.kind} {part.block.status}">'
    yield f"<title>{_escaped(' · '.join([part.block.title, *part.block.lines]))}</title>"
    if depth:
        top = f"M {x:.1f} {y:.1f} l {depth:.1f} {-depth:.1f} h {solid.thickness:.1f} L {right:.1f} {y:.1f} z"
        side = f"M {right:.1f} {y:.1f} l {depth:.1f} {-depth:.1f} v {solid.height:.1f} l {-depth:.1f} {depth:.1f} z"
        yield f'<path d="{top}" fill="{shade(colour, 0.92)}" stroke="{edge}"/>'
        yield f'<path d="{side}" fill="{shade(colour, 0.8)}" stroke="{edge}"/>'
    front = f"M {x:.1f} {y:.1f} h {solid.thickness:.1f} v {solid.height:.1f} h {-solid.thickness:.1f} z"
    yield f'<path class="front" d="{front}" fill="{colour}" stroke="{edge}"/>'
    yield "</g>"


def _end(cell: Drawn, left: float) -> Iterator[str]:
    block = cell.parts[0].block
    height = END_HEIGHT + LINE_HEIGHT * bool(block.words)
    y = cell.centre.y - height / 2
    yield '<g class="block end">'
    yield (
        f'<rect x="{left:.1f}" y="{y:.1f}" width="{cell.width:.1f}" height="{height:.1f}" rx="6" '
        'fill="#fff" stroke="#555"/>'
    )
    yield _label(Point(cell.centre.x, y + 17), block.title, "name")
    if block.words:
        yield _label(Point(cell.centre.x, y + 17 + LINE_HEIGHT), block.words, "")
    yield "</g>"


def _shape(line: Line) -> Iterator[str]:
    if line.text:
        start = line.route.start
        below = LINE_HEIGHT * line.number + 2 * bool(line.number)
        style = "shape clash" if line.clash else "shape"
        yield _label(Point(start.x + 5, start.y - 5 + below), line.text, style, anchor="start")


def _way(route: Route) -> str:
    first = route.points[0]
    steps = [f"M {_at(route.start)}", *_corners([*route.turn, first])] if route.turn else [f"M {_at(first)}"]
    for number, (here, there) in enumerate(itertools.pairwise(route.points)):
        level = number % 2 == 0 or abs(here.y - there.y) < 0.5
        steps.append(f"L {_at(there)}" if level else _bow(here, there))
    return " ".join(steps)


def _bow(here: Point, there: Point) -> str:
    """A curve that begins and ends level."""
    middle = (here.x + there.x) / 2
    return f"C {middle:.1f} {here.y:.1f} {middle:.1f} {there.y:.1f} {_at(there)}"


def _corners(points: Sequence[Point]) -> Iterator[str]:
    """Straight pieces with round corners."""
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        yield f"L {_at(_towards(corner, before))} Q {_at(corner)} {_at(_towards(corner, after))}"
    yield f"L {_at(points[-1])}"


def _towards(corner: Point, other: Point) -> Point:
    length = max(abs(other.x - corner.x), abs(other.y - corner.y))
    part = min(_BEND, length / 2) / length if length else 0.0
    return Point(corner.x + (other.x - corner.x) * part, corner.y + (other.y - corner.y) * part)


def _legend_places(kinds: Sequence[LayerKind], width: float, top: float) -> list[tuple[LayerKind, Point]]:
    """Where the squares of a legend are, in as many rows as are needed."""
    found, x, y = [], MARGIN, top
    for kind in kinds:
        needed = 34 + text_width(kind, TEXT_SIZE)
        if x + needed > width - MARGIN and x > MARGIN:
            x, y = MARGIN, y + _LEGEND_ROW
        found.append((kind, Point(x, y)))
        x += needed
    return found


def _legend(places: Sequence[tuple[LayerKind, Point]]) -> Iterator[str]:
    yield '<g class="legend">'
    for kind, place in places:
        yield (
            f'<rect x="{place.x:.1f}" y="{place.y:.1f}" width="10" height="10" fill="{COLOURS[kind]}" '
            f'stroke="{shade(COLOURS[kind], 0.55)}" stroke-width="0.8"/>'
        )
        yield _label(Point(place.x + 15, place.y + 8.5), kind, "", anchor="start")
    yield "</g>"


def _label(where: Point, text: str, style: str, anchor: str = "middle") -> str:
    styled = f' class="{style}"' if style else ""
    return f'<text x="{where.x:.1f}" y="{where.y:.1f}" text-anchor="{anchor}"{styled}>{_escaped(text)}</text>'


def _at(point: Point) -> str:
    return f"{point.x:.1f} {point.y:.1f}"


def _escaped(text: str) -> str:
    return html.escape(_text(text), quote=False)


def _text(text: str) -> str:
    """The text on one line, without what XML cannot hold."""
    return "".join(char if char.isprintable() else " " for char in text)
