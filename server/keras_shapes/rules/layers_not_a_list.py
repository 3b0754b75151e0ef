"""`Sequential(Dense(8), Dense(1))`: the layers must be one list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.model import Call, Expression, Model, UserCode
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.source import Span

_OPENING = re.compile(r"\s*\(\s*(layers\s*=\s*)?")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A layer as the first argument of `Sequential`, or one in the place of another argument."""
    model = subject.model
    if model.flavour == "tensorflow.python.keras":
        return
    extra = next((each for each in model.arguments if each.name is None and _is_layer(each.value)), None)
    if extra is not None:
        yield RULE.report(
            one_line(subject.document, extra.span),
            f"{_name(subject)} takes one list of layers: put them into square brackets",
        )
    elif len(model.nodes) == 1 and (span := _only_argument(subject)) is not None:
        yield RULE.report(
            one_line(subject.document, span),
            f"{_name(subject)} takes a list of layers: put this one into square brackets",
        )


def _name(subject: Subject) -> str:
    return subject.document.slice(subject.model.name_span)


def _is_layer(value: Expression) -> bool:
    if isinstance(value, tuple | list):
        return any(_is_layer(item) for item in value)
    return isinstance(value, Model | UserCode) or (
        isinstance(value, Call) and value.target.path.startswith("keras.layers.")
    )


def _only_argument(subject: Subject) -> Span | None:
    """The span of the layer if it stands where the list should begin."""
    expression = subject.model.nodes[0].expression
    opening = _OPENING.match(subject.document.python, subject.model.name_span.end)
    if opening is None or not isinstance(expression, Call | UserCode) or not _is_layer(expression):
        return None
    return expression.span if expression.span.start == opening.end() else None


RULE = Rule("layers-not-a-list", check, severity="error", needs="source", since="0.1.0", models="chains", only=3)
