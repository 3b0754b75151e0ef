"""Lines of source with marks under expressions, as modern compilers print them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from keras_shapes.api.results import LineResult
from keras_shapes.cli.safe import safe_line
from keras_shapes.source import Location

_TAB = "    "
_GUTTER = "blue"


@dataclass(frozen=True, slots=True)
class Mark:
    """An expression to underline, and what to say beside it; the primary one is what the diagnostic is about."""

    start: Location
    end: Location
    label: str = ""
    primary: bool = False


def excerpt(lines: Sequence[LineResult], marks: Sequence[Mark], style: str, width: int) -> Iterator[Text]:
    """The lines that the marks are on; those of the primary mark's cell first. `width` is that of the screen."""
    groups: dict[int | None, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: not mark.primary):
        groups.setdefault(mark.start.cell, []).append(mark)
    gutter = max(len(str(mark.start.row)) for mark in marks)
    for number, (cell, group) in enumerate(groups.items()):
        texts = {line.row: line.text for line in lines if line.cell == cell}
        yield Text(f"{' ' * gutter} ::: cell {cell}" if number else f"{' ' * gutter} |", style=_GUTTER)
        yield from _group(texts, group, style, gutter, width)


def _group(texts: Mapping[int, str], marks: Sequence[Mark], style: str, gutter: int, width: int) -> Iterator[Text]:
    by_row: dict[int, list[Mark]] = {}
    for mark in marks:
        by_row.setdefault(mark.start.row, []).append(mark)
    before: int | None = None
    for row in sorted(by_row):
        if before is not None and row == before + 2:
            yield _source(texts.get(row - 1, ""), row - 1, None, gutter, width)[0]
        elif before is not None and row > before + 2:
            yield Text(f"{' ' * gutter}...", style=_GUTTER)
        yield from _marked(texts.get(row, ""), by_row[row], style, gutter, width)
        before = row


def _marked(text: str, marks: Sequence[Mark], style: str, gutter: int, width: int) -> Iterator[Text]:
    for number, mark in enumerate(sorted(marks, key=lambda mark: (not mark.primary, _place(mark)))):
        source, indent, length = _source(text, mark.start.row, mark, gutter, width)
        if number == 0:
            yield source
        sign, colour = ("^", style) if mark.primary else ("-", _GUTTER)
        label = f" {safe_line(mark.label)}" if mark.label else ""
        under = Text(f"{' ' * gutter} | ", style=_GUTTER)
        yield under.append(" " * indent).append(sign * max(1, length) + label, style=colour)


def _place(mark: Mark) -> tuple[int, int, int]:
    return mark.start.column, mark.end.row, mark.end.column


def _source(text: str, row: int, mark: Mark | None, gutter: int, width: int) -> tuple[Text, int, int]:
    """A line with its number, and the cells before and under a mark; one of several lines ends with its first."""
    start, end = (mark.start.column - 1, mark.end.column - 1) if mark else (0, 0)
    if mark and mark.end.row != row:
        end = len(text)
    parts = [_shown(text[:start]), _shown(text[start:end]), _shown(text[end:])]
    room = max(20, width - gutter - 3)
    before, inside, after = _cut(parts, room)
    numbered = Text(f"{row:>{gutter}} | ", style=_GUTTER).append((before + inside + after).rstrip(), style="default")
    return numbered, cell_len(before), cell_len(inside)


def _shown(text: str) -> str:
    return safe_line(text.replace("\t", _TAB))


def _cut(parts: Sequence[str], room: int) -> tuple[str, str, str]:
    """A line that is too long shows what is around its mark."""
    before, inside, after = parts
    if cell_len(before + inside + after) <= room:
        return before, inside, after
    if cell_len(before + inside) > room:
        before = "…" + _last(before, max(0, room // 2 - 1)) if before else ""
    inside = _first(inside, room - cell_len(before))
    return before, inside, _first(after, room - cell_len(before + inside))


def _first(text: str, cells: int) -> str:
    if cell_len(text) <= cells:
        return text
    while text and cell_len(text) >= max(1, cells):
        text = text[: -max(1, (cell_len(text) - cells) // 2)]
    return text + "…" if cells > 0 else ""


def _last(text: str, cells: int) -> str:
    while cell_len(text) > cells:
        text = text[max(1, (cell_len(text) - cells) // 2) :]
    return text
