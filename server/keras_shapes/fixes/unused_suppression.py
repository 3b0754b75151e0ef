"""Take a comment away that silences nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.source import Span

_COMMENT = re.compile(r"#\s*keras-shapes:\s*ignore(-file)?\s*\[[^\]\n]*\]")


def candidates(case: Case) -> Iterator[Candidate]:
    """The whole comment where it names this rule only, else the name."""
    mark, document = case.diagnostic.span, case.document
    name = document.slice(mark)
    line = document.line_span(document.line(mark.start))
    for comment in _COMMENT.finditer(document.text, line.start, line.end):
        if comment.start() <= mark.start < comment.end():
            inside = comment[0][comment[0].index("[") + 1 : -1]
            start = line.start + len(document.text[line.start : comment.start()].rstrip(" \t"))
            span = Span(start, comment.end()) if inside.strip() == name else _with_comma(case, mark)
            yield Candidate(f"Remove the comment for {name}", (Edit(span, ""),), safe=True)


def _with_comma(case: Case, mark: Span) -> Span:
    text = case.document.text
    behind = re.compile(r"\s*,\s*").match(text, mark.end)
    if behind is not None:
        return Span(mark.start, behind.end())
    start = mark.start
    while text[start - 1] in ", \t":
        start -= 1
    return Span(start, mark.end)
