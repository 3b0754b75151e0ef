"""A layer that Keras does not have, and one of nearly the same name that it has."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.keras_names import KERAS_NAMES
from keras_shapes.model import Call, Expression, PublicName
from keras_shapes.rules.facts import is_shaped
from keras_shapes.rules.removed_name import LAYERS
from keras_shapes.rules.rule import Rule, Subject

_NEAR = 0.75


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Each element whose name is in no version of Keras that is known here, if one is nearly spelt like it."""
    for position, element in enumerate(subject.model.elements):
        expression = element.expression
        name = _target(expression)
        if name is None or name.flavour == "tensorflow.python.keras" or is_shaped(subject.verdict, position):
            continue
        near = nearest(name)
        if near is not None and isinstance(expression, Call):
            yield RULE.report(expression.name_span, f"keras.layers has no {name.last}: did you mean {near}?")


def nearest(name: PublicName) -> str | None:
    """The public layer that a name which is none was most likely meant to be."""
    module, _, last = name.path.rpartition(".")
    known = KERAS_NAMES["keras.layers"]
    if module != "keras.layers" or last in known or last in LAYERS:
        return None
    by_case = next((each for each in sorted(known) if each.lower() == last.lower()), None)
    near = get_close_matches(last, sorted(known), n=1, cutoff=_NEAR)
    return by_case or (near[0] if near else None)


def _target(expression: Expression) -> PublicName | None:
    return expression.target if isinstance(expression, Call) else None


RULE = Rule("unknown-name", check, severity="error", needs="source", since="0.1.0")
