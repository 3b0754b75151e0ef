"""A document at one moment: its text, and which of the client's texts it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from keras_shapes.source import Document, Span


@dataclass(frozen=True, slots=True)
class Part:
    """A text that the client holds, a file or a cell: its place in the document's text, and its version."""

    uri: str
    version: int | None
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Text and versions, taken together. `uri` is the file's or the notebook's; `revision` grows with each edit."""

    uri: str
    revision: int
    document: Document
    parts: tuple[Part, ...]

    def part_at(self, offset: int) -> Part:
        """The part that holds an offset; a document has at least one."""
        following = (part for part in self.parts if offset <= part.span.end)
        return next(following, self.parts[-1])

    def part_of(self, uri: str) -> Part | None:
        """The part with this URI."""
        return next((part for part in self.parts if part.uri == uri), None)
