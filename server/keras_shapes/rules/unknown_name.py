"""A name that the user's Keras does not have, and one of nearly the same spelling that it has."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.keras_names import KERAS_NAMES
from keras_shapes.model import Call, Expression, PublicName
from keras_shapes.rules.refusal_facts import named
from keras_shapes.rules.removed_name import LAYERS
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.source import Document, Span

_NEAR = 0.75
_NAMESPACES = frozenset({"keras", "keras.layers"})
"""What is missing further inside may be a private part of another version."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Each element whose name Keras does not have, called or not."""
    for position, element in enumerate(subject.model.nodes):
        name, found = target(element.expression), named(subject.verdict, position)
        if name is None or found is None or found.kind != "missing" or found.holder not in _NAMESPACES:
            continue
        if name.last in LAYERS or name.flavour == "tensorflow.python.keras":
            continue
        missing, near = missing_part(name, found.holder), nearest(name)
        hint = f": did you mean {near}?" if near is not None else ""
        yield RULE.report(
            _span(element.expression, element.span, subject.document), f"{found.holder} has no {missing}{hint}"
        )


def nearest(name: PublicName) -> str | None:
    """The public layer that a name which is none was most likely meant to be."""
    module, _, last = name.path.rpartition(".")
    known = KERAS_NAMES["keras.layers"]
    if module != "keras.layers" or last in known or last in LAYERS:
        return None
    by_case = next((each for each in sorted(known) if each.lower() == last.lower()), None)
    near = get_close_matches(last, sorted(known), n=1, cutoff=_NEAR)
    beginning = [each for each in sorted(known, key=len) if len(last) > 1 and each.startswith(last)]
    return by_case or next(iter((*near, *beginning)), None)


def missing_part(name: PublicName, holder: str) -> str:
    """The first part of a path that its holder does not have."""
    return name.path.removeprefix(f"{holder}.").partition(".")[0]


def target(expression: Expression) -> PublicName | None:
    """The public name that an element is, or that it calls."""
    match expression:
        case PublicName():
            return expression
        case Call(target=called):
            return called
    return None


def _span(expression: Expression, added: Span, document: Document) -> Span:
    """The name itself; of an element that is only a name its last part, where the model has it written out."""
    if isinstance(expression, Call):
        return expression.name_span
    text = document.slice(added)
    last = text.rfind(".") + 1
    return Span(added.start + last, added.end) if text.replace(".", "").isidentifier() else added


RULE = Rule("unknown-name", check, severity="error", needs="source", since="0.1.0")
