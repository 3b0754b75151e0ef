"""What `check` prints for people: each diagnostic with its source line, and a count at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from keras_shapes.cli.formats.excerpt import Mark, excerpt
from keras_shapes.cli.formats.report import Found, Report
from keras_shapes.cli.places import place_text
from keras_shapes.cli.safe import safe_line

_STYLES = {"error": "bold red", "warning": "bold yellow", "hint": "bold cyan"}
_WIDTH_OF_PIPES = 160


def write(report: Report, file: TextIO) -> None:
    """The diagnostics of each file as it comes, and the closing count; nothing where no file was checked."""
    console = Console(file=file, highlight=False, soft_wrap=True, emoji=False, markup=False)
    width = console.width if console.is_terminal else _WIDTH_OF_PIPES
    for found in report.found():
        for line in diagnostic_lines(found, width):
            console.print(line)
        console.print()
        file.flush()
    closing = report.closing()
    if closing is not None:
        console.print(closing)


def diagnostic_lines(found: Found, width: int) -> Iterator[Text]:
    """One diagnostic: where, how bad, which rule, what; the lines in question; how to mend it."""
    diagnostic = found.diagnostic
    style = _STYLES[diagnostic.severity]
    title = Text(f"{place_text(found.file.filename, found.start, column=True)}: ", style="bold")
    title.append(f"{diagnostic.severity}[{diagnostic.code}]", style=style)
    yield title.append(f": {safe_line(diagnostic.message)}", style="bold")
    marks = [Mark(found.start, found.end, primary=True)]
    marks += [Mark(related.location, related.end_location, related.message) for related in diagnostic.related]
    yield from excerpt(found.file.lines, marks, style, width)
    for fix in diagnostic.fixes:
        yield Text("  = ", style="blue").append("help: ", style="bold").append(safe_line(fix.title))
