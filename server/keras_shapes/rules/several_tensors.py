"""A layer that takes or gives several tensors in a model that hands one from layer to layer."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Call
from keras_shapes.rules.refusal_facts import (
    mark_of,
    name_of,
    one_line,
    refused_element,
    refused_expression,
    steps_before,
)
from keras_shapes.rules.rule import Rule, Subject

_TAKES_SEVERAL = frozenset(
    {
        *("Add", "Average", "Concatenate", "Dot", "Maximum", "Minimum", "Multiply", "Subtract"),
        *("AdditiveAttention", "Attention", "GroupQueryAttention", "MultiHeadAttention"),
    }
)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal by a layer that wants several tensors, or after one that gives several."""
    refusal = subject.refusal
    if refusal is None or refusal.stage in ("constructor", "model"):
        return
    document = subject.document
    element, expression = refused_element(subject, refusal), refused_expression(subject, refusal)
    name, place = name_of(document, expression), mark_of(document, element, expression)
    steps = steps_before(subject, refusal)
    if isinstance(expression, Call) and expression.target.last in _TAKES_SEVERAL:
        message = (
            f"{name} takes several tensors, a Sequential hands on one: keras.Model with inputs and outputs can do it"
        )
        yield RULE.report(place, message, keras_message=refusal.message)
    elif steps and len(steps[-1].verdict.output_shapes) > 1:
        giver = steps[-1].element
        gives = f"{len(steps[-1].verdict.output_shapes)} tensors"
        call = giver.expression
        given = call.argument("return_state") if isinstance(call, Call) else None
        mark = one_line(document, given.span) if given is not None else mark_of(document, giver)
        yield RULE.report(
            mark,
            f"{name} needs one tensor, gets {gives}: the {name_of(document, call)} above returns its state too",
            related=(Related(f"{name} raises the error here", place),),
            keras_message=refusal.message,
        )


RULE = Rule("several-tensors", check, severity="error", needs="shapes", since="0.1.0", models="chains")
