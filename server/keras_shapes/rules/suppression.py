"""Comments that silence rules: `# keras-shapes: ignore[rule]` for a line, `ignore-file[rule]` for the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.rule import Rule
from keras_shapes.rules.unused_suppression import unused
from keras_shapes.source import Document, Span
from keras_shapes.statement_bounds import comments

_COMMENT = re.compile(r"#\s*keras-shapes:\s*ignore(?P<file>-file)?\s*\[(?P<names>[^\]\n]*)\]")
_NAME = re.compile(r"[^\s,]+")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One rule's name in one comment. `line` is the 0-based line that it silences, None for the whole file."""

    name: str
    line: int | None
    span: Span

    def covers(self, diagnostic: Diagnostic, document: Document) -> bool:
        """Whether the comment silences the diagnostic."""
        here = self.line is None or document.line(diagnostic.span.start) == self.line
        return here and diagnostic.code == self.name


def suppress(
    found: Sequence[Diagnostic], document: Document, active: Sequence[Rule], *, conclusive: bool
) -> Iterator[Diagnostic]:
    """The diagnostics that no comment silences, and hints on comments that silence nothing.

    Where some model could not be judged (not `conclusive`), a comment may yet be needed, and nothing is said of it.
    """
    comments = list(_suppressions(document))
    for diagnostic in found:
        if not any(comment.covers(diagnostic, document) for comment in comments):
            yield diagnostic
    if not conclusive:
        return
    known = {rule.name for rule in active}
    for comment in comments:
        if not any(comment.covers(diagnostic, document) for diagnostic in found):
            yield unused(comment.name, comment.span, known=comment.name in known)


def silences(document: Document, diagnostic: Diagnostic) -> bool:
    """Whether a comment of the document silences a diagnostic."""
    return any(comment.covers(diagnostic, document) for comment in _suppressions(document))


def _suppressions(document: Document) -> Iterator[Suppression]:
    if not _COMMENT.search(document.python):
        return
    for start, text in _comments(document):
        for match in _COMMENT.finditer(text):
            line = None if match["file"] else document.line(start)
            for name in _NAME.finditer(match["names"]):
                at = start + match.start("names") + name.start()
                yield Suppression(name[0], line, Span(at, at + len(name[0])))


def _comments(document: Document) -> Iterator[tuple[int, str]]:
    """Start and text of each comment, also in a text that does not parse; strings that look like one are none."""
    for span in comments(document.python):
        yield span.start, document.python[span.start : span.end]
