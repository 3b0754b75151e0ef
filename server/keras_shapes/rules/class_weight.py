"""Weights of classes in an array or a list: Keras looks each class up in a dict."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Array
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.model import Argument, TrainingCall
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import text_of
from keras_shapes.verdict import DataRefused


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The argument of the first call that has it so; a call that is refused before it ends the program there."""
    for call, verdict in zip(subject.model.training, subject.training, strict=False):
        if isinstance(verdict, DataRefused) or subject.refusal is not None:
            return
        given = weights_of(call)
        if given is None or call.expects_error or not isinstance(given.value, Array | list | tuple):
            continue
        span = one_line(subject.document, given.value_span)
        kind = "an array" if isinstance(given.value, Array) else f"a {type(given.value).__name__}"
        name = text_of(subject.document, span, "this")
        yield RULE.report(span, f"class_weight takes a dict from class numbers to weights; {name} is {kind}")
        return


def weights_of(call: TrainingCall) -> Argument | None:
    """The weights of the classes that a call is given by name."""
    return call.argument("class_weight") if call.method in {"fit", "train_on_batch"} else None


RULE = Rule("class-weight", check, severity="error", needs="training", since="0.2.0")
