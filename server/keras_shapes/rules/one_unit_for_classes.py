"""One sigmoid unit, which tells two classes apart, and labels with more of them."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Fact
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import first_judged, head, made_here, units_of


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The units are marked. Only labels whose largest value is known to occur count."""
    trial = first_judged(subject)
    labels = trial.y.array if trial and trial.y else None
    if trial is None or trial.y is None or labels is None or labels.maximum is None:
        return
    output = trial.output_shape
    one = isinstance(output, tuple) and len(output) == 2 and output[-1] == 1
    if not one or trial.meeting.activation != "sigmoid" or trial.meeting.loss != "binary_crossentropy":
        return
    whole = "int" in (labels.dtype or "") or "every integer" in labels.provenance
    if not whole or labels.maximum < 2 or Fact.EXACT not in labels.provenance:
        return
    units = units_of(head(subject.model))
    if units is None:
        return
    related = (
        trial.y.met("the loss"),
        *made_here(trial.y, document=subject.document),
    )
    yield RULE.report(
        one_line(subject.document, units.value_span),
        f"runs, but {trial.y.said('has')} classes up to {labels.maximum:g}; one sigmoid unit tells two apart",
        related=related,
    )


RULE = Rule("one-unit-for-classes", check, severity="warning", needs="training", since="0.1.0")
