"""Keras refuses an argument of a constructor: an unknown keyword, a missing one, a value that it does not take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.keras_names import KERAS_NAMES
from keras_shapes.model import Argument, Call, Expression
from keras_shapes.rules.refusal_facts import (
    bound_arguments,
    mark_of,
    name_of,
    one_line,
    refused_element,
    refused_expression,
)
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.source import Document
from keras_shapes.verdict import Refused

_WANTED = {
    "units": "a positive integer",
    "filters": "a positive integer",
    "output_dim": "a positive integer",
    "input_dim": "a positive integer",
    "n": "an integer",
    "kernel_size": "positive integers",
    "pool_size": "positive integers",
    "strides": "positive integers",
    "dilation_rate": "positive integers",
    "rate": "a number from 0 to 1",
    "dropout": "a number from 0 to 1",
    "recurrent_dropout": "a number from 0 to 1",
    "padding": '"valid" or "same"',
    "data_format": '"channels_last" or "channels_first"',
    "input_shape": "a tuple of integers and None, without the batch axis",
    "shape": "a tuple of integers and None, without the batch axis",
    "name": "a string without /",
    "target_shape": "integers, at most one of them -1",
}
_KINDS = {"activation": "activations", "initializer": "initializers", "regularizer": "regularizers"}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refused constructor, marked on the argument that Keras does not take."""
    refusal = subject.refusal
    if refusal is None or refusal.stage in ("build", "model"):
        return
    document = subject.document
    element, expression = refused_element(subject, refusal), refused_expression(subject, refusal)
    name = name_of(document, expression)
    culprit = _culprit(refusal, expression)
    if culprit is None:
        missing = refusal.missing
        message = f"{name} needs {_enumerated(missing)}" if missing else f"error in {name}"
        said = "" if missing else f": {_first_line(refusal.message)}"
        mark = mark_of(document, element, expression)
        yield RULE.report(mark, message + (said or ": the call does not give it"), keras_message=refusal.message)
        return
    parameter, argument = culprit
    yield RULE.report(
        one_line(document, argument.span),
        _message(document, name, parameter, argument, refusal),
        keras_message=refusal.message,
    )


def _culprit(refusal: Refused, expression: Expression) -> tuple[str, Argument] | None:
    if not isinstance(expression, Call):
        return None
    twice = _given_twice(expression, refusal.parameters)
    if twice is not None:
        return twice
    bound = bound_arguments(expression, refusal.parameters)
    return next(((name, bound[name]) for name in refusal.blamed if name in bound), None)


def _given_twice(call: Call, parameters: Sequence[str]) -> tuple[str, Argument] | None:
    """A value in the place of a parameter that is given by its name too."""
    names = {argument.name for argument in call.arguments}
    positional = [argument for argument in call.arguments if argument.name is None]
    found = zip(parameters, positional, strict=False)
    return next(((parameter, argument) for parameter, argument in found if parameter in names), None)


def _message(document: Document, name: str, parameter: str, argument: Argument, refusal: Refused) -> str:
    if refusal.parameters and parameter not in refusal.parameters:
        near = get_close_matches(parameter, refusal.parameters, n=1)
        return f"{name} has no argument {parameter}" + (f": did you mean {near[0]}?" if near else "")
    value = _value_text(document, argument)
    if argument.name is None and any(other.name == parameter for other in _arguments(refusal)):
        return f"{name} takes this {value} as its {parameter}, which is given by name too"
    wanted = _WANTED.get(parameter) or _known_name(parameter, argument.value)
    if wanted:
        return f"{name} needs {wanted} for {parameter}, gets {value}"
    return f"{name} does not accept {parameter}={value}: {_first_line(refusal.message)}"


def _arguments(refusal: Refused) -> Sequence[Argument]:
    return refusal.call.arguments if isinstance(refusal.call, Call) else ()


def _value_text(document: Document, argument: Argument) -> str:
    """The value as it is written, and what it is where that is not seen: `hidden = 64.0`."""
    written = document.slice(one_line(document, argument.value_span))
    value = argument.value
    if isinstance(value, bool | int | float | str) and written.isidentifier() and written != repr(value):
        return f"{written} = {value!r}"
    return written


def _known_name(parameter: str, value: Expression) -> str | None:
    """What a name should have been: `an activation's name (did you mean "relu"?)`."""
    module = next((module for ending, module in _KINDS.items() if parameter.endswith(ending)), None)
    if module is None or not isinstance(value, str):
        return None
    near = get_close_matches(value, KERAS_NAMES[f"keras.{module}"], n=1)
    kind = f"the name of one of keras.{module}"
    return f'{kind} (did you mean "{near[0]}"?)' if near else kind


def _enumerated(names: Sequence[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"


def _first_line(message: str) -> str:
    return next((line.strip().rstrip(".") for line in message.splitlines() if line.strip()), "")


RULE = Rule("invalid-argument", check, severity="error", needs="shapes", since="0.1.0", general=True)
