"""A callback that Keras refuses to make: training never begins."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.model import Call, TrainingCall
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.verdict import TrainingUnknown


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The callback is marked where it is made; the model itself is fine, and its shapes hold."""
    marked = set()
    for call, verdict in zip(subject.model.training, subject.training, strict=False):
        if not isinstance(verdict, TrainingUnknown) or verdict.callback is None or call.expects_error:
            continue
        callback = _callback(call, verdict.callback)
        if callback is not None and callback.span not in marked:
            marked.add(callback.span)
            message = f"error in this {callback.target.last}, so {call.method} never begins: {verdict.reason}"
            yield RULE.report(callback.span, message, keras_message=verdict.reason)


def _callback(call: TrainingCall, index: int) -> Call | None:
    argument = call.argument("callbacks")
    value = argument.value if argument is not None else None
    items = value if isinstance(value, (list, tuple)) else [value]
    item = items[index] if 0 <= index < len(items) else None
    return item if isinstance(item, Call) else None


RULE = Rule("refused-callback", check, severity="warning", needs="training", since="0.1.0")
