"""Layers of `tensorflow.python.keras`, a private copy of an old Keras, in a model of Keras 3, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Call
from keras_shapes.rules.rule import Rule, Subject

_LEGACY = "tensorflow.python.keras"


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The first element that comes from another Keras than its model."""
    model = subject.model
    for element in model.nodes:
        call = element.expression
        if isinstance(call, Call) and (call.target.flavour == _LEGACY) != (model.flavour == _LEGACY):
            name, sequential = subject.document.slice(call.name_span), subject.document.slice(model.name_span)
            yield RULE.report(
                call.name_span,
                f"{name} comes from {call.target.flavour}, {sequential} from {model.flavour}: they do not mix",
                related=(Related(f"this is from {model.flavour}", model.name_span),),
            )
            return


RULE = Rule("mixed-keras", check, severity="error", needs="source", since="0.1.0", models="chains")
