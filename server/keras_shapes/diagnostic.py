"""What is wrong and how to mend it, as plain data: rules make it, the command line and the editors show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from keras_shapes.source import Span

Severity: TypeAlias = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the text of `span` by `content`."""

    span: Span
    content: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair: smallest edits and an imperative title.

    `proven`: after the edit real Keras accepts the model and its data and no new diagnostic appears.
    `preferred`: proven, and no other proven fix is as likely. `safe`: leaves no design choice.
    `laundering` fixes please Keras and not the user; they come last and are never preferred.
    """

    title: str
    edits: tuple[Edit, ...]
    proven: bool = False
    preferred: bool = False
    safe: bool = False
    laundering: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """The other side of a mismatch: a place in the same document and what it has to do with the diagnostic."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One cause. `code` is the rule's name; `span` marks what a person has to change; `message` is one line."""

    code: str
    severity: Severity
    message: str
    span: Span
    related: tuple[Related, ...] = ()
    keras_message: str | None = None
    fixes: tuple[Fix, ...] = ()
    unnecessary: bool = False
    subject: object = field(default=None, compare=False, repr=False)
    """The `rules.Subject` that the rule spoke of, for the fixes; None for what is about a comment or no model."""
