"""What `check` finds, for every format alike: the files come one by one, and are forgotten when they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from keras_shapes.api.results import DiagnosticResult, FileResult, Location
from keras_shapes.keras_process import Versions


@dataclass(frozen=True, slots=True)
class Found:
    """One diagnostic and the file that it is about."""

    file: FileResult
    diagnostic: DiagnosticResult

    @property
    def name(self) -> str:
        """The file as it was given, with slashes: what programs call it."""
        return PurePath(self.file.filename).as_posix()

    @property
    def start(self) -> Location:
        """Where the mark begins."""
        return self.diagnostic.location

    @property
    def end(self) -> Location:
        """Where the mark ends, exclusive."""
        return self.diagnostic.end_location

    @property
    def message(self) -> str:
        """The message, with the cell where it is about one of a notebook: most formats know lines of files alone."""
        cell, message = self.start.cell, self.diagnostic.message
        return message if cell is None else f"cell {cell}, line {self.start.row}: {message}"


@dataclass(frozen=True, slots=True)
class Report:
    """The files that were checked, with those of their diagnostics that are reported.

    `versions` are known when the last file is; `closing` is the count at the end, None where nobody wants it.
    """

    files: Iterable[FileResult]
    versions: Callable[[], Versions | None]
    closing: Callable[[], str | None]

    def found(self) -> Iterator[Found]:
        """Every diagnostic, in the order of the files."""
        for file in self.files:
            yield from found_in(file)


def found_in(file: FileResult) -> Iterator[Found]:
    """The diagnostics of one file."""
    return (Found(file, diagnostic) for diagnostic in file.diagnostics)
