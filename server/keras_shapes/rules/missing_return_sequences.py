"""A recurrent layer returns only its last step, and the layer after it wants all of them."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Call, Expression
from keras_shapes.rules.refusal_facts import (
    RECURRENT,
    Step,
    input_spec,
    mark_of,
    name_of,
    origin,
    rank_of,
    refused_element,
    refused_expression,
    steps_before,
)
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.wording import axes_of, axes_text, shape_text
from keras_shapes.verdict import Refused


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal of a shape that lacks exactly the axis that a recurrent layer above has dropped."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build" or refusal.input_shape is None:
        return
    above = origin(steps_before(subject, refusal))
    if above is None or not _drops_steps(above) or not _lacks_an_axis(refusal):
        return
    recurrent = _recurrent(above.element.expression)
    if recurrent is None:
        return
    element, expression = refused_element(subject, refusal), refused_expression(subject, refusal)
    needs = axes_of(refusal.layers[refusal.node].class_name) or ("batch", "steps", "features")
    refused, dropping = name_of(subject.document, expression), name_of(subject.document, recurrent)
    yield RULE.report(
        recurrent.name_span,
        f"{refused} needs {axes_text(needs)}, gets {shape_text(refusal.input_shape)}: "
        f"the {dropping} above returns only its last step",
        related=(Related(f"{refused} needs all steps", mark_of(subject.document, element, expression)),),
        keras_message=refusal.message,
    )


def _drops_steps(step: Step) -> bool:
    before, after = rank_of(step.verdict.input_shape), rank_of(step.verdict.output_shape)
    return before is not None and after is not None and before == after + 1


def _lacks_an_axis(refusal: Refused) -> bool:
    got = rank_of(refusal.input_shape)
    wants = input_spec(refusal.input_spec).rank
    if wants is None and refusal.layers[refusal.node].class_name == "TimeDistributed":
        wants = 3
    return got is not None and wants == got + 1


def _recurrent(expression: Expression) -> Call | None:
    """The recurrent layer, also inside `Bidirectional`, if it was not told to return its steps."""
    if not isinstance(expression, Call):
        return None
    if expression.target.last == "Bidirectional":
        inner = expression.argument("layer", 0)
        return _recurrent(inner.value) if inner else None
    given = expression.argument("return_sequences")
    told = given is not None and given.value is not False
    return expression if expression.target.last in RECURRENT and not told else None


RULE = Rule("missing-return-sequences", check, severity="error", needs="shapes", since="0.1.0")
