"""The data of the right shape that the file has under another name."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Array
from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.image_loaders import loader_sized
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import TrainingCall
from keras_shapes.rules.data_causes import data_clash


def candidates(case: Case) -> Iterator[Candidate]:
    """Names that stand before the call, the nearest in spelling to that of the training data first."""
    trial = data_clash(case.subject, "validation")
    if trial is None or trial.refusal is None or trial.x is None:
        return
    taken = trial.input_shape
    if trial.dataset is not None and trial.refusal.what == "x" and isinstance(taken, tuple) and len(taken) == 4:
        yield from loader_sized(case, taken[1:3])
    if trial.y is None:
        return
    own = trial.call.argument("y", 1)
    repeated = own is not None and case.document.slice(own.value_span) == trial.y.name
    labels = trial.refusal.what == "y" or (trial.refusal.what == "together" and repeated)
    wrong, other = (trial.y, trial.x) if labels else (trial.x, trial.y)
    model = trial.call.argument("y", 1) if labels else trial.call.argument("x", 0)
    wanted = model.value if model is not None else None
    if not isinstance(wanted, Array) or wanted.shape is None or other.array is None or not other.array.shape:
        return
    shape = (other.array.shape[0], *wanted.shape[1:])
    for rank, name in enumerate(_names(case, trial.call, shape, {wrong.name, other.name})):
        parts = (other.name, name) if labels else (name, other.name)
        title = f"Change validation_data to ({', '.join(parts)})"
        yield Candidate(title, (Edit(wrong.span, name),), rank)


def _names(case: Case, call: TrainingCall, shape: tuple[object, ...], but: set[str]) -> list[str]:
    found = [
        seen.name
        for seen in case.names
        if isinstance(seen.value, Array)
        and seen.value.shape == shape
        and seen.span.end <= call.span.start
        and seen.name not in but
    ]
    return sorted(dict.fromkeys(found), key=lambda name: -found.index(name))
