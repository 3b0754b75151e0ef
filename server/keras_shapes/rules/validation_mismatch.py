"""Validation data that the model or the loss does not take, although it takes the training data."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.rules.data_causes import data_clash
from keras_shapes.rules.loader_places import image_size
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import Side, Trial, loss_name, made_here
from keras_shapes.rules.wording import shape_text


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The part of the validation data that differs is marked; the size that a loader is asked for."""
    trial = data_clash(subject, "validation")
    if trial is None or trial.refusal is None:
        return
    side = trial.x if trial.refusal.what == "x" else trial.y or trial.x
    if side is None:
        return
    sized = trial.dataset is not None and trial.refusal.what == "x"
    size = image_size(subject.document, trial.dataset) if sized and trial.dataset is not None else None
    mark = size or side.span
    related = [Related("they meet the model here", side.span)] if size is not None else []
    yield RULE.report(
        mark,
        _message(trial, side),
        related=(*related, *(each for each in _related(trial, side) if each.span != mark)),
        keras_message=trial.refusal.message,
    )


def _message(trial: Trial, side: Side) -> str:
    shape = shape_text(side.shape) if side.shape is not None else ""
    if trial.refusal is not None and trial.refusal.what == "x" and trial.input_shape is not None:
        return f"the model needs {shape_text(trial.input_shape)}, gets {side.name} {shape} for validation".replace(
            "  ", " "
        )
    if trial.refusal is not None and trial.refusal.what == "y" and trial.output_shape is not None:
        output = shape_text(trial.output_shape)
        return f"{loss_name(trial)} cannot compare {side.name} {shape} with the model's output {output}".replace(
            "  ", " "
        )
    if trial.x is not None and trial.y is not None and trial.x.shape is not None and trial.y.shape is not None:
        x, y = f"{trial.x.name} {shape_text(trial.x.shape)}", f"{trial.y.name} {shape_text(trial.y.shape)}"
        return f"as many labels as samples are needed for validation: {x}, {y}"
    return "Keras does not take the validation data"


def _related(trial: Trial, side: Side) -> Iterator[Related]:
    labels = trial.call.argument("y", 1)
    data = trial.call.argument("x", 0)
    training = labels if trial.refusal is not None and trial.refusal.what == "y" else data
    if training is not None:
        yield Related("the training data stand here", training.value_span)
    yield from made_here(side, document=trial.document)


RULE = Rule("validation-mismatch", check, severity="error", needs="training", since="0.1.0")
