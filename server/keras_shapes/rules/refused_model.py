"""Keras does not make a model of a graph whose nodes are all fine: the explanation of last resort."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.rule import Rule, Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal of the call of `Model` itself, in Keras' own words."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "model":
        return
    said = next((line.strip().rstrip(".") for line in refusal.message.splitlines() if line.strip()), "")
    name = subject.document.slice(subject.model.name_span)
    yield RULE.report(
        subject.model.name_span,
        f"Keras does not make this {name}: {said.replace('`', '')}",
        keras_message=refusal.message,
    )


RULE = Rule("refused-model", check, severity="error", needs="shapes", since="0.2.0", models="graphs", general=True)
