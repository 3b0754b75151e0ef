"""A model without an input is asked for its shapes before any data has met it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Model
from keras_shapes.rules.refusal_facts import declared_input, mark_of, name_of, one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.source import Span
from keras_shapes.verdict import Built

_COMMENT = re.compile(r"#[^\n]*")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The first such question, marked on the first layer, where the input is missing."""
    model = subject.model
    if not model.nodes or not isinstance(subject.verdict, Built) or _has_input(model):
        return
    asked = next((span for span in model.asked if not _handed_on(subject, span)), None)
    if asked is None:
        return
    element = model.nodes[0]
    name, question = name_of(subject.document, element.expression), " ".join(subject.document.slice(asked).split())
    yield RULE.report(
        mark_of(subject.document, element),
        f"{name} needs an input shape for {question}: without one the model is built by its first data",
        related=(Related("this asks for it", one_line(subject.document, asked)),),
    )


def _has_input(model: Model) -> bool:
    if not model.nodes:
        return False
    first = model.nodes[0].expression
    inside = isinstance(first, Model) and _has_input(first)
    return inside or declared_input(model) is not None or not hasattr(first, "target")


def _handed_on(subject: Subject, asked: Span) -> bool:
    """Whether the model's name was given to something else before: that may have built it."""
    name = re.match(r"[\w.]+(?=\.\w+\W*$)", subject.document.slice(asked))
    if name is None:
        return True
    bare = re.compile(rf"(?<![\w.]){re.escape(name[0])}(?!\s*[\w.=(])")
    code = _COMMENT.sub("", subject.document.python[subject.model.span.end : asked.start])
    return bare.search(code) is not None


RULE = Rule("unbuilt-model", check, severity="error", needs="shapes", since="0.1.0", models="chains")
