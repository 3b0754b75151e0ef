"""What `check` has found, for every format alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from keras_shapes.cli.batch import Checked
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.keras_process import Versions
from keras_shapes.source import Document, Location, Span


@dataclass(frozen=True, slots=True)
class Found:
    """One diagnostic and the file that it is about."""

    path: Path
    document: Document
    diagnostic: Diagnostic

    @property
    def name(self) -> str:
        """The file as it was given, with slashes: what programs call it."""
        return self.path.as_posix()

    @property
    def start(self) -> Location:
        """Where the mark begins."""
        return self.document.location(self.diagnostic.span.start)

    @property
    def end(self) -> Location:
        """Where the mark ends, exclusive."""
        return self.document.location(self.diagnostic.span.end)

    @property
    def message(self) -> str:
        """The message, with the cell where it is about one of a notebook: most formats know lines of files alone."""
        cell, message = self.start.cell, self.diagnostic.message
        return message if cell is None else f"cell {cell}, line {self.start.row}: {message}"

    def text_of(self, span: Span) -> str:
        """The source of a place."""
        return self.document.slice(span)


@dataclass(frozen=True, slots=True)
class Report:
    """All files that were checked, with those of their diagnostics that are reported, and the Keras that was asked."""

    checked: Sequence[Checked]
    diagnostics: Sequence[Sequence[Diagnostic]]
    versions: Versions | None
    quiet: bool = False
    """Whether nothing is said but the diagnostics."""

    def found(self) -> Iterator[Found]:
        """Every diagnostic, in the order of the files."""
        for file, diagnostics in zip(self.checked, self.diagnostics, strict=True):
            if file.analysis is not None:
                for diagnostic in diagnostics:
                    yield Found(file.path, file.analysis.document, diagnostic)
