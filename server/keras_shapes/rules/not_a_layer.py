"""Something that is no layer among the layers of a `Sequential`: a class, a function, a string, a tuple."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.keras_names import KERAS_NAMES
from keras_shapes.model import Call, Expression, PublicName, UserCode
from keras_shapes.rules.refusal_facts import named, one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.source import Span
from keras_shapes.verdict import Named


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Each element that Keras surely refuses to add."""
    if subject.model.flavour == "tensorflow.python.keras":
        return
    for position, element in enumerate(subject.model.nodes):
        span = one_line(subject.document, _span(element.expression) or element.span)
        why = _why(element.expression, subject.document.slice(span), named(subject.verdict, position))
        if why is not None:
            yield RULE.report(span, why)


def _why(expression: Expression, text: str, name: Named | None) -> str | None:
    match expression:
        case PublicName() | Call():
            return _what_it_is(expression, text, name.kind) if name is not None else None
        case UserCode(arguments=None, base=PublicName(), name=own):
            return f"{text} is a class, not a layer: call it, {own}(…)"
        case str() if expression in KERAS_NAMES["keras.activations"]:
            return f'{text} is a string, not a layer: use Activation("{expression}")'
        case str():
            return f"{text} is a string, not a layer"
        case tuple() if len(expression) == 1:
            return "a comma too many: this is a tuple, not a layer"
        case tuple() | list():
            return f"a {type(expression).__name__} is not a layer: add its layers one by one"
        case None | bool() | int() | float() | dict():
            return f"{text} is not a layer"
        case _:
            return None


def _what_it_is(expression: PublicName | Call, text: str, kind: str) -> str | None:
    """By what Keras knows of a public name; a name that it does not have is another rule's."""
    path = expression.path if isinstance(expression, PublicName) else expression.target.path
    last = path.rpartition(".")[2]
    match kind:
        case "layer" if isinstance(expression, PublicName):
            return f"{text} is a class, not a layer: call it, {last}(…)"
        case "function" if path.startswith("keras.activations."):
            return f'{text} is a function, not a layer: use Activation("{last}")'
        case "class" | "function" | "module":
            return f"{text} is a {kind}, not a layer"
        case _:
            return None


def _span(expression: Expression) -> Span | None:
    span = getattr(expression, "name_span", None)
    return span if isinstance(span, Span) else None


RULE = Rule("not-a-layer", check, severity="error", needs="source", since="0.1.0", models="chains")
