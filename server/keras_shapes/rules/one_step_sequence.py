"""A recurrent layer over sequences of one step with one number: there is nothing to remember."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Array, Fact
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.model import TrainingCall
from keras_shapes.rules.label_causes import placed
from keras_shapes.rules.refusal_facts import RECURRENT, declared_input, one_line
from keras_shapes.rules.rule import Rule, Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The declared input is marked. A stateful layer keeps what it saw from batch to batch, and is left alone."""
    layers, declared = placed(subject), declared_input(subject.model)
    first = layers[0] if layers else None
    if first is None or first.layer is None or declared is None or first.layer.target.last not in RECURRENT:
        return
    if first.verdict.input_shape != (None, 1, 1) or first.layer.argument("stateful") is not None:
        return
    cut = any(map(_is_cut_from_one_row, subject.model.training))
    yield RULE.report(
        one_line(subject.document, declared.argument.span),
        f"each sequence has one step with one number: {first.layer.target.last} has nothing to remember",
        severity="warning" if cut else None,
    )


def _is_cut_from_one_row(call: TrainingCall) -> bool:
    """Whether a model is trained on a row of numbers of which every number became a sequence."""
    data = call.argument("x", 0)
    return (
        call.method == "fit"
        and data is not None
        and isinstance(data.value, Array)
        and Fact.SERIES in data.value.provenance
    )


RULE = Rule("one-step-sequence", check, severity="hint", needs="shapes", since="0.1.0")
