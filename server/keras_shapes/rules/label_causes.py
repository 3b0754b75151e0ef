"""Why labels do not fit what a model gives: the one cause for which one rule speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from keras_shapes.data import Fact
from keras_shapes.model import Argument, Call, Model, Node
from keras_shapes.rules.data_causes import met_texts
from keras_shapes.rules.refusal_facts import RECURRENT, bound_arguments, is_input
from keras_shapes.rules.rule import Subject
from keras_shapes.rules.training_views import KEEPS_VALUES, Trial, class_name, rank, trials, wrapped
from keras_shapes.verdict import Built, LayerVerdict, Shape

Cause: TypeAlias = Literal[
    "map", "output per step", "labels per step", "class numbers", "one-hot", "encoded twice", "units", "sizes", "other"
]

CATEGORICAL = frozenset({"categorical_crossentropy", "categorical_focal_crossentropy", "categorical_hinge"})
SPARSE = frozenset({"sparse_categorical_crossentropy"})

_AFTER_HEAD = frozenset({"Dense", "Activation", "Dropout", "BatchNormalization", "Softmax", "ReLU", "LeakyReLU"})


@dataclass(frozen=True, slots=True)
class Placed:
    """An element of a model with its verdict."""

    element: Node
    verdict: LayerVerdict

    @property
    def layer(self) -> Call | None:
        """The layer that decides, without its wrapper."""
        inner = wrapped(self.element.expression)
        return inner if isinstance(inner, Call) else None


def clash_of(subject: Subject, *causes: Cause) -> Trial | None:
    """The training call whose labels clash for one of these causes: refused, or else stretched over the output."""
    for trial in trials(subject):
        refusal = trial.refusal
        if trial.is_misordered:
            return None
        if refusal is not None:
            met_loss = refusal.what == "y" and refusal.argument == "x" and trial.meeting.y is not None
            return trial if met_loss and not met_texts(trial) and cause_of(trial) in causes else None
        if trial.meeting.broadcast:
            return trial if cause_of(trial) in causes else None
    return None


def cause_of(trial: Trial) -> Cause:
    """What is to be changed, as far as shapes, the loss and the layers tell."""
    output, labels = trial.output_shape, trial.y.shape if trial.y else None
    if not isinstance(output, tuple) or not isinstance(labels, tuple):
        return "other"
    provenance = trial.y.array.provenance if trial.y and trial.y.array else frozenset()
    extra = len(output) - len(labels)
    if Fact.ONE_HOT_TWICE in provenance and extra < 0:
        return "encoded twice"  # whatever else does not fit: with one encoding less, other things meet
    # Labels of one or two axes are meant for one answer a sample: it is the model that gives too much.
    if len(output) > 2 and len(labels) <= 2:
        return "output per step" if recurrent_with_steps(trial.subject) else "map"
    # One answer a sample, and labels with more: only labels for each step say what the model was to give.
    if len(output) == 2 and len(labels) > 2:
        return "labels per step" if recurrent_without_steps(trial.subject) and _has_steps(trial) else "other"
    return _cause_in_last_axis(trial, output, labels, extra)


def _cause_in_last_axis(trial: Trial, output: tuple[object, ...], labels: tuple[object, ...], extra: int) -> Cause:
    # The loss tells what was meant by the labels, so it is asked first; the width of the output is looked at last,
    # as another encoding changes which width would fit.
    loss = trial.meeting.loss
    if loss in CATEGORICAL and (extra == 1 or (extra == 0 and labels[-1] == 1 != output[-1])):
        return "class numbers"
    if loss in SPARSE and extra == 0:
        return "one-hot"
    if extra == 1 or (extra == 0 and labels[-1] != output[-1]):
        return "units"
    return "sizes" if extra == 0 else "other"


def placed(subject: Subject) -> list[Placed]:
    """The elements of a built model with their verdicts, those of models inside in their places; no inputs."""
    verdict = subject.verdict
    if not isinstance(verdict, Built):
        return []
    return list(_placed(subject.model, verdict.layers, dict(verdict.nested), ()))


def _placed(
    model: Model,
    verdicts: tuple[LayerVerdict, ...],
    nested: dict[tuple[int, ...], tuple[LayerVerdict, ...]],
    path: tuple[int, ...],
) -> Iterator[Placed]:
    for index, (element, verdict) in enumerate(zip(model.nodes, verdicts, strict=False)):
        inner = nested.get((*path, index))
        if isinstance(element.expression, Model) and inner is not None:
            yield from _placed(element.expression, inner, nested, (*path, index))
        elif not is_input(element):
            yield Placed(element, verdict)


def last_activation(subject: Subject) -> Argument | None:
    """The argument that gives the output its activation, if the source has one."""
    for each in reversed(placed(subject)):
        name = class_name(wrapped(each.element.expression))
        if name not in KEEPS_VALUES:
            return activation_of(each) if each.layer is not None else None
    return None


def activation_of(each: Placed) -> Argument | None:
    """The argument `activation` of a layer, by name or in its place."""
    layer = each.layer
    if layer is None:
        return None
    parameters = each.verdict.parameters if layer is each.element.expression else ()
    return bound_arguments(layer, parameters).get("activation")


def map_head(subject: Subject) -> Placed | None:
    """The first `Dense` of those at the end that work on a map, or the last layer where no `Dense` is there."""
    layers = placed(subject)
    first = None
    for each in reversed(layers):
        if class_name(wrapped(each.element.expression)) not in _AFTER_HEAD or _rank_in(each) in (None, 1, 2):
            break
        if class_name(wrapped(each.element.expression)) == "Dense":
            first = each
    return first or (layers[-1] if layers else None)


def recurrent_with_steps(subject: Subject) -> Placed | None:
    """The recurrent layer whose steps reach the output, if nothing in between makes other axes."""
    return _recurrent(subject, output_rank=3)


def recurrent_without_steps(subject: Subject) -> Placed | None:
    """The recurrent layer that gives only its last step to the output."""
    return _recurrent(subject, output_rank=2)


def _recurrent(subject: Subject, output_rank: int) -> Placed | None:
    for each in reversed(placed(subject)):
        if rank(each.verdict.output_shape) != output_rank:
            return None
        if class_name(wrapped(each.element.expression)) in RECURRENT:
            return each
    return None


def _has_steps(trial: Trial) -> bool:
    """Whether the labels have as many steps as reach the recurrent layer."""
    layer = recurrent_without_steps(trial.subject)
    fed: Shape | None = layer.verdict.input_shape if layer else None
    labels = trial.y.shape if trial.y else None
    if not isinstance(fed, tuple) or not isinstance(labels, tuple) or len(fed) != 3 or len(labels) != 3:
        return False
    return fed[1] is None or fed[1] == labels[1]


def _rank_in(each: Placed) -> int | None:
    return rank(each.verdict.input_shape)
