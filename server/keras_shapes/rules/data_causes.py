"""Why Keras does not take the data of a training call: the one cause for which one rule speaks."""

from __future__ import annotations

from typing import Literal, TypeAlias

from keras_shapes.data import Array, Fact
from keras_shapes.rules.rule import Subject
from keras_shapes.rules.training_views import Trial, first_refused, rank
from keras_shapes.verdict import Shape

Cause: TypeAlias = Literal[
    "list",
    "no numbers",
    "validation",
    "beside dataset",
    "samples",
    "not batched",
    "batched twice",
    "batch size",
    "rank",
    "features",
    "other",
]

_CHANNELS = (1, 3, 4)
_OBJECTS = ("object", "str", "<U", "string")


def data_clash(subject: Subject, *causes: Cause) -> Trial | None:
    """The call at which the program stops, if it does for one of these causes."""
    trial = first_refused(subject)
    return trial if trial is not None and cause_of(trial) in causes else None


def cause_of(trial: Trial) -> Cause:
    """What is to be changed, as far as shapes and types tell."""
    refusal = trial.refusal
    if refusal is None or refusal.what in {"loss", "call"} or trial.is_misordered:
        return "other"
    if met_texts(trial):
        return "no numbers"
    if refusal.argument == "validation_data":
        return "validation"
    if refusal.what == "together":
        if refusal.argument == "x" and trial.y is not None and is_list(trial.y.value):
            return "list"
        return "beside dataset" if trial.dataset is not None else "samples"
    if refusal.what in {"x", "y"} and trial.meeting.x is None:
        return _cause_by_type(trial)
    if refusal.what != "x":
        return "other"
    if refusal.batch_size is not None or _differs_in_batch(trial):
        return "batch size"
    return _cause_by_shape(trial)


def data_shape(trial: Trial) -> Shape | None:
    """The shape of the data with the batch as the model meets it; without a batch where a dataset has none."""
    return trial.x.shape if trial.x is not None else None


def _cause_by_type(trial: Trial) -> Cause:
    sides = [side for side in (trial.x, trial.y) if side is not None]
    if any(is_list(side.value) for side in sides):
        return "list"
    if any(side.array is not None and has_no_numbers(side.array) for side in sides):
        return "no numbers"
    single = trial.x.shape == () if trial.x is not None else False
    return "rank" if single and trial.refusal is not None and trial.refusal.what == "x" else "other"


def met_texts(trial: Trial) -> bool:
    """Whether texts came as far as to a step: as labels, or where a layer takes numbers.

    Some layers take texts: then TensorFlow itself has to say that it makes no numbers of them.
    """
    refusal = trial.refusal
    side = {"x": trial.x, "y": trial.y}.get(refusal.what) if refusal is not None else None
    if refusal is None or side is None or side.array is None or side.array.dtype != "string":
        return False
    return refusal.what == "y" or refusal.exception == "UnimplementedError"


def channels_first(trial: Trial) -> bool:
    """Whether images have their channels first, and the model would take them with the channels last."""
    data, taken = data_shape(trial), trial.input_shape
    if not isinstance(data, tuple) or not isinstance(taken, tuple) or (len(data), len(taken)) != (4, 4):
        return False
    moved = (data[2], data[3], data[1])
    fits = all(want is None or want == have for want, have in zip(taken[1:], moved, strict=True))
    return data[1] in _CHANNELS and taken[3] == data[1] != data[3] and fits


def declared_channels_first(trial: Trial) -> bool:
    """Whether the model declares its images with the channels first, and the data have them last."""
    data, taken = data_shape(trial), trial.input_shape
    if not isinstance(data, tuple) or not isinstance(taken, tuple) or (len(data), len(taken)) != (4, 4):
        return False
    return taken[1] in _CHANNELS and taken[1] != taken[3] and data[1:] == (*taken[2:], taken[1])


def has_no_numbers(array: Array) -> bool:
    """Whether an array holds texts or other objects."""
    return _holds_texts(array) or (array.dtype or "").startswith(_OBJECTS)


def _holds_texts(array: Array) -> bool:
    """Whether the program uses an array of an unknown type as texts."""
    return array.dtype is None and "texts" in array.provenance


def is_list(value: object) -> bool:
    """Whether a value is Python's own list or number, which Keras does not take for an array."""
    if isinstance(value, Array):
        return Fact.PYTHON_LIST in value.provenance
    return isinstance(value, list | tuple | int | float) and not isinstance(value, bool)


def _cause_by_shape(trial: Trial) -> Cause:
    data, wanted = rank(data_shape(trial)), _ranks_wanted(trial)
    if data is None or not wanted:
        return "other"
    dataset = trial.dataset
    if dataset is not None and dataset.library == "tf.data":
        if dataset.batched == 0 and data + 1 in wanted and data not in wanted:
            return "not batched"
        if dataset.batched > 1 and data - 1 in wanted and data not in wanted:
            return "batched twice"
    if data not in wanted:
        return "rank"
    return "features" if trial.meeting.declared else "other"


def _ranks_wanted(trial: Trial) -> tuple[int, ...]:
    """Ranks of data, with the batch, that the model takes."""
    if trial.refusal is not None and trial.refusal.ranks:
        return trial.refusal.ranks
    wanted = rank(trial.input_shape) if trial.meeting.declared else None
    return () if wanted is None else (wanted,)


def _differs_in_batch(trial: Trial) -> bool:
    """Whether the model is made for one batch size, and only that differs."""
    taken, met = trial.meeting.input_shape, trial.meeting.x
    if not isinstance(taken, tuple) or not isinstance(met, tuple) or len(taken) != len(met):
        return False
    return isinstance(taken[0], int) and isinstance(met[0], int) and taken[0] != met[0] and taken[1:] == met[1:]
