"""Text and places in it: the lowest room, known to everybody, knowing nobody."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code-point offsets in a document's text."""

    start: int
    end: int

    def contains(self, offset: int) -> bool:
        """Whether a caret at `offset` touches the span; the end counts, as it does in editors."""
        return self.start <= offset <= self.end

    def encloses(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Location:
    """A place for people: row and column are 1-based (code points), inside `cell` if there is one."""

    row: int
    column: int
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell of a notebook: its 1-based number among the code cells, and the span of its source."""

    number: int
    span: Span


@dataclass(frozen=True)
class Document:
    """One open text: a Python file, or the code cells of a notebook joined by newlines.

    `text` holds the source as its author wrote it, magics included; `python` has the same length and
    holds only what Python can parse, so that an offset means the same place in both.
    """

    path: str
    text: str
    python: str
    cells: tuple[Cell, ...] = ()
    line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the lines as Python counts them: LF, CR LF and CR end a line, a form feed does not."""
        object.__setattr__(self, "line_starts", _line_starts(self.python))

    def line(self, offset: int) -> int:
        """0-based line of the whole text that holds `offset`."""
        return bisect_right(self.line_starts, offset) - 1

    def line_span(self, line: int) -> Span:
        """Span of a 0-based line without its line break."""
        start = self.line_starts[line]
        end = self.line_starts[line + 1] if line + 1 < len(self.line_starts) else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))

    def cell(self, offset: int) -> Cell | None:
        """The notebook cell that holds `offset`."""
        return next((cell for cell in self.cells if cell.span.contains(offset)), None)

    def location(self, offset: int) -> Location:
        """Row, column and cell of an offset."""
        line = self.line(offset)
        column = offset - self.line_starts[line] + 1
        cell = self.cell(offset)
        if cell is None:
            return Location(line + 1, column)
        return Location(line - self.line(cell.span.start) + 1, column, cell.number)

    def slice(self, span: Span) -> str:
        """The author's text of a span."""
        return self.text[span.start : span.end]


def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    position = 0
    while position < len(text):
        newline = text.find("\n", position)
        carriage = text.find("\r", position, newline if newline >= 0 else len(text))
        if carriage >= 0 and carriage + 1 != newline:
            position = carriage + 1
        elif newline >= 0:
            position = newline + 1
        else:
            break
        starts.append(position)
    return tuple(starts)
