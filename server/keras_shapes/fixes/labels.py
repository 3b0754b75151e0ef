"""What the labels of a training call say of the model that they are for."""

from __future__ import annotations

from keras_shapes.data import Array, Fact
from keras_shapes.model import Call, TrainingCall
from keras_shapes.rules.label_causes import CATEGORICAL, SPARSE
from keras_shapes.rules.training_views import Trial


def classes(array: Array) -> int | None:
    """How many classes class numbers have, as far as their largest value is known to occur."""
    if array.maximum is None or (array.minimum or 0) < 0:
        return None
    return int(array.maximum) + 1


def head_for(trial: Trial) -> tuple[int, str | None] | None:
    """Units and activation of a last layer for this loss and these labels."""
    loss, array = trial.meeting.loss, trial.y.array if trial.y else None
    shape = array.shape if array is not None else None
    if array is None or shape is None:
        return None
    width = shape[-1] if len(shape) == 2 else 1
    if not isinstance(width, int) or len(shape) > 2:
        return None
    if loss == "binary_crossentropy":
        return width, "sigmoid"
    if loss in CATEGORICAL:
        return (width, "softmax") if width > 1 else None
    if loss in SPARSE:
        count = classes(array)
        return (count, "softmax") if count is not None and Fact.EXACT in array.provenance else None
    return (width, None) if loss in {"mean_squared_error", "mean_absolute_error"} else None


def other_labels(trial: Trial) -> list[Array]:
    """The labels of the model's other training calls, and of the validation data."""
    found: list[Array] = []
    for call in trial.subject.model.training:
        found += _labels(call, beside=call is trial.call)
    return [array for array in found if trial.y is None or array is not trial.y.array]


def _labels(call: TrainingCall, *, beside: bool) -> list[Array]:
    validation = call.argument("validation_data", 7)
    values = [validation.value[1]] if validation and _is_pair(validation.value) else []  # type: ignore[index]
    own = call.argument("y", 1) if call.method not in {"compile", "predict", "__call__"} and not beside else None
    values += [own.value] if own else []
    return [value for value in values if isinstance(value, Array)]


def _is_pair(value: object) -> bool:
    return isinstance(value, tuple | list) and len(value) >= 2


def metric_names(trial: Trial) -> set[str]:
    """The metrics that `compile` names, in the spelling of functions."""
    argument = trial.compiled.argument("metrics", 2) if trial.compiled else None
    values = argument.value if argument is not None else []
    items = values if isinstance(values, list | tuple) else [values]
    names = {item for item in items if isinstance(item, str)}
    return names | {item.target.last for item in items if isinstance(item, Call)}
