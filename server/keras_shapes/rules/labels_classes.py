"""Labels with another number of classes than the model has outputs, or with a number that no output has."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Fact
from keras_shapes.diagnostic import Diagnostic, Severity
from keras_shapes.model import Argument
from keras_shapes.rules.encoding import last_encoding
from keras_shapes.rules.label_causes import SPARSE, clash_of, placed
from keras_shapes.rules.refusal_facts import mark_of, one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import Trial, first_judged, head, loss_name, made_here, rank, units_of
from keras_shapes.rules.wording import plural, shape_text
from keras_shapes.source import Span


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The units are marked; where everything else says one number of two classes, it is the encoding of the labels."""
    trial = clash_of(subject, "units")
    if trial is not None:
        yield _sizes_differ(trial)
        return
    trial = first_judged(subject)
    if trial is not None and trial.meeting.loss in SPARSE:
        yield from _out_of_range(trial)


def _sizes_differ(trial: Trial) -> Diagnostic:
    assert trial.y is not None
    assert trial.y.shape is not None
    assert trial.output_shape is not None
    labels, output = f"{trial.y.said('is')} {shape_text(trial.y.shape)}", shape_text(trial.output_shape)
    refused = trial.refusal is not None
    encoding = _needless_encoding(trial)
    mark = encoding or _mark(trial)
    if encoding is not None:
        message = (
            f"one output {output}, labels {shape_text(trial.y.shape)}: the model and {loss_name(trial)} say one number"
        )
    elif refused:
        message = f"the model gives {output}, {labels}: {loss_name(trial)} needs the same number of values"
    elif rank(trial.y.shape) == rank(trial.output_shape):
        message = f"runs, but {labels} and the model gives {output}: each label is compared with every output"
    else:
        # whether it runs depends on the size of the batch
        message = f"{labels} and the model gives {output}: {loss_name(trial)} mixes up samples and outputs"
    severity: Severity = "error" if refused else "warning"
    related = [
        trial.y.met("the loss"),
        *made_here(trial.y, document=trial.document),
    ]
    return RULE.report(
        mark,
        message,
        severity=severity,
        related=tuple(each for each in related if each.span != mark),
        keras_message=trial.refusal.message if trial.refusal else None,
    )


def _out_of_range(trial: Trial) -> Iterator[Diagnostic]:
    """A sparse loss takes the numbers of the outputs; Keras finds any other only when it runs."""
    array, output = trial.y.array if trial.y else None, trial.output_shape
    if trial.y is None or array is None or not isinstance(output, tuple) or Fact.EXACT not in array.provenance:
        return
    classes, low, high = output[-1], array.minimum, array.maximum
    if not isinstance(classes, int) or low is None or high is None or (low >= 0 and high < classes):
        return
    mark = _mark(trial)
    related = (
        trial.y.met("the loss"),
        *made_here(trial.y, document=trial.document),
    )
    yield RULE.report(
        mark,
        f"{trial.y.said('runs')} {low:g}…{high:g}; {plural(classes, 'class')} are numbered 0…{classes - 1}",
        severity="warning" if trial.meeting.unchecked else None,
        related=tuple(each for each in related if each.span != mark),
    )


def _needless_encoding(trial: Trial) -> Span | None:
    """The encoding, where output, loss and activation agree on one number between 0 and 1."""
    output = trial.output_shape
    one = isinstance(output, tuple) and output[-1] == 1
    array = trial.y.array if trial.y else None
    if trial.y is None or array is None or not one or Fact.ONE_HOT not in array.provenance:
        return None
    two = trial.y.shape is not None and array.shape is not None and array.shape[-1] == 2
    if not two or trial.meeting.loss != "binary_crossentropy" or trial.meeting.activation != "sigmoid":
        return None
    return last_encoding(trial.document, trial.y, trial.call.span.start)


def _mark(trial: Trial) -> Span:
    units: Argument | None = units_of(head(trial.subject.model))
    if units is not None:
        return one_line(trial.document, units.value_span)
    layers = placed(trial.subject)
    return mark_of(trial.document, layers[-1].element) if layers else trial.call.name_span


RULE = Rule("labels-classes", check, severity="error", needs="training", since="0.1.0")
