"""A class of the user's that never calls the `__init__` of Keras: it can be neither called nor compiled."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.rule import Rule, Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Keras 3.15 raises `RuntimeError` at the first call of a layer, `AttributeError` where a model is compiled."""
    model = subject.model
    if model.unprepared is not None:
        message = f"{model.name} never calls super().__init__(): to call or compile it is an error"
        yield RULE.report(model.unprepared, message)


RULE = Rule("missing-super-init", check, severity="error", needs="source", since="0.2.0", models="graphs")
