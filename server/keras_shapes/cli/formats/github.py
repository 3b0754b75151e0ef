"""Annotations of GitHub's pull requests: workflow commands, one a line.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from typing import TextIO

from keras_shapes.cli.formats.report import Found, Report
from keras_shapes.diagnostic import Severity

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def write(report: Report, file: TextIO) -> None:
    """`::error file=a.py,line=4,…::…`."""
    for found in report.found():
        properties = ",".join(f"{name}={_escaped(value, _IN_PROPERTY)}" for name, value in _properties(found).items())
        print(
            f"::{_COMMANDS[found.diagnostic.severity]} {properties}::{_escaped(found.message, _IN_MESSAGE)}", file=file
        )


def _properties(found: Found) -> dict[str, str]:
    """A place in a cell is no line of the notebook's file: such an annotation stands at the file."""
    start, end, title = found.start, found.end, f"keras-shapes {found.diagnostic.code}"
    if start.cell is not None:
        return {"file": found.name, "title": title}
    place = {"line": start.row, "endLine": end.row}
    if start.row == end.row:  # columns are for marks within one line
        place |= {"col": start.column, "endColumn": end.column}
    return {"file": found.name, **{name: str(value) for name, value in place.items()}, "title": title}


def _escaped(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(character, character) for character in text)
