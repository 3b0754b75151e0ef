"""Something else in the place of a path: a callback that knows the file, instead of the file."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Array
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.model import Argument, Call, Expression, Model
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import Trial, first_refused

_METHODS = frozenset({"load_weights", "save_weights", "save"})


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The argument is marked, where Keras refuses it."""
    trial, argument = refused_path(subject)
    if trial is None or argument is None or trial.refusal is None:
        return
    yield RULE.report(
        one_line(subject.document, argument.value_span),
        f"{trial.call.method} takes the path of a file, gets {_what(argument.value)}",
        keras_message=trial.refusal.message,
    )


def refused_path(subject: Subject) -> tuple[Trial | None, Argument | None]:
    """The call at which the program stops because of the kind of what it takes for a path, with that argument."""
    trial = first_refused(subject)
    if trial is None or trial.call.method not in _METHODS or not trial.call.arguments:
        return None, None
    return trial, trial.call.arguments[0]


def _what(value: Expression) -> str:
    match value:
        case Call(target=target):
            article = "an" if target.last[0] in "AEIOU" else "a"
            return f"{article} {target.last}"
        case Model():
            return "a model"
        case Array():
            return "an array"
        case _:
            return f"a {type(value).__name__}"


RULE = Rule("not-a-path", check, severity="error", needs="training", since="0.2.0")
