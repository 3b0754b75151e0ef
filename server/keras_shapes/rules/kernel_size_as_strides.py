"""`Conv2D(32, 3, 3)`: a 3×3 window in Keras 1, a window of 3 that moves in steps of 3 since."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related, Severity
from keras_shapes.model import Argument, Call, Expression
from keras_shapes.rules.negative_dimension import misfit_of
from keras_shapes.rules.refusal_facts import mark_of, name_of, refused_element, refused_expression
from keras_shapes.rules.rule import Rule, Subject

_NAMES_OF_KERAS_1 = frozenset({"Convolution2D", "SeparableConvolution2D"})
_CONVOLUTIONS = frozenset({"Conv2D", "SeparableConv2D"}) | _NAMES_OF_KERAS_1


def check(subject: Subject) -> Iterator[Diagnostic]:
    """An error where steps so wide leave too little, a warning beside a name of Keras 1, else a hint."""
    too_little = _leaves_too_little(subject)
    for element in subject.model.nodes:
        strides = _strides(element.expression)
        if strides is None or not isinstance(element.expression, Call):
            continue
        call, size = element.expression, strides.value
        name = name_of(subject.document, call)
        related: tuple[Related, ...] = ()
        if too_little and subject.refusal is not None:
            refused, expression = (
                refused_element(subject, subject.refusal),
                refused_expression(subject, subject.refusal),
            )
            place = mark_of(subject.document, refused, expression)
            related = (Related("the window does not fit here", place),)
        yield RULE.report(
            strides.span,
            f"{name} takes this {size} as strides={size}: a {size}×{size} window is written ({size}, {size})",
            severity=_severity(call, too_little=too_little),
            related=related,
            keras_message=subject.refusal.message if too_little and subject.refusal else None,
        )


def _severity(call: Call, *, too_little: bool) -> Severity:
    if too_little:
        return "error"
    return "warning" if call.target.last in _NAMES_OF_KERAS_1 else "hint"


def _strides(expression: Expression) -> Argument | None:
    """The third positional argument where it is the same number as the second."""
    if not isinstance(expression, Call) or expression.target.last not in _CONVOLUTIONS:
        return None
    positional = [argument for argument in expression.arguments if argument.name is None]
    if len(positional) < 3 or not isinstance(positional[2].value, int) or positional[2].value < 2:
        return None
    return positional[2] if positional[1].value == positional[2].value else None


def _leaves_too_little(subject: Subject) -> bool:
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build" or refusal.input_shape is None:
        return False
    return misfit_of(dict(refusal.config), refusal.input_shape) is not None


RULE = Rule(
    "kernel-size-as-strides",
    check,
    severity="hint",
    needs="shapes",
    since="0.1.0",
    instead_of=frozenset({"negative-dimension"}),
)
