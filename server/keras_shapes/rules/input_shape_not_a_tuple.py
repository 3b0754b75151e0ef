"""`input_shape=(100)`: parentheses alone make no tuple."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.model import Expression, NumpyNumber, Unknown
from keras_shapes.rules.refusal_facts import declared_input, one_line
from keras_shapes.rules.rule import Rule, Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A declared input shape that is a number."""
    declared = declared_input(subject.model)
    if declared is None or subject.model.flavour == "tensorflow.python.keras":
        return
    argument = declared.argument
    if argument.name == "input_dim" or not _is_number(argument.value):
        return
    text = subject.document.slice(argument.value_span).strip("()")
    yield RULE.report(
        one_line(subject.document, argument.span),
        f"{argument.name or 'shape'} needs a tuple, gets {text}: ({text}) is a number, ({text},) is a tuple",
    )


def _is_number(value: Expression) -> bool:
    match value:
        case bool():
            return False
        case int() | float() | NumpyNumber():
            return True
        case Unknown(kind="int" | "numpy int" | "float" | "numpy float"):
            return True
        case _:
            return False


RULE = Rule("input-shape-not-a-tuple", check, severity="error", needs="source", since="0.1.0")
