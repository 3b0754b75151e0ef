"""What `check` prints for people: each diagnostic with its source line, and a count at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.text import Text

from keras_shapes.analysis import Analysis, count
from keras_shapes.cli.batch import Checked
from keras_shapes.cli.formats.excerpt import Mark, excerpt
from keras_shapes.cli.formats.report import Report
from keras_shapes.cli.safe import safe_line
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.features.totals import number_of, totals_text
from keras_shapes.source import Document

_STYLES = {"error": "bold red", "warning": "bold yellow", "hint": "bold cyan"}
_WIDTH_OF_PIPES = 160


def write(report: Report, file: TextIO) -> None:
    """The diagnostics of each file and the closing count; nothing where no file was checked."""
    console = Console(file=file, highlight=False, soft_wrap=True, emoji=False, markup=False)
    width = console.width if console.is_terminal else _WIDTH_OF_PIPES
    for found in report.found():
        for line in diagnostic_lines(found.path, found.document, found.diagnostic, width):
            console.print(line)
        console.print()
    if report.checked and not report.quiet:
        console.print(closing_count(report.checked))


def diagnostic_lines(path: Path, document: Document, diagnostic: Diagnostic, width: int) -> Iterator[Text]:
    """One diagnostic: where, how bad, which rule, what; the lines in question; how to mend it."""
    style = _STYLES[diagnostic.severity]
    title = Text(f"{place_text(path, document, diagnostic.span.start, column=True)}: ", style="bold")
    title.append(f"{diagnostic.severity}[{diagnostic.code}]", style=style)
    yield title.append(f": {safe_line(diagnostic.message)}", style="bold")
    marks = [Mark(diagnostic.span, primary=True)]
    marks += [Mark(related.span, related.message) for related in diagnostic.related]
    yield from excerpt(document, marks, style, width)
    for fix in diagnostic.fixes:
        yield Text("  = ", style="blue").append("help: ", style="bold").append(safe_line(fix.title))


def closing_count(checked: Sequence[Checked]) -> str:
    """`12 files, 7 models: 5 built, 1 with an error, 1 unknown (a.py:4: X comes from read_csv)`."""
    analysed = [(file.path, file.analysis) for file in checked if file.analysis is not None]
    analyses = [analysis for _, analysis in analysed]
    unread = sum(len(analysis.reading.unread) for analysis in analyses)
    aside = f"; {number_of(unread, 'subclassed model')} not read" if unread else ""
    aside += "".join(f"; {safe_line(str(path))} not read: {why}" for path, why in _problems(analysed)[:1])
    return f"{totals_text(len(checked), analyses)}{_why(analysed)}{aside}"


def _problems(analysed: Sequence[tuple[Path, Analysis]]) -> list[tuple[Path, str]]:
    """The files that are not read, and why."""
    return [(path, analysis.reading.problem) for path, analysis in analysed if analysis.reading.problem is not None]


def place_text(path: Path, document: Document, offset: int, *, column: bool = False) -> str:
    """`a.py:4`, `a.py:4:9`, `a.ipynb:cell 2:4`."""
    place = document.location(offset)
    cell = f"cell {place.cell}:" if place.cell is not None else ""
    return safe_line(f"{path}:{cell}{place.row}") + (f":{place.column}" if column else "")


def _why(analysed: Sequence[tuple[Path, Analysis]]) -> str:
    """The one reason for the first unknown model."""
    for path, analysis in analysed:
        counts = count(analysis.models)
        if counts.unknown and counts.reason and counts.span:
            return f" ({place_text(path, analysis.document, counts.span.start)}: {safe_line(counts.reason)})"
    return ""
