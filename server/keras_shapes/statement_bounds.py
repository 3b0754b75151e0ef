"""Where statements begin and end, in text that need not parse.

A statement here is a logical line of Python: its first line and the lines that open brackets, strings and
backslashes join to it. Where such a thing is never closed, the next line that starts a statement ends it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from keras_shapes.source import Span

_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\r\n]*)
    | (?P<newline> \r\n|\n|\r)
    | \\(?:\r\n|\n|\r)
    | (?P<open> [(\[{])
    | (?P<close> [)\]}])
    | (?P<text> \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3} )
    | (?P<unclosed_text> \"{3} | '{3})
    | "(?:[^"\\\r\n]|\\[^\r\n])*(?:\\(?:\r\n|\n|\r)(?:[^"\\\r\n]|\\[^\r\n])*){0,99}"
    | '(?:[^'\\\r\n]|\\[^\r\n])*(?:\\(?:\r\n|\n|\r)(?:[^'\\\r\n]|\\[^\r\n])*){0,99}'
    | (?P<unclosed_string> ["'][^\r\n]*)
    """,
    re.VERBOSE | re.DOTALL,
)
_FIRST = re.compile(r"(?:[ \t\f]*(?:\#[^\r\n]*)?(?:\r\n|\n|\r))*(?P<indent>[ \t\f]*)(?P<code>[^ \t\f\r\n#]?)")
_NEXT_LINE = re.compile(
    r"(?:\r\n|\n|\r)(?P<indent>[ \t\f]*)"
    r"(?=[^\W\d]|@|[(\[][^\r\n]*[)\]][ ]*=[^=])(?!(?:and|or|in|is|not)\b)"
)
_HEADER = re.compile(r"(?:async|def|class|for|while|if|elif|with)\b")
_OBVIOUS = re.compile(
    r"(?:\r\n|\n|\r)(?P<indent>[ \t]*)"
    r"(?:@\w|(?:async|def|class|import|for|while|if|with|return)[ ]+\w|from[ ]\S+[ ]import\b"
    r"|[^\W\d][\w.]*(?:[ ]=[ ][^=]|\())"
)
"""A line that can hardly be text or the rest of an expression."""

_CLOSES = {")": "(", "]": "[", "}": "{"}
_MAX_UNCLOSED = 8
"""After so many statements without an end, none is looked for beyond the next line that starts a statement."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One logical line: `span` from its first character to its last, without indentation, comment and line break.

    `column` is its indentation with tabs expanded. `whole` is False where a bracket or a string has no end.
    """

    span: Span
    column: int
    whole: bool = True


def statements(text: str, region: Span, line: re.Pattern[str] | None = None) -> Iterator[Statement]:
    """The statements of a region of the text, in order; no statement leaves the region.

    What `line` matches where a statement begins is a statement too, whatever brackets and quotes it holds.
    """
    position, unclosed, lines = region.start, 0, _Lines(text, region.end)
    doubtful = any(token.lastgroup == "unclosed_text" for token in _TOKEN.finditer(text, region.start, region.end))
    while (first := _FIRST.match(text, position, region.end)) and first["code"]:
        start, column = first.start("code"), _column(first["indent"])
        if line and (matched := line.match(text, start, region.end)):
            end: int | None = matched.end()
        else:
            limit = region.end if unclosed < _MAX_UNCLOSED else _next_statement(lines, start, column)
            end = _end(text, start, limit, column if doubtful else None)
        whole = end is not None
        if end is None:
            unclosed += 1
            end = _recovered_end(text, start, _next_statement(lines, start, column))
        yield Statement(Span(start, start + len(text[start:end].rstrip(" \t\f\r\n"))), column, whole)
        position = end


def _column(indent: str) -> int:
    """Width of an indentation; a form feed begins it anew."""
    return len(indent.rpartition("\f")[2].expandtabs(8))


def _end(text: str, start: int, limit: int, doubtful_at: int | None) -> int | None:
    """End of the statement that starts here, if its brackets and strings are in order.

    Where the text has an odd number of triple quotes, `doubtful_at` is the statement's column: a string that
    holds a line of code there is then the one without an end.
    """
    brackets: list[str] = []
    comment = limit
    for token in _TOKEN.finditer(text, start, limit):
        match token.lastgroup:
            case "newline" if not brackets:
                return min(comment, token.start())
            case "comment" if not brackets:
                comment = token.start()
            case "open":
                brackets.append(token[0])
            case "close":
                if not brackets or brackets.pop() != _CLOSES[token[0]]:
                    return None
            case "unclosed_text" | "unclosed_string":
                return None
            case "text" if doubtful_at is not None and _holds_code(token[0], doubtful_at):
                return None
    return None if brackets else comment


def _holds_code(string: str, column: int) -> bool:
    return any(_column(line["indent"]) <= column for line in _OBVIOUS.finditer(string))


def _recovered_end(text: str, start: int, stop: int) -> int:
    """End of a statement that has none: where its brackets close after all, or at `stop`, before the next one."""
    brackets: list[str] = []
    open_ones: Counter[str] = Counter()
    for token in _TOKEN.finditer(text, start, stop):
        match token.lastgroup:
            case "newline" if not brackets:
                return token.start()
            case "open":
                brackets.append(token[0])
                open_ones[token[0]] += 1
            case "close" if open_ones[_CLOSES[token[0]]]:
                while (bracket := brackets.pop()) != _CLOSES[token[0]]:
                    open_ones[bracket] -= 1
                open_ones[bracket] -= 1
            case "unclosed_text":
                return stop
    return stop


def _next_statement(lines: _Lines, start: int, column: int) -> int:
    """End of the line before the first one that starts a statement at this column or left of it.

    The body of a block ends its header too.
    """
    text, limit = lines.text, lines.end
    body = _OBVIOUS.search(text, start, limit) if _HEADER.match(text, start, limit) else None
    return min(lines.next(start, column), body.start() if body else limit)


class _Lines:
    """The lines that start statements, up to `end`. They are looked for once, where they are needed."""

    def __init__(self, text: str, end: int) -> None:
        self.text, self.end = text, end
        self._starts: list[int] | None = None
        self._columns: list[int] = []
        self._further_left: list[int] = []

    def next(self, start: int, column: int) -> int:
        """Where the line before the next one at this column or left of it ends; the end where there is none."""
        starts = self._starts if self._starts is not None else self._find(start)
        index = bisect_left(starts, start)
        while index < len(starts) and self._columns[index] > column:
            index = self._further_left[index]
        return starts[index] if index < len(starts) else self.end

    def _find(self, start: int) -> list[int]:
        found = list(_NEXT_LINE.finditer(self.text, start, self.end))
        self._starts = [line.start() for line in found]
        self._columns = [_column(line["indent"]) for line in found]
        self._further_left = [len(found)] * len(found)
        waiting: list[int] = []
        for index, column in enumerate(self._columns):
            while waiting and self._columns[waiting[-1]] > column:
                self._further_left[waiting.pop()] = index
            waiting.append(index)
        return self._starts
