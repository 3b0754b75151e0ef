"""A notebook's JSON with other sources in its code cells: every other character stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from json.decoder import scanstring  # type: ignore[attr-defined]

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.apply import applied
from keras_shapes.fixes.differences import differences
from keras_shapes.source import Span

_SPACE = re.compile(r"[ \t\r\n]*")
_CHARACTER = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)|[^\\]")
_SCALAR = re.compile(r"[^\s,\]}]+")


@dataclass(slots=True)
class _Node:
    """A value in JSON text and where it stands."""

    span: Span
    text: str | None = None
    items: list[_Node] = field(default_factory=list)
    members: dict[str, _Node] = field(default_factory=dict)


def with_sources(json_text: str, sources: Sequence[str]) -> str:
    """The JSON of a notebook that has these sources in its code cells, in order.

    Raises:
        ValueError: a cell has no place for its code, or there are more or fewer cells.
        RecursionError: it is nested too deeply.
    """
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
    """Edits of the JSON that change the text of a cell."""
    items = [] if node is None else [node] if node.text is not None else node.items
    before = "".join(item.text or "" for item in items)
    if before == source:
        return
    if node is None or (node.text is None and json_text[node.span.start] != "[") or None in map(_text, items):
        raise ValueError("a cell has no place for its code")
    if not items:
        lines = [_string(json_text, line) for line in source.splitlines(keepends=True)]
        yield Edit(node.span, f"[{', '.join(lines)}]")
        return
    writer = _Writer(json_text, items, None if node.text is not None else _between(json_text, node))
    for edit in differences(before, source):
        yield writer.edit(edit)


def _text(node: _Node) -> str | None:
    return node.text


def _between(json_text: str, node: _Node) -> str:
    """What stands between two lines of a cell."""
    if len(node.items) > 1:
        return json_text[node.items[0].span.end : node.items[1].span.start]
    space = json_text[node.span.start + 1 : node.items[0].span.start]
    return f",{space or ' '}"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes edits of a cell's text into the JSON: its strings one after the other are the text.

    `between` stands between two lines; None where the cell is one string.
    """

    json_text: str
    items: Sequence[_Node]
    between: str | None

    def edit(self, edit: Edit) -> Edit:
        """The same edit, of the JSON."""
        first, start = self._place(edit.span.start, at_the_end=False)
        last, end = self._place(edit.span.end, at_the_end=edit.span.start < edit.span.end)
        whole = start == 0 and end == len(self._text(last)) and first <= last
        if whole and not edit.content and self.between is not None:
            return Edit(self._whole(first, last), "")
        content = self._written(edit.content, more=end < len(self._text(last)))
        if start and start == len(self._text(first)) and self._text(first).endswith("\n"):
            content = self._line_break() + content
        return Edit(Span(self._raw(first, start), self._raw(last, end)), content)

    def _place(self, offset: int, *, at_the_end: bool) -> tuple[int, int]:
        """The item and the place in it. Between two items, it is the end of the first one or the start of the next."""
        for number, item in enumerate(self.items):
            length = len(item.text or "")
            if offset < length or (offset == length and (at_the_end or number == len(self.items) - 1)):
                return number, offset
            offset -= length
        raise ValueError("a place outside of the cell")

    def _text(self, number: int) -> str:
        return self.items[number].text or ""

    def _raw(self, number: int, offset: int) -> int:
        """Where in the JSON a place in an item is: characters may be escaped."""
        place = self.items[number].span.start + 1
        for character in self._text(number)[:offset]:
            match = _CHARACTER.match(self.json_text, place)
            assert match is not None
            place = match.end()
            if character > "\uffff" and match.end() - match.start() == len("\\uffff"):
                place += len("\\uffff")  # the other half
        return place

    def _whole(self, first: int, last: int) -> Span:
        """Whole lines with what stands between them and the next, or the one before."""
        if last + 1 < len(self.items):
            return Span(self.items[first].span.start, self.items[last + 1].span.start)
        start = self.items[first - 1].span.end if first else self.items[0].span.start
        return Span(start, self.items[last].span.end)

    def _written(self, content: str, *, more: bool) -> str:
        lines = [_string(self.json_text, line)[1:-1] for line in content.splitlines(keepends=True)]
        if more and content.endswith("\n"):
            lines.append("")
        return self._line_break().join(lines)

    def _line_break(self) -> str:
        """Between two lines of code: the end of a string and the beginning of the next."""
        return "" if self.between is None else f'"{self.between}"'


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
