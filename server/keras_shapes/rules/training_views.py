"""Training calls as rules see them: what met what, and where each side stands in the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from keras_shapes.data import Array, Dataset, Fact, Features
from keras_shapes.diagnostic import Related
from keras_shapes.model import Argument, Call, Expression, Model, Node, PublicName, TrainingCall, Unknown, UserCode
from keras_shapes.rules.refusal_facts import is_input, one_line
from keras_shapes.rules.rule import Subject
from keras_shapes.rules.wording import shape_text
from keras_shapes.source import Document, Span
from keras_shapes.verdict import (
    Built,
    DataAccepted,
    DataRefused,
    Dim,
    Meeting,
    Multiple,
    Shape,
    UnknownSize,
)

_LONGEST_NAME = 20
_PLURALS = {"is": "are", "has": "have", "holds": "hold", "meets": "meet", "gets": "get", "needs": "need", "runs": "run"}
_TRAIN, _TEST, _DATA = Fact.TRAIN_PART, Fact.TEST_PART, Fact.FEATURES
_HAS_UNITS = frozenset({"Dense", "LSTM", "GRU", "SimpleRNN"})
KEEPS_VALUES = frozenset({"Flatten", "Reshape", "Dropout", "Permute", "ActivityRegularization", "Identity"})
"""Layers that leave each value as it is."""


@dataclass(frozen=True, slots=True)
class Side:
    """Data or labels of a training call: their value, the place in the call, and what the source calls them."""

    value: object
    span: Span
    name: str
    asked: Shape | None = None
    """What Keras says of the shape of features."""

    @property
    def array(self) -> Array | None:
        """The array itself, where it is one."""
        return self.value if isinstance(self.value, Array) else None

    @property
    def shape(self) -> Shape | None:
        """As the source has it, with all samples."""
        return self.asked if self.array is None else shape_of(self.array)

    @property
    def with_shape(self) -> str:
        """Name and shape, where that is known: `y_train (60000,)`."""
        return self.name if self.shape is None else f"{self.name} {shape_text(self.shape)}"

    def said(self, verb: str) -> str:
        """The name with a verb: a name of the user's is one array, "the labels" are many."""
        return f"{self.name} {self.verb(verb)}"

    def verb(self, singular: str) -> str:
        """The verb that goes with the name."""
        return _PLURALS[singular] if self.name.startswith("the ") else singular

    def met(self, what: str) -> Related:
        """Where it meets the model or the loss."""
        return Related(f"{self.said('meets')} {what} here", self.span)


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A training call, what Keras said of it, and the `compile` before it.

    `x` and `y` are the sides that the verdict is about; those inside a dataset stand where the dataset does.
    """

    subject: Subject
    call: TrainingCall
    verdict: DataAccepted | DataRefused
    compiled: TrainingCall | None
    x: Side | None
    y: Side | None
    dataset: Dataset | None

    @property
    def meeting(self) -> Meeting:
        """The facts of the verdict."""
        return self.verdict.meeting

    @property
    def refusal(self) -> DataRefused | None:
        """The verdict, if it is a refusal."""
        return self.verdict if isinstance(self.verdict, DataRefused) else None

    @property
    def document(self) -> Document:
        """Where the call stands."""
        return self.subject.document

    @property
    def output_shape(self) -> Shape | None:
        """What the model gives: with the names of unknown sizes where the verdict on the layers has them."""
        verdict = self.subject.verdict
        declared = verdict.output_shape if isinstance(verdict, Built) else None
        return declared if declared is not None else self.meeting.output_shape

    @property
    def input_shape(self) -> Shape | None:
        """What the model takes."""
        verdict = self.subject.verdict
        declared = verdict.input_shape if isinstance(verdict, Built) and self.meeting.declared else None
        return declared if declared is not None else self.meeting.input_shape

    @property
    def is_misordered(self) -> bool:
        """Whether the names of a split were mixed up, which explains whatever does not fit."""
        x, y = self.x.array if self.x else None, self.y.array if self.y else None
        return x is not None and y is not None and part_instead_of_labels(x, y) is not None

    @property
    def loss(self) -> Argument | None:
        """The argument of `compile` that is the loss."""
        return self.compiled.argument("loss", 1) if self.compiled else None


def trials(subject: Subject) -> Iterator[Trial]:
    """The training calls on which Keras gave a verdict, in order."""
    compiled = None
    for call, verdict in zip(subject.model.training, subject.training, strict=False):
        if call.method == "compile":
            compiled = call
        if isinstance(verdict, DataAccepted | DataRefused) and not call.expects_error:
            yield _trial(subject, call, verdict, compiled)


def first_refused(subject: Subject) -> Trial | None:
    """The call at which the program stops: what comes after it is not reported."""
    return next((trial for trial in trials(subject) if trial.refusal is not None), None)


def first_judged(subject: Subject) -> Trial | None:
    """The first call that Keras accepts and in which labels meet the loss; None if a call before it is refused."""
    for trial in trials(subject):
        if trial.refusal is not None:
            return None
        if trial.meeting.loss is not None:
            return trial
    return None


def _trial(
    subject: Subject, call: TrainingCall, verdict: DataAccepted | DataRefused, compiled: TrainingCall | None
) -> Trial:
    validation = isinstance(verdict, DataRefused) and verdict.argument == "validation_data"
    sides = _validation_sides(subject.document, call) if validation else _own_sides(subject.document, call)
    x, y = [*sides, None, None][:2]
    dataset = x.value if x is not None and isinstance(x.value, Dataset) else None
    if dataset is not None and x is not None:
        parts = dataset.element if isinstance(dataset.element, tuple) else (dataset.element,)
        beside = y
        inner = [Side(part, x.span, _inside(index, x.name)) for index, part in enumerate(parts)]
        x, y = [*inner, None, None][:2]
        y = beside or y
    if x is not None and isinstance(x.value, Features):
        x = replace(x, asked=_features_shape(x.value, verdict.meeting.x))
    return Trial(subject, call, verdict, compiled, x, y, dataset)


def _features_shape(features: Features, met: Shape | None) -> Shape | None:
    """The shape of all features; Keras forgets their number."""
    return (_dim(features.rows), *met[1:]) if isinstance(met, tuple) else None


def _inside(index: int, dataset: str) -> str:
    return f"{dataset}" if index == 0 else f"the labels of {dataset}"


def _own_sides(document: Document, call: TrainingCall) -> list[Side | None]:
    x = call.argument("x", 0) or call.argument("inputs")
    y = None if call.method in {"predict", "predict_on_batch", "__call__"} else call.argument("y", 1)
    return [_side(document, x, "the data"), _side(document, y, "the labels")]


def _side(document: Document, argument: Argument | None, fallback: str) -> Side | None:
    if argument is None:
        return None
    return Side(
        argument.value, one_line(document, argument.value_span), text_of(document, argument.value_span, fallback)
    )


def _validation_sides(document: Document, call: TrainingCall) -> list[Side | None]:
    argument = call.argument("validation_data", 7)
    if argument is None:
        return []
    if not isinstance(argument.value, tuple | list):
        return [_side(document, argument, "the validation data")]
    spans = item_spans(document, argument.value_span)
    if len(spans) != len(argument.value):
        spans = [one_line(document, argument.value_span)] * len(argument.value)
    names = ("the validation data", "the validation labels", "the weights")
    return [
        Side(value, span, text_of(document, span, name))
        for value, span, name in zip(argument.value, spans, names, strict=False)
    ]


def item_spans(document: Document, span: Span) -> list[Span]:
    """The spans of the items of a tuple or list that stands there as such, on one line."""
    text = document.python[span.start : span.end]
    if "\n" in text or not text.isascii():
        return []
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return []
    if not isinstance(node, ast.Tuple | ast.List):
        return []
    return [Span(span.start + item.col_offset, span.start + (item.end_col_offset or 0)) for item in node.elts]


def text_of(document: Document, span: Span, fallback: str) -> str:
    """The source text of an expression, if it is short enough to be a name in a message."""
    text = document.slice(span)
    is_name = len(text) <= _LONGEST_NAME and "\n" not in text and not text.startswith("*")
    return text if is_name else fallback


def shape_of(array: Array) -> Shape | None:
    """The shape of data in the words of verdicts."""
    return None if array.shape is None else tuple(_dim(size) for size in array.shape)


def _dim(size: object) -> Dim:
    match size:
        case None | int():
            return size
        case Unknown():
            return Multiple(1, size)
    return UnknownSize()


def rank(shape: Shape | None) -> int | None:
    """Number of axes, None where it is not known."""
    return len(shape) if isinstance(shape, tuple) else None


def loss_name(trial: Trial) -> str:
    """What the source calls the loss; its function's name where the source does not say it shortly."""
    argument = trial.loss
    match argument.value if argument else None:
        case str(name):
            return name
        case PublicName(last=last) | Call(target=PublicName(last=last)):
            return last
    return trial.meeting.loss or "the loss"


