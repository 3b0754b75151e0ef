"""Say `from_logits=True` where the output is logits, and leave it out where it is not."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.activations import activation_added
from keras_shapes.fixes.edits import remove_argument, set_argument
from keras_shapes.fixes.imports import spelled
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Call
from keras_shapes.rules.training_views import Trial, first_judged, loss_name


def candidates(case: Case) -> Iterator[Candidate]:
    """At the loss, or at the last layer."""
    trial = first_judged(case.subject)
    if trial is None or trial.loss is None:
        return
    value = trial.loss.value
    if trial.meeting.from_logits:
        given = value.argument("from_logits") if isinstance(value, Call) else None
        if isinstance(value, Call) and given is not None:
            yield Candidate("Remove from_logits=True", (remove_argument(case.text, value, given),))
        return
    yield from _with_logits(case, trial)
    binary = "binary" in (trial.meeting.loss or "")
    added = activation_added(case, "sigmoid" if binary else "softmax", rank=1)
    if added is not None:
        yield added


def _with_logits(case: Case, trial: Trial) -> Iterator[Candidate]:
    assert trial.loss is not None
    value, name = trial.loss.value, loss_name(trial)
    if isinstance(value, Call):
        yield Candidate("Add from_logits=True", (set_argument(case.text, value, "from_logits", "True"),))
    elif isinstance(value, str):
        loss = "".join(part.title() for part in name.split("_"))
        spelling, imports = spelled(case.text, f"keras.losses.{loss}", trial.loss.value_span.start)
        edit = Edit(trial.loss.value_span, f"{spelling}(from_logits=True)")
        yield Candidate(f"Use {loss}(from_logits=True)", (*imports, edit))
