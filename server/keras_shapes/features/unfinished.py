"""Statements that do not parse and look like models: a bracket that is never closed hides all that is behind it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keras_shapes.source import Document, Span

LONGEST = 20_000
"""Characters of a statement that is looked at."""

_MODELS = re.compile(r"\b(Sequential|Model|Input|layers|Dense|Conv\dD|LSTM|GRU|Flatten|keras)\b")
_ERRORS = (SyntaxError, ValueError, MemoryError, RecursionError, SystemError)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """`reason` is Python's own word on it, with the line; `place` is where Python sees it."""

    span: Span
    place: Span
    reason: str


def unfinished_models(document: Document, broken: Sequence[Span]) -> Iterator[Unfinished]:
    """The broken statements in which layers or models seem to be meant."""
    for span in broken:
        text = document.python[span.start : span.end]
        if len(text) <= LONGEST and _MODELS.search(text):
            yield _unfinished(document, span, text)


def _unfinished(document: Document, span: Span, text: str) -> Unfinished:
    indent = len(text) - len(text.lstrip())
    try:
        ast.parse(text[indent:], "<keras-shapes>")
    except SyntaxError as error:
        offset = _offset(text[indent:], error) + span.start + indent
        line = document.location(offset).row
        return Unfinished(span, Span(offset, offset), f"{error.msg} (line {line})")
    except _ERRORS:
        pass
    return Unfinished(span, Span(span.start, span.start), "this statement is not complete")


def _offset(text: str, error: SyntaxError) -> int:
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[: (error.lineno or 1) - 1])
    return min(before + max((error.offset or 1) - 1, 0), len(text))
