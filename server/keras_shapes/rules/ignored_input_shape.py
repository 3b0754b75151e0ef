"""`input_shape` on a layer that is not the first: Keras takes no notice of it."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.model import Argument, Call, Expression
from keras_shapes.rules.refusal_facts import declared_input, name_of, one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.verdict import Built

_NAMES = frozenset({"input_shape", "input_dim"})


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Each such argument of a later layer, or of a layer inside a wrapper."""
    has_input = declared_input(subject.model) is not None or subject.model.input is not None
    for position, element in enumerate(subject.model.nodes):
        for call, argument in _ignored(element.expression, outermost=position > 0):
            why = "only the first layer's counts" if position else "only the outermost layer's counts"
            missing = "" if has_input else ", and the model has no other input"
            yield RULE.report(
                one_line(subject.document, argument.span),
                f"{name_of(subject.document, call)} is not asked for its {argument.name}: {why}{missing}",
                severity="warning" if position and _contradicts(argument, subject, position) else None,
                unnecessary=True,
            )


def _contradicts(argument: Argument, subject: Subject, position: int) -> bool:
    """Whether it says other features than the layer gets: somebody counts on them."""
    verdict = subject.verdict
    fed = verdict.layers[position].input_shape if isinstance(verdict, Built) else None
    value = argument.value
    declared = value[0] if isinstance(value, tuple | list) and len(value) == 1 else value
    if not isinstance(fed, tuple) or len(fed) != 2 or not isinstance(declared, int):
        return False
    return isinstance(fed[1], int) and fed[1] != declared


def _ignored(expression: Expression, *, outermost: bool) -> Iterator[tuple[Call, Argument]]:
    """Ignored arguments of a call, those of the call itself only where `outermost` says so."""
    if not isinstance(expression, Call) or not expression.target.path.startswith("keras.layers."):
        return
    for argument in expression.arguments:
        if outermost and argument.name in _NAMES and not _is_its_own(expression):
            yield expression, argument
        if isinstance(argument.value, Call):
            yield from _ignored(argument.value, outermost=True)


def _is_its_own(call: Call) -> bool:
    """An `Embedding` has an `input_dim` of its own, an `InputLayer` an `input_shape`."""
    return call.target.last in {"Embedding", "InputLayer"}


RULE = Rule("ignored-input-shape", check, severity="hint", needs="source", since="0.1.0", models="chains")
