"""Between offsets of code points and the client's positions: the only place that knows the client's units."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from lsprotocol import types as lsp

from keras_shapes.diagnostic import Diagnostic, Edit
from keras_shapes.lsp.snapshots import Part, Snapshot
from keras_shapes.pages import rule_page
from keras_shapes.source import Document, Span

Encoding: TypeAlias = lsp.PositionEncodingKind | str
Width: TypeAlias = Callable[[str], int]

SOURCE = "keras-shapes"
SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "hint": lsp.DiagnosticSeverity.Hint,
}


@dataclass(frozen=True, slots=True)
class DiagnosticSupport:
    """What the client can show of a diagnostic beside its range and message."""

    related: bool = False
    tags: bool = False
    code_description: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Places of one snapshot in the units that were agreed with the client."""

    snapshot: Snapshot
    encoding: Encoding

    def position(self, offset: int) -> lsp.Position:
        """Line and character in the file or cell that holds the offset."""
        part = self.snapshot.part_at(offset)
        return self._position(part, offset)

    def location(self, span: Span) -> lsp.Location:
        """The file or cell in which a span starts, and its range there."""
        part = self.snapshot.part_at(span.start)
        return lsp.Location(part.uri, self._range(part, span))

    def range(self, span: Span) -> lsp.Range:
        """The range of a span in the file or cell in which it starts."""
        return self._range(self.snapshot.part_at(span.start), span)

    def offset(self, uri: str, position: lsp.Position) -> int | None:
        """The offset of a position; beyond the end of a line is its end. None for another document's URI."""
        part = self.snapshot.part_of(uri)
        if part is None:
            return None
        document = self.snapshot.document
        line = document.line(part.span.start) + position.line
        if line > document.line(part.span.end):
            return part.span.end
        span = document.line_span(line)
        return min(span.start + code_points(document.slice(span), position.character, self.encoding), part.span.end)

    def span(self, uri: str, where: lsp.Range) -> Span | None:
        """The span of a range; None for another document's URI."""
        start, end = self.offset(uri, where.start), self.offset(uri, where.end)
        return Span(start, max(start, end)) if start is not None and end is not None else None

    def edits(self, edits: Iterable[Edit]) -> dict[str, list[lsp.TextEdit]]:
        """Edits by the URI of the file or cell that they change."""
        found: dict[str, list[lsp.TextEdit]] = {}
        for edit in edits:
            location = self.location(edit.span)
            found.setdefault(location.uri, []).append(lsp.TextEdit(location.range, edit.content))
        return found

    def diagnostic(self, diagnostic: Diagnostic, support: DiagnosticSupport) -> lsp.Diagnostic:
        """A diagnostic with what the client can show of it."""
        related = [
            lsp.DiagnosticRelatedInformation(self.location(each.span), each.message)
            for each in sorted(diagnostic.related, key=lambda each: each.span)
        ]
        page = page_address(diagnostic.code) if support.code_description else None
        return lsp.Diagnostic(
            range=self.range(diagnostic.span),
            message=diagnostic.message,
            severity=SEVERITIES[diagnostic.severity],
            code=diagnostic.code,
            code_description=lsp.CodeDescription(page) if page else None,
            source=SOURCE,
            tags=[lsp.DiagnosticTag.Unnecessary] if diagnostic.unnecessary and support.tags else None,
            related_information=related if related and support.related else None,
        )

    def _range(self, part: Part, span: Span) -> lsp.Range:
        return lsp.Range(self._position(part, span.start), self._position(part, min(span.end, part.span.end)))

    def _position(self, part: Part, offset: int) -> lsp.Position:
        document = self.snapshot.document
        line = document.line(offset)
        before = document.text[document.line_starts[line] : offset]
        return lsp.Position(line - document.line(part.span.start), units(before, self.encoding))


def units(text: str, encoding: Encoding) -> int:
    """Length of a text in the client's units."""
    if text.isascii() or encoding == lsp.PositionEncodingKind.Utf32:
        return len(text)
    return sum(map(_width(encoding), text))


def code_points(line: str, character: int, encoding: Encoding) -> int:
    """How many code points of a line lie before a character position; inside a code point is before it."""
    if line.isascii() or encoding == lsp.PositionEncodingKind.Utf32:
        return min(character, len(line))
    width, total = _width(encoding), 0
    for index, char in enumerate(line):
        total += width(char)
        if total > character:
            return index
    return len(line)


def changed_text(text: str, change: lsp.TextDocumentContentChangeEvent, encoding: Encoding) -> str:
    """A text after a client's change."""
    if not isinstance(change, lsp.TextDocumentContentChangePartial):
        return change.text
    whole = Snapshot("", 0, Document("", text, text), (Part("", None, Span(0, len(text))),))
    span = Places(whole, encoding).span("", change.range)
    assert span is not None
    return text[: span.start] + change.text + text[span.end :]


def page_address(code: str) -> str | None:
    """The address of a rule's page."""
    page = rule_page(code)
    return None if page is None else page.as_uri()


def _width(encoding: Encoding) -> Width:
    return _utf8_width if encoding == lsp.PositionEncodingKind.Utf8 else _utf16_width


def _utf8_width(char: str) -> int:
    code = ord(char)
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4


def _utf16_width(char: str) -> int:
    return 1 if ord(char) < 0x10000 else 2
