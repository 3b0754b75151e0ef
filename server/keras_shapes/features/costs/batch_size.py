"""The size of a batch: that of the program where it says one, else the 32 of `fit`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from keras_shapes.analysis import ModelAnalysis
from keras_shapes.data import Dataset
from keras_shapes.features.model_graphs import ends_of
from keras_shapes.model import TrainingCall
from keras_shapes.verdict import DataAccepted, DataRefused, TrainingVerdict

USUAL = 32
"""What `fit` takes where nobody says anything else."""

_TRAINS = ("fit", "train_on_batch", "evaluate", "predict")


@dataclass(frozen=True, slots=True)
class BatchSize:
    """How many samples, and who says so: `batch_size of fit`, `assumed`."""

    samples: int
    origin: str


def batch_size_of(model: ModelAnalysis) -> BatchSize:
    """The first that is known: of the input, of a call that trains, of its data; else the usual one."""
    return next(_known(model), BatchSize(USUAL, "assumed"))


def _known(model: ModelAnalysis) -> Iterator[BatchSize]:
    for shape in ends_of(model)[0]:
        if isinstance(shape, tuple) and shape and isinstance(shape[0], int):
            yield BatchSize(shape[0], "of the input")
    calls = list(zip_longest(model.model.training, model.training))
    for method in _TRAINS:
        for call, verdict in calls:
            if call.method == method:
                yield from _of_call(call, verdict)


def _of_call(call: TrainingCall, verdict: TrainingVerdict | None) -> Iterator[BatchSize]:
    given = call.argument("batch_size")
    if given is not None and isinstance(given.value, int) and given.value > 0:
        yield BatchSize(given.value, f"batch_size of {call.method}")
        return
    data = call.argument("x", 0)
    match verdict:
        case DataAccepted(meeting=meeting) | DataRefused(meeting=meeting):
            if data is not None and isinstance(data.value, Dataset) and meeting.batch_sizes:
                yield BatchSize(max(meeting.batch_sizes), f"batches of the data of {call.method}")
