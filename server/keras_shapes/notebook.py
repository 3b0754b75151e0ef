"""Notebooks: their code cells, in order, are one document, in which IPython's magics are blanked.

Blanking keeps every length, so that an offset means the same in the author's text and in the Python text.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from typing import Any

from keras_shapes.repair import parses
from keras_shapes.source import Cell, Document, Span
from keras_shapes.statement_bounds import statements

PYTHON_CELLS = frozenset("time timeit capture prun".split())
"""Cell magics whose body is Python that runs in the notebook."""

FOREIGN_CELLS = frozenset(
    """! HTML R SVG bash bigquery cmd css cython cython_inline file html javascript js julia latex markdown md mermaid
    perl pypy python python2 python3 ruby script sh shell sql svg sx system writefile""".split()
)
"""Cell magics whose body is something else, or Python that runs elsewhere, even where it would parse."""

_PERHAPS = re.compile(r"^[ \t\f]*[%!?]|\?[ \t;]*$|=[ \t]*[%!]", re.MULTILINE)
_CELL_MAGIC = re.compile(r"\s*%%(?P<name>!|\w+)[^\r\n]*")
_LINE_MAGIC = re.compile(
    r"""
      %time (?: it (?: [ \t]+ -(?: [nrp][ \t]*\d+ | [ctqo]+ ) )* )? [ \t]+ (?P<timed> [^\s-][^\r\n]*)
    | (?: [%!] | \?{1,2}[ \t]*[\w%] ) (?: [^\\\r\n] | \\(?:\r\n|.) | \\\Z )*
    | %{0,2}[^\W\d][\w.*]* (?: \[[\w'"]*\] )* \?{1,2}[ \t;]* (?=[\r\n]|\Z)
    | (?P<targets> [^\W\d][\w.,\[\]'" \t]* = [ \t]*)
      (?P<assigned> (?:!|%[^\W\d]) (?: [^\\\r\n] | \\(?:\r\n|.) | \\\Z )* )
    """,
    re.VERBOSE | re.DOTALL,
)
_NOT_A_LINE_BREAK = re.compile(r"[^\r\n]")
_NOT_PARSABLE = str.maketrans({"\0": " ", **{chr(code): "\N{REPLACEMENT CHARACTER}" for code in range(0xD800, 0xE000)}})


class UnreadableFile(Exception):
    """A file that cannot be read; the message says why, for people."""


def notebook_document(path: str, json_text: str) -> Document:
    """The document of a notebook in nbformat 3 or 4; raises UnreadableFile where it is none."""
    return cells_document(path, code_cells(json_text))


def cells_document(path: str, sources: Sequence[str]) -> Document:
    """The document of a notebook's code cells."""
    text = "\n".join(sources)
    python = "\n".join(python_of_cell(source) for source in sources)
    cells: list[Cell] = []
    start = 0
    for number, source in enumerate(sources, 1):
        cells.append(Cell(number, Span(start, start + len(source))))
        start += len(source) + 1
    return Document(path, text, python, tuple(cells))


def code_cells(json_text: str) -> list[str]:
    """Sources of the code cells of a notebook in nbformat 3 or 4; raises UnreadableFile where it is none."""
    try:
        notebook = json.loads(json_text)
    except (ValueError, RecursionError):
        raise UnreadableFile("not a notebook: it is not JSON") from None
    return [_source(cell) for cell in _cells(notebook) if cell.get("cell_type") == "code"]


def parsable(text: str) -> str:
    """The text without characters that no Python source can have, at the same length."""
    if text.isascii() and "\0" not in text:
        return text
    cleaned = text.translate(_NOT_PARSABLE)
    return "\f" + cleaned[1:] if cleaned.startswith("\N{ZERO WIDTH NO-BREAK SPACE}") else cleaned


def python_of_cell(source: str) -> str:
    """What Python sees of a cell, at the same length: magics are blanked."""
    source = _without_first_indent(parsable(source))
    if not _PERHAPS.search(source):
        return source
    magic = _CELL_MAGIC.match(source)
    if magic is None:
        return _without_line_magics(source)
    if magic["name"] in FOREIGN_CELLS:
        return _blank(source)
    body = _blank(magic[0]) + _without_line_magics(source[magic.end() :])
    return body if magic["name"] in PYTHON_CELLS or parses(body) else _blank(source)


def _cells(notebook: Any) -> list[dict[str, Any]]:
    match notebook:
        case {"cells": [*cells]}:
            pass
        case {"worksheets": [*sheets]}:
            found = (sheet.get("cells") for sheet in sheets if isinstance(sheet, dict))
            cells = [cell for each in found if isinstance(each, list) for cell in each]
        case _:
            raise UnreadableFile("not a notebook: it has no cells")
    return [cell for cell in cells if isinstance(cell, dict)]


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _without_first_indent(source: str) -> str:
    """IPython takes the indentation of a cell's first line from all lines; a form feed does, at the same length."""
    indent = _first_indent(source)
    return re.sub(rf"(?m)^{indent}", indent[:-1] + "\f", source) if indent else source


def _first_indent(source: str) -> str:
    """Spaces and tabs before the first thing that is neither they nor a line break."""
    start = len(source) - len(source.lstrip(" \t\r\n"))
    if source[start : start + 1].isspace():
        return ""
    return source[max(source.rfind("\n", 0, start), source.rfind("\r", 0, start)) + 1 : start]


def _without_line_magics(source: str) -> str:
    """Blank magics where a statement begins; elsewhere `%` and `!` are Python's."""
    kept: list[str] = []
    position = 0
    block = 0
    for statement in statements(source, Span(0, len(source)), line=_LINE_MAGIC):
        if magic := _LINE_MAGIC.match(source, statement.span.start):
            in_block = 0 < statement.column <= block
            kept += (source[position : magic.start()], _python_of_magic(magic, in_block=in_block))
            position = magic.end()
        else:
            block = sys.maxsize if source[statement.span.end - 1] == ":" else statement.column
    return "".join([*kept, source[position:]])


def _python_of_magic(magic: re.Match[str], *, in_block: bool) -> str:
    """What Python sees of a magic: a block stays a block, and what a magic assigns is a name that nobody defines."""
    line = magic[0]
    if magic["timed"]:
        return "0;" + _blank(line[2 : -len(magic["timed"])]) + magic["timed"]
    if magic["assigned"]:
        first = magic["assigned"].splitlines()[0]
        return magic["targets"] + "_" * len(first) + _blank(magic["assigned"][len(first) :])
    if not in_block:
        return _blank(line)
    statement = "pass" if len(line) >= 4 else "0"
    return statement + _blank(line[len(statement) :])


def _blank(text: str) -> str:
    return _NOT_A_LINE_BREAK.sub(" ", text)
