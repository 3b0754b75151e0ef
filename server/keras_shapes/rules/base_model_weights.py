"""A base model of `keras.applications` whose pretrained weights do not fit the shape or the classes asked for."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.model import Argument, Call
from keras_shapes.rules.refusal_facts import bound_arguments, one_line, refused_expression
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.wording import shape_text


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refused base model with weights whose `input_shape` or `classes` Keras blames."""
    refusal = subject.refusal
    call = None if refusal is None else refused_expression(subject, refusal)
    if refusal is None or refusal.stage != "constructor" or not isinstance(call, Call):
        return
    if not call.target.path.startswith("keras.applications."):
        return
    bound = bound_arguments(call, refusal.parameters)
    weights = bound["weights"].value if "weights" in bound else "imagenet"
    culprit = next(
        (bound[name] for name in refusal.blamed if name in ("input_shape", "classes") and name in bound), None
    )
    if not isinstance(weights, str) or culprit is None:
        return
    top = "include_top" not in bound or bound["include_top"].value is not False
    yield RULE.report(
        one_line(subject.document, culprit.span),
        f"{weights} weights need {_needed(culprit, top=top)}",
        keras_message=refusal.message,
    )


def _needed(argument: Argument, *, top: bool) -> str:
    value = argument.value
    if argument.name == "classes":
        return f"their own 1000 classes with include_top=True, gets {value}"
    text = shape_text(value) if isinstance(value, tuple | list) else "another shape"
    if isinstance(value, tuple | list) and len(value) == 3 and value[-1] != 3:
        return f"3 channels, gets {text}"
    if top:
        return f"the input_shape that they were trained with, gets {text}: include_top=False takes others"
    return f"another input_shape, gets {text}"


RULE = Rule("base-model-weights", check, severity="error", needs="shapes", since="0.1.0")
