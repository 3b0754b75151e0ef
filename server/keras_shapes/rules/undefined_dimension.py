"""A layer with weights must know the size of the axis that it works on, and it is `None`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.rules.refusal_facts import (
    Step,
    declared_input,
    mark_of,
    name_of,
    one_line,
    origin,
    refused_element,
    refused_expression,
    steps_before,
)
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.wording import shape_text
from keras_shapes.verdict import Refused

_WEIGHTED = re.compile(
    r"Dense|EinsumDense|(Separable|Depthwise)?Conv[123]D.*|ConvLSTM[123]D|.*Normalization|.*RNN|GRU|LSTM"
)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal by such a layer of an input without a size on that axis."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build" or not _lacks_size(refusal):
        return
    document, config = subject.document, dict(refusal.config)
    element, expression = refused_element(subject, refusal), refused_expression(subject, refusal)
    name, above = name_of(document, expression), origin(steps_before(subject, refusal))
    axis = "channels" if "data_format" in config and "2D" in _class_name(refusal) else "features"
    yield RULE.report(
        mark_of(document, element, expression),
        f"{name} needs a known number of {axis}, gets {shape_text(refusal.input_shape or ())}: {_why(subject, above)}",
        related=tuple(_related(subject, above)),
        keras_message=refusal.message,
    )


def _lacks_size(refusal: Refused) -> bool:
    shape = refusal.input_shape
    if not isinstance(shape, tuple) or len(shape) < 2 or not _WEIGHTED.fullmatch(_class_name(refusal)):
        return False
    first = dict(refusal.config).get("data_format") == "channels_first"
    return shape[1 if first else -1] is None


def _class_name(refusal: Refused) -> str:
    return refusal.layers[refusal.node].class_name


def _why(subject: Subject, above: Step | None) -> str:
    if above is None:
        return "the input leaves it open"
    name = name_of(subject.document, above.element.expression, above.verdict)
    if above.verdict.class_name == "Flatten":
        return f"the {name} above multiplies sizes of which one is open"
    return f"the {name} above leaves it open"


def _related(subject: Subject, above: Step | None) -> Iterator[Related]:
    if above is not None and above.verdict.input_shape is not None:
        shape = shape_text(above.verdict.input_shape)
        yield Related(f"{shape} goes in here", mark_of(subject.document, above.element))
    declared = declared_input(subject.model)
    if declared is not None:
        yield Related("the input is declared here", one_line(subject.document, declared.argument.span))


RULE = Rule("undefined-dimension", check, severity="error", needs="shapes", since="0.1.0")
