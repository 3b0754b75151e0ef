"""What a fix is made from: a diagnostic, the model that it is about, and the text to change."""

from __future__ import annotations

from dataclasses import dataclass

from keras_shapes.diagnostic import Diagnostic, Edit
from keras_shapes.fixes.text import Text
from keras_shapes.reader import Seen
from keras_shapes.rules import Subject
from keras_shapes.source import Document


@dataclass(frozen=True, slots=True)
class Candidate:
    """A repair that is not proven yet.

    `rank` says how likely it is what the author meant: 0 is best, equal ranks are equally likely.
    `safe` and `laundering` mean what they mean in `diagnostic.Fix`.
    """

    title: str
    edits: tuple[Edit, ...]
    rank: int = 0
    safe: bool = False
    laundering: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One diagnostic to mend. `subject` has the one refusal that it is about; `names` are data and models by name."""

    diagnostic: Diagnostic
    subject: Subject
    text: Text
    names: tuple[Seen, ...] = ()

    @property
    def document(self) -> Document:
        """The text that the diagnostic is about."""
        return self.subject.document
