"""Lines of source with marks under expressions, as modern compilers print them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from keras_shapes.cli.safe import safe_line
from keras_shapes.source import Document, Span

_TAB = "    "
_GUTTER = "blue"


@dataclass(frozen=True, slots=True)
class Mark:
    """An expression to underline, and what to say beside it; the primary one is what the diagnostic is about."""

    span: Span
    label: str = ""
    primary: bool = False


def excerpt(document: Document, marks: Sequence[Mark], style: str, width: int) -> Iterator[Text]:
    """The lines that the marks are on; those of the primary mark's cell first. `width` is that of the screen."""
    groups: dict[int | None, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: not mark.primary):
        groups.setdefault(document.location(mark.span.start).cell, []).append(mark)
    gutter = max(len(str(document.location(mark.span.start).row)) for mark in marks)
    for number, (cell, group) in enumerate(groups.items()):
        yield Text(f"{' ' * gutter} ::: cell {cell}" if number else f"{' ' * gutter} |", style=_GUTTER)
        yield from _group(document, group, style, gutter, width)


def _group(document: Document, marks: Sequence[Mark], style: str, gutter: int, width: int) -> Iterator[Text]:
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(document.line(mark.span.start), []).append(mark)
    before: int | None = None
    for line in sorted(by_line):
        if before is not None and line == before + 2:
            yield _source(document, line - 1, Span(0, 0), gutter, width)[0]
        elif before is not None and line > before + 2:
            yield Text(f"{' ' * gutter}...", style=_GUTTER)
        yield from _marked(document, line, by_line[line], style, gutter, width)
        before = line


def _marked(
    document: Document, line: int, marks: Sequence[Mark], style: str, gutter: int, width: int
) -> Iterator[Text]:
    whole = document.line_span(line)
    for number, mark in enumerate(sorted(marks, key=lambda mark: (not mark.primary, mark.span))):
        inside = Span(mark.span.start - whole.start, mark.span.end - whole.start)
        source, indent, length = _source(document, line, inside, gutter, width)
        if number == 0:
            yield source
        sign, colour = ("^", style) if mark.primary else ("-", _GUTTER)
        label = f" {safe_line(mark.label)}" if mark.label else ""
        under = Text(f"{' ' * gutter} | ", style=_GUTTER)
        yield under.append(" " * indent).append(sign * max(1, length) + label, style=colour)


def _source(document: Document, line: int, mark: Span, gutter: int, width: int) -> tuple[Text, int, int]:
    """A line with its number, and the cells before and under a mark, which is in offsets of the line."""
    span = document.line_span(line)
    text = document.slice(span)
    parts = [_shown(text[: mark.start]), _shown(text[mark.start : mark.end]), _shown(text[mark.end :])]
    room = max(20, width - gutter - 3)
    before, inside, after = _cut(parts, room)
    row = document.location(span.start).row
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
