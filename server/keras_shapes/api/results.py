"""What is known of a file, as plain data: rows and columns, texts and numbers. The JSON of `check` has the same fields.

Rows and columns are 1-based; in a notebook, rows are counted inside the code cell whose 1-based number is `cell`.
A shape is a tuple of sizes: an integer, None for any (the batch), or text: a name (`num_classes`), or `?`.
None in place of a shape says that not even the rank is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from keras_shapes.diagnostic import Severity
from keras_shapes.source import Location
from keras_shapes.status import Kind

__all__ = [
    "DiagnosticResult",
    "EditResult",
    "FileResult",
    "FixResult",
    "LayerResult",
    "LineResult",
    "Location",
    "ModelResult",
    "RelatedResult",
    "Shape",
]

Size: TypeAlias = int | str | None
Shape: TypeAlias = tuple[Size, ...] | None


@dataclass(frozen=True, slots=True)
class LayerResult:
    """One application of a layer: one that is applied twice has two of them.

    `inputs` are what goes in: indices of layers of the same model, or names of inputs. `output_shape` is the only one,
    if there is one; `output_shapes` are all of them, None where they are not known.
    """

    class_name: str
    name: str | None
    location: Location
    inputs: tuple[int | str, ...]
    output_shape: Shape
    output_shapes: tuple[Shape, ...] | None
    params: int | None
    status: Kind
    reason: str | None


@dataclass(frozen=True, slots=True)
class ModelResult:
    """One model. Models that one `Sequential(…)` or `Model(…)` can give share their location, numbered by `variant`.

    `kind` is "sequential", "functional", "call" (what the `call` of a class does) or "open" (tensors that no model
    takes). `reason` says why it is not built, and `reason_location` what in the text that is about. `has_error`:
    a program ends with an error here, while it makes the model or when the model meets its data. `answered`: Keras was
    asked, and answered.
    """

    name: str | None
    kind: str
    location: Location
    variant: int
    status: Kind
    reason: str | None
    reason_location: Location | None
    has_error: bool
    answered: bool
    input_shape: Shape
    input_shapes: tuple[Shape, ...]
    output_shapes: tuple[Shape, ...]
    params: int | None
    layers: tuple[LayerResult, ...]

    @property
    def is_counted(self) -> bool:
        """Whether it is a model for people: not what a `call` does, nor tensors that no model takes."""
        return self.kind in {"sequential", "functional"}


@dataclass(frozen=True, slots=True)
class RelatedResult:
    """The other side of a mismatch; `source` is the text of the place."""

    message: str
    location: Location
    end_location: Location
    source: str


@dataclass(frozen=True, slots=True)
class EditResult:
    """Replace a place by `content`."""

    location: Location
    end_location: Location
    content: str


@dataclass(frozen=True, slots=True)
class FixResult:
    """A repair; what `proven`, `preferred` and `safe` mean says `diagnostic.Fix`."""

    title: str
    proven: bool
    preferred: bool
    safe: bool
    edits: tuple[EditResult, ...]


@dataclass(frozen=True, slots=True)
class DiagnosticResult:
    """One mistake. `code` is the name of the rule, `source` the marked text, `url` the rule's page."""

    code: str
    severity: Severity
    message: str
    keras_message: str | None
    location: Location
    end_location: Location
    source: str
    related: tuple[RelatedResult, ...]
    url: str
    fixes: tuple[FixResult, ...]


@dataclass(frozen=True, slots=True)
class LineResult:
    """A line of the source."""

    row: int
    cell: int | None
    text: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file, and what is known of it.

    `unread` are the places of subclassed models of which nothing can be shown; `problem` says why the text is not
    read, `unchecked` why the file could not even be opened. `lines` are those that the diagnostics speak of.
    With fixes, `fixed` are the titles of those that were written into the file, `unfixed` says why they could not be
    written, and `diff` is what they would change.
    """

    filename: str
    models: tuple[ModelResult, ...] = ()
    unread: tuple[Location, ...] = ()
    problem: str | None = None
    diagnostics: tuple[DiagnosticResult, ...] = ()
    lines: tuple[LineResult, ...] = ()
    fixed: tuple[str, ...] = ()
    diff: str = ""
    unfixed: str | None = None
    unchecked: str | None = None
