"""As many units as classes, or labels that the units have numbers for."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Fact
from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.encodings import without_encoding
from keras_shapes.fixes.labels import classes
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Argument
from keras_shapes.rules.label_causes import clash_of, last_activation
from keras_shapes.rules.training_views import Trial, first_judged, head, units_of


def candidates(case: Case) -> Iterator[Candidate]:
    """The vote: what activation and loss say together is not changed for the units' sake."""
    trial = clash_of(case.subject, "units")
    if trial is not None:
        yield from _sizes(case, trial)
        return
    trial = first_judged(case.subject)
    if trial is not None:
        yield from _numbers(case, trial)


def _sizes(case: Case, trial: Trial) -> Iterator[Candidate]:
    shape = trial.y.shape if trial.y else None
    output = trial.output_shape
    if not isinstance(shape, tuple) or not isinstance(output, tuple):
        return
    wanted = shape[-1] if len(shape) == len(output) else 1
    if not isinstance(wanted, int):
        return
    array = trial.y.array if trial.y else None
    one_number = output[-1] == 1 and array is not None and Fact.ONE_HOT in array.provenance
    if one_number:
        yield from without_encoding(case, trial, rank=0 if wanted == 2 else 2)
        yield from _as_classes(case, trial, wanted)
    yield from _units(case, wanted, rank=2 if one_number else 0, laundering=one_number)


def _numbers(case: Case, trial: Trial) -> Iterator[Candidate]:
    array, output = trial.y.array if trial.y else None, trial.output_shape
    if trial.y is None or array is None or array.minimum is None or not isinstance(output, tuple):
        return
    count, low = classes(array), int(array.minimum)
    fits = low > 0 and count is not None and count - low == output[-1]
    if fits and trial.dataset is None:
        yield from _shifted(case, trial, low)
    if count is not None:
        yield from _units(case, count, rank=1 if fits else 0)


def _shifted(case: Case, trial: Trial, low: int) -> Iterator[Candidate]:
    """All splits together: the same name everywhere, and the other labels of the other calls."""
    assert trial.y is not None
    spans = {trial.y.span}
    for call in case.subject.model.training:
        labels = call.argument("y", 1) if call.method in {"fit", "evaluate", "train_on_batch"} else None
        if labels is not None:
            spans.add(labels.value_span)
    edits = tuple(Edit(type(span)(span.end, span.end), f" - {low}") for span in spans)
    yield Candidate(f"Shift the labels: {trial.y.name} - {low}", edits)


def _units(case: Case, count: int, rank: int, *, laundering: bool = False) -> Iterator[Candidate]:
    layer = head(case.subject.model)
    units: Argument | None = units_of(layer)
    if layer is None or units is None:
        return
    title = f"Change {layer.target.last} {units.name or 'units'} to {count}"
    yield Candidate(title, (Edit(units.value_span, str(count)),), rank, laundering=laundering)


def _as_classes(case: Case, trial: Trial, count: int) -> Iterator[Candidate]:
    """One unit for each class: `Dense(2, activation="softmax")` with the categorical loss."""
    units, activation, loss = units_of(head(case.subject.model)), last_activation(case.subject), trial.loss
    if units is None or activation is None or loss is None or not isinstance(loss.value, str):
        return
    edits = (
        Edit(units.value_span, str(count)),
        Edit(activation.value_span, case.text.quoted("softmax", activation.value_span)),
        Edit(loss.value_span, case.text.quoted("categorical_crossentropy", loss.value_span)),
    )
    yield Candidate(f"Use {count} units with softmax and categorical_crossentropy", edits, rank=1)
