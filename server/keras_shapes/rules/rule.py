"""What a rule is: a name, a severity, and a function from one model and its verdict to diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal, TypeAlias

from keras_shapes.diagnostic import Diagnostic, Fix, Related, Severity
from keras_shapes.ignoring import Patterns
from keras_shapes.model import Model
from keras_shapes.source import Document, Span
from keras_shapes.verdict import Refused, TrainingVerdict, Verdict

Needs: TypeAlias = Literal["source", "shapes", "training"]
Models: TypeAlias = Literal["chains", "graphs", "all"]


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One model under judgement: the text it stands in, what Keras said of it, and the other models of the file."""

    document: Document
    model: Model
    verdict: Verdict
    siblings: tuple[Subject, ...] = ()
    training: tuple[TrainingVerdict, ...] = ()
    """One for each of the model's training calls; none while Keras was not asked about them."""

    @property
    def generation(self) -> int | None:
        """2 or 3: the Keras whose word counts for the model; None where nobody knows."""
        return None if self.model.flavour == "tensorflow.python.keras" else self.verdict.generation

    @property
    def refusal(self) -> Refused | None:
        """What Keras refused, if it did and if its word counts for this model."""
        return self.verdict if isinstance(self.verdict, Refused) and self.generation is not None else None


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of mistake. `name` is the diagnostic's code, the page's name and the key of suppressions.

    `needs` says what must be known before the rule can speak: the source alone, the verdict on the layers, or the
    verdicts on the training calls. A refusal is explained once: a `general` rule only speaks of one that no other rule
    explains, and a rule takes the place of those that it names in `instead_of`.
    `models` says of which models it speaks: of chains only (`Sequential`), of graphs only, or of all: those rules see a
    graph as the chain of layers that leads to what is in question.
    `only` is the one generation of Keras in which it holds: it is silent where another one is asked, or none is known.
    """

    name: str
    check: Callable[[Subject], Iterator[Diagnostic]]
    severity: Severity
    needs: Needs
    since: str
    general: bool = False
    instead_of: frozenset[str] = frozenset()
    models: Models = "all"
    only: int | None = None

    def report(
        self,
        span: Span,
        message: str,
        *,
        severity: Severity | None = None,
        related: tuple[Related, ...] = (),
        keras_message: str | None = None,
        fixes: tuple[Fix, ...] = (),
        unnecessary: bool = False,
    ) -> Diagnostic:
        """A diagnostic of this rule; `severity` only where it is not the rule's own."""
        return Diagnostic(
            self.name, severity or self.severity, message, span, related, keras_message, fixes, unnecessary
        )


@dataclass(frozen=True, slots=True)
class FileIgnores:
    """Rules that are off in some files below a folder."""

    folder: PurePath
    patterns: Patterns
    rules: frozenset[str]

    def has(self, path: str) -> bool:
        """Whether a file is one of them; a text that is in no file is none."""
        place = PurePath(path)
        return place.is_relative_to(self.folder) and self.patterns.ignores(place.relative_to(self.folder).as_posix())


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules speak and how loud, as the project's settings say: by name, a severity or "off"."""

    severities: Mapping[str, Severity | Literal["off"]] = field(default_factory=dict)
    ignores: tuple[FileIgnores, ...] = ()

    def of(self, path: str) -> Mapping[str, Severity | Literal["off"]]:
        """The severities in one file."""
        off = {rule for ignores in self.ignores if ignores.has(path) for rule in ignores.rules}
        return {**self.severities, **dict.fromkeys(off, "off")} if off else self.severities