def loss_span(trial: Trial) -> Span | None:
    """The loss in `compile`."""
    return one_line(trial.document, trial.loss.value_span) if trial.loss else None


def made_here(side: Side | None, *, document: Document) -> tuple[Related, ...]:
    """Where data got their shape, as the other side of a clash."""
    if side is not None and isinstance(side.value, Features):
        where = one_line(document, side.value.span)
        return () if where == side.span else (Related(f"{side.value.giver} gives {side.name} here", where),)
    if side is None or side.array is None or side.array.span is None or side.shape is None:
        return ()
    where = one_line(document, side.array.span)
    if where == side.span:
        return ()
    return (Related(f"{side.said('gets')} the shape {shape_text(side.shape)} here", where),)


def layers_backwards(model: Model) -> Iterator[Node]:
    """The elements that compute, the last one first, with those of models at the end of models."""
    for element in reversed(model.nodes):
        if isinstance(element.expression, Model):
            yield from layers_backwards(element.expression)
        elif not is_input(element):
            yield element


def class_name(expression: Expression) -> str:
    """The class of a layer as the source has it."""
    match expression:
        case Call(target=target):
            return target.last
        case UserCode(name=name):
            return name
    return ""


def wrapped(expression: Expression) -> Expression:
    """The layer inside `TimeDistributed(Dense(10))` and the like."""
    while isinstance(expression, Call) and expression.target.last in {"TimeDistributed", "Bidirectional"}:
        inner = expression.argument("layer", 0)
        if inner is None:
            break
        expression = inner.value
    return expression


def head(model: Model) -> Call | None:
    """The last layer that decides how many values each output has: the `Dense` or convolution at the end."""
    for element in layers_backwards(model):
        inner = wrapped(element.expression)
        name = class_name(inner)
        if name in KEEPS_VALUES or name in {"Activation", "Softmax", "ReLU", "LeakyReLU", "BatchNormalization"}:
            continue
        return inner if isinstance(inner, Call) else None
    return None


def units_of(call: Call | None) -> Argument | None:
    """The argument that says how many values a layer gives."""
    if call is None:
        return None
    return call.argument("units" if call.target.last in _HAS_UNITS else "filters", 0)


def part_instead_of_labels(x: Array, y: Array) -> str | None:
    """What labels are instead, where they are cut from the same data as `x` by one split: its other part."""
    if _DATA not in y.provenance or not x.provenance & {_TRAIN, _TEST}:
        return None
    part = next((part for part in (_TEST, _TRAIN) if part in y.provenance), None)
    if part is None or _whole(x) is None or _whole(x) != _whole(y) or x.source == y.source:
        return None
    return f"the {part.value} of the data"


def _whole(array: Array) -> object:
    """What an array is a part of."""
    return array.source[1] if isinstance(array.source, tuple) and len(array.source) == 2 else None
