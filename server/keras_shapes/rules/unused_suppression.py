"""A comment silences a rule that has nothing to say there."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.source import Span


def unused(name: str, span: Span, *, known: bool) -> Diagnostic:
    """The hint on the name of a rule in a comment that silences nothing."""
    if known:
        return RULE.report(span, f"{name} has nothing to say here: the comment can go", unnecessary=True)
    return RULE.report(span, f"no rule is called {name}", unnecessary=True)


def _check(_subject: Subject) -> Iterator[Diagnostic]:
    """Nothing: whether a comment is needed is known only when all rules have spoken."""
    return iter(())


RULE = Rule("unused-suppression", _check, severity="hint", needs="source", since="0.1.0")
