"""Data of the right rank, but with another size than the model takes."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Features
from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.rules.data_causes import channels_first, data_clash, declared_channels_first
from keras_shapes.rules.loader_places import image_size
from keras_shapes.rules.refusal_facts import declared_input, one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import made_here
from keras_shapes.rules.wording import shape_text


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The data are marked; the size that a loader is asked for, where images come from one."""
    trial = data_clash(subject, "features")
    if trial is None or trial.refusal is None or trial.x is None or trial.x.shape is None or trial.input_shape is None:
        return
    if declared_channels_first(trial) and declared_input(subject.model) is not None:
        return
    document, data, taken = subject.document, trial.x.shape, trial.input_shape
    if not isinstance(data, tuple) or not isinstance(taken, tuple):
        return
    size = image_size(document, trial.dataset) if trial.dataset is not None else None
    mark = size or trial.x.span
    if channels_first(trial):
        message = f"the channels stand first in {trial.x.name} {shape_text(data)}: the model takes {shape_text(taken)}"
    elif isinstance(trial.x.value, Features):
        giver = trial.x.value.giver
        message = f"the features that {giver} gives are {shape_text(data)}: the model takes {shape_text(taken)}"
    elif trial.dataset is not None and len(taken) == 4:
        message = f"images are {shape_text(data[1:])}, the model expects {shape_text(taken[1:])}"
    else:
        message = f"the model needs {shape_text(taken)}, gets {trial.x.name} {shape_text(data)}"
    related = [trial.x.met("the model")]
    declared = declared_input(subject.model)
    if declared is not None:
        related.append(Related("the model's input is declared here", one_line(document, declared.argument.span)))
    related += made_here(trial.x, document=document)
    yield RULE.report(
        mark,
        message,
        related=tuple(each for each in related if each.span != mark),
        keras_message=trial.refusal.message,
    )


RULE = Rule("data-features", check, severity="error", needs="training", since="0.1.0")
