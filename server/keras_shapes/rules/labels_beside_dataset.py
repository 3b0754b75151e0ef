"""Labels, weights or `validation_split` beside a dataset, which has its labels in itself."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.data_causes import data_clash
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject

_POSITIONS = {"y": 1, "sample_weight": 11, "validation_split": 6}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The argument that Keras does not take beside a dataset is marked."""
    trial = data_clash(subject, "beside dataset")
    if trial is None or trial.refusal is None or trial.dataset is None:
        return
    kind = "a dataset" if trial.dataset.library == "tf.data" else "a generator"
    for name, position in _POSITIONS.items():
        argument = trial.call.argument(name, position)
        if argument is None or argument.value is None:
            continue
        if name == "validation_split":
            why = "Keras cannot split it"
        else:
            why = "it gives the labels itself" if name == "y" else "it gives the weights itself"
        yield RULE.report(
            one_line(subject.document, argument.span),
            f"{name} does not go with {kind}: {why}",
            keras_message=trial.refusal.message,
        )
        return


RULE = Rule("labels-beside-dataset", check, severity="error", needs="training", since="0.1.0")
