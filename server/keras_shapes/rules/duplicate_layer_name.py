"""Two layers of one model with the same name."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Argument, Call, Expression, Model, UserCode
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Each name that an earlier layer of the model has already, where both are written in the source."""
    if not _are_in_one_model(subject):
        return
    seen: dict[str, tuple[Argument, Expression]] = {}
    for element in subject.model.nodes:
        given = _given_name(element.expression)
        if given is None or not isinstance(given.value, str):
            continue
        before, other = seen.setdefault(given.value, (given, element.expression))
        if other is element.expression:
            continue
        place = one_line(subject.document, before.span)
        again = f'the name "{given.value}" is taken'
        message = (
            f"{again} by an earlier turn of this loop" if before.span == given.span else f"{again} by another layer"
        )
        related = () if before.span == given.span else (Related("here", place),)
        yield RULE.report(one_line(subject.document, given.span), f"{message} of this model", related=related)


def _are_in_one_model(subject: Subject) -> bool:
    """Whether all nodes are layers of it: of a graph, only a refusal of `Model` tells."""
    refusal = subject.refusal
    return subject.model.kind == "sequential" or (refusal is not None and refusal.stage == "model")


def _given_name(expression: Expression) -> Argument | None:
    if not isinstance(expression, Call | UserCode | Model):
        return None
    return next((argument for argument in expression.arguments or () if argument.name == "name"), None)


RULE = Rule("duplicate-layer-name", check, severity="error", needs="source", since="0.1.0")
