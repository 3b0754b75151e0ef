"""Layers of `tensorflow.python.keras`, a private copy of an old Keras, in a model of Keras 3, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Call, Flavour, Model, family
from keras_shapes.rules.rule import Rule, Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The first element that comes from another Keras than its model."""
    model = subject.model
    for element in model.nodes:
        call = element.expression
        if isinstance(call, Call) and _family(model, call.target.flavour) != _family(model, model.flavour):
            name, sequential = subject.document.slice(call.name_span), subject.document.slice(model.name_span)
            yield RULE.report(
                call.name_span,
                f"{name} comes from {call.target.flavour}, {sequential} from {model.flavour}: they do not mix",
                related=(Related(f"this is from {model.flavour}", model.name_span),),
            )
            return


def _family(model: Model, flavour: Flavour) -> str:
    """Which Keras a flavour means in the program of a model."""
    return family(flavour, legacy=(model.settings.legacy or "").lower() in {"1", "true"})


RULE = Rule("mixed-keras", check, severity="error", needs="source", since="0.1.0", models="chains", only=3)
