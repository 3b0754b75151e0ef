"""A notebook's JSON with other sources in its code cells: every other character stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from json.decoder import scanstring  # type: ignore[attr-defined]

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.apply import applied
from keras_shapes.source import Span

_SPACE = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"[^\s,\]}]+")


@dataclass(slots=True)
class _Node:
    """A value in JSON text and where it stands."""

    span: Span
    text: str | None = None
    items: list[_Node] = field(default_factory=list)
    members: dict[str, _Node] = field(default_factory=dict)


def with_sources(json_text: str, sources: Sequence[str]) -> str:
    """The JSON of a notebook that has these sources in its code cells, in order."""
    edits: list[Edit] = []
    for node, source in zip(_sources(_node(json_text, 0)), sources, strict=True):
        edits += _changes(json_text, node, source)
    return applied(json_text, edits)


def _sources(notebook: _Node) -> Iterator[_Node | None]:
    cells = notebook.members["cells"].items if "cells" in notebook.members else _cells_of_sheets(notebook)
    for cell in cells:
        kind = cell.members.get("cell_type")
        if kind is not None and kind.text == "code":
            yield cell.members.get("source") or cell.members.get("input")


def _cells_of_sheets(notebook: _Node) -> list[_Node]:
    sheets = notebook.members["worksheets"].items
    return [cell for sheet in sheets if "cells" in sheet.members for cell in sheet.members["cells"].items]


def _changes(json_text: str, node: _Node | None, source: str) -> Iterator[Edit]:
    if node is None:
        return
    if node.text is not None:
        if node.text != source:
            yield Edit(node.span, _string(json_text, source))
        return
    parts = [item.text or "" for item in node.items]
    if "".join(parts) == source:
        return
    first, last = _unchanged(parts, source)
    items = node.items
    start = sum(map(len, parts[:first]))
    lines = source[start : len(source) - sum(map(len, parts[last:]))].splitlines(keepends=True)
    between = ", "
    if len(node.items) > 1:
        between = json_text[node.items[0].span.end : node.items[1].span.start]
    written = between.join(_string(json_text, line) for line in lines)
    if first < last and not lines and last < len(items):
        yield Edit(Span(items[first].span.start, items[last].span.start), "")
    elif first < last and not lines and first > 0:
        yield Edit(Span(items[first - 1].span.end, items[last - 1].span.end), "")
    elif first < last:
        yield Edit(Span(items[first].span.start, items[last - 1].span.end), written)
    elif last < len(items):
        yield Edit(Span(items[last].span.start, items[last].span.start), written + between)
    elif items:
        yield Edit(Span(items[-1].span.end, items[-1].span.end), between + written)


def _unchanged(parts: Sequence[str], source: str) -> tuple[int, int]:
    """The parts from `first` up to `last` have changed; those before and behind have not."""
    first, start = 0, 0
    while first < len(parts) and source.startswith(parts[first], start):
        start += len(parts[first])
        first += 1
    last, end = len(parts), len(source)
    while last > first and end - len(parts[last - 1]) >= start and source.endswith(parts[last - 1], start, end):
        end -= len(parts[last - 1])
        last -= 1
    return first, last


def _string(json_text: str, value: str) -> str:
    return json.dumps(value, ensure_ascii=json_text.isascii() and "\\u" in json_text)


def _node(text: str, position: int) -> _Node:
    """The value at a position. The text is valid JSON: it has been read before."""
    start = _skip(text, position)
    if text[start] == '"':
        value, end = scanstring(text, start + 1)
        return _Node(Span(start, end), value)
    if text[start] in "[{":
        return _container(text, start)
    match = _SCALAR.match(text, start)
    assert match is not None
    return _Node(Span(start, match.end()))


def _container(text: str, start: int) -> _Node:
    found, position = _Node(Span(start, start)), _skip(text, start + 1)
    while text[position] not in "]}":
        child = _node(text, position)
        position = _skip(text, child.span.end)
        if text[start] == "{":
            value = _node(text, position + 1)
            found.members[child.text or ""] = value
            position = _skip(text, value.span.end)
        else:
            found.items.append(child)
        if text[position] == ",":
            position = _skip(text, position + 1)
    found.span = Span(start, position + 1)
    return found


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    assert match is not None
    return match.end()
