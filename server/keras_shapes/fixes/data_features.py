"""Data and input of one size: the input follows the data, or the loader is asked for the size of the input."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.data_edits import numpy_function, same_data, wrapped_data
from keras_shapes.fixes.image_loaders import loader_sized
from keras_shapes.fixes.inputs import input_changed, written_sizes
from keras_shapes.fixes.layers import written_input
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.fixes.transposing import transposed
from keras_shapes.rules.data_causes import channels_first, data_clash
from keras_shapes.rules.training_views import Trial
from keras_shapes.verdict import DataAccepted


def candidates(case: Case) -> Iterator[Candidate]:
    """A size that is written outvotes a default."""
    trial = data_clash(case.subject, "features")
    if trial is None or trial.x is None or not isinstance(trial.x.shape, tuple):
        return
    taken, data = trial.input_shape, trial.x.shape
    declared = written_input(case)
    if not isinstance(taken, tuple) or len(taken) != len(data):
        return
    first = channels_first(trial)
    if first:
        yield from _channels_last(case, trial)
    if declared is not None:
        written = written_sizes(case, *declared) or [str(size) for size in taken[1:]]
        pairs = zip(written, taken[1:], data[1:], strict=False)
        sizes = [text if have == want or want is None else have for text, want, have in pairs]
        if all(isinstance(size, str | int) for size in sizes):
            found = input_changed(case, sizes, rank=2 * first, laundering=first)
            if found is not None:
                yield found
    if first:
        return
    if trial.dataset is not None:
        yield from loader_sized(case, taken[1:3])
    elif isinstance(taken[-1], int) and isinstance(data[-1], int) and taken[-1] < data[-1]:
        yield from _sliced(case, trial, taken[-1], meant=_is_alpha(taken, data) or _fits_elsewhere(case))


def _channels_last(case: Case, trial: Trial) -> Iterator[Candidate]:
    """Leave the transposition out that put the channels first, or undo it where the data meet the model."""
    assert trial.x is not None
    for node in ast.walk(case.text.tree):
        moved = transposed(node)
        if moved is None or not isinstance(node, ast.Call):
            continue
        name = case.text.slice(node.func).rpartition(".")[2]
        edit = Edit(case.text.offsets.span(node), case.text.slice(moved))
        yield Candidate(f"Remove {name}: the channels stay last", (edit,), rank=-1)
    function, imports = numpy_function(case, "transpose", trial.x.span.start)
    edits = [
        Edit(side.span, f"{function}({case.document.slice(side.span)}, (0, 2, 3, 1))")
        for side in same_data(case, trial)
    ]
    yield Candidate(f"Transpose {trial.x.name} to (batch, height, width, channels)", (*imports, *edits))


def _is_alpha(taken: Sequence[object], data: Sequence[object]) -> bool:
    """Whether the images have a channel for transparency that the model does not take."""
    return len(data) == 4 and (taken[-1], data[-1]) == (3, 4) and _agree(taken[1:-1], data[1:-1])


def _agree(taken: Sequence[object], data: Sequence[object]) -> bool:
    return all(want is None or want == have for want, have in zip(taken, data, strict=True))


def _fits_elsewhere(case: Case) -> bool:
    """Whether other data of the model are as it takes them: then these data are the odd ones."""
    return any(isinstance(each, DataAccepted) for each in case.subject.training)


def _sliced(case: Case, trial: Trial, features: int, *, meant: bool) -> Iterator[Candidate]:
    assert trial.x is not None
    index = f"[..., :{features}]"
    edits = tuple(wrapped_data(case, side, lambda text: text + index) for side in same_data(case, trial)[:1])
    title = f"Slice {trial.x.name}: {trial.x.name}{index}"
    yield Candidate(title, edits, rank=-1 if meant else 2, laundering=not meant)
