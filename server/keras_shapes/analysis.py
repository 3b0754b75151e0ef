"""From a text to what is shown of it: its models, what Keras says of them, what is wrong.

Proofs ask for all of it at once with `analyse`. Who shows it goes step by step: `look` at the text, ask Keras for the
verdicts, and `conclude`, so that it can stop between the steps and publish what it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.keras_process import Keras
from keras_shapes.model import Model, Node
from keras_shapes.nested import verdicts_from_use
from keras_shapes.reader import Project, Reading, may_hold_models, read
from keras_shapes.reader.limits import never
from keras_shapes.rules import Selection, Subject, judge
from keras_shapes.source import Document, Span
from keras_shapes.status import Kind, Status, class_name_in_source, is_input, layer_statuses, model_status
from keras_shapes.tracing import span
from keras_shapes.verdict import LayerVerdict, TrainingVerdict, Unavailable, Verdict

__all__ = ["Analysis", "Bounds", "Counts", "LayerAnalysis", "ModelAnalysis", "analyse", "conclude", "count", "look"]

TOO_LONG = Reading((), (), (), (), "it takes too long")
"""What is known of a text whose reading was given up (see `watchdog`)."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is read, and how long Keras may take: the same for the command line, the editor and the proofs.

    `seconds` are for one model; what becomes of its data takes longer, and may take twice as long.
    """

    max_characters: int = 2_000_000
    seconds: float = 10

    @property
    def training_seconds(self) -> float:
        """For the training calls of one model."""
        return 2 * self.seconds


DEFAULT = Bounds()


@dataclass(frozen=True, slots=True, eq=False)
class LayerAnalysis:
    """One element of a model and what Keras says of it."""

    element: Node
    verdict: LayerVerdict | None
    status: Status

    @property
    def class_name(self) -> str:
        """`Dense`; as Keras says, or as the source does where Keras was not asked."""
        return (self.verdict.class_name if self.verdict else "") or class_name_in_source(self.element.expression)

    @property
    def is_input(self) -> bool:
        """Whether it only declares the input, as the first layer of a base model does: not in `model.layers`."""
        return is_input(self.element) or self.class_name == "InputLayer"

    @property
    def is_skipped(self) -> bool:
        """Whether the program does not come here, for what Keras says of a shape."""
        return self.verdict is not None and self.verdict.skipped


@dataclass(frozen=True, slots=True, eq=False)
class ModelAnalysis:
    """One model, what Keras says of it, and how it stands with it; `layers` are all its elements, in order.

    `training` are the verdicts on its training calls, in order; none while Keras was not asked about them.
    """

    model: Model
    verdict: Verdict
    status: Status
    layers: tuple[LayerAnalysis, ...]
    training: tuple[TrainingVerdict, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """All that is known of a document."""

    document: Document
    reading: Reading
    models: tuple[ModelAnalysis, ...]
    diagnostics: tuple[Diagnostic, ...]
    subjects: tuple[Subject, ...] = ()
    """The models as the rules have judged them."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many models there are of each kind; `reason` and `span` explain the first unknown one."""

    models: int
    built: int
    refused: int
    unknown: int
    reason: str | None = None
    span: Span | None = None


def analyse(
    document: Document,
    keras: Keras,
    *,
    project: Project | None = None,
    selection: Selection | None = None,
    bounds: Bounds = DEFAULT,
    cancelled: Callable[[], bool] = never,
) -> Analysis:
    """Read a document, ask Keras, and judge. Raises `reader.Cancelled` when `cancelled()` says so while reading."""
    reading = look(document, project, bounds, cancelled)
    verdicts = keras.evaluate(reading.models, timeout=bounds.seconds)
    training = keras.judge_training(reading.models, timeout=bounds.training_seconds)
    return conclude(document, reading, verdicts, selection, training=training)


def look(
    document: Document,
    project: Project | None = None,
    bounds: Bounds = DEFAULT,
    cancelled: Callable[[], bool] = never,
) -> Reading:
    """What a document says; nothing where it cannot hold models, or is too long. Raises `reader.Cancelled`."""
    if not may_hold_models(document.text) or len(document.text) > bounds.max_characters:
        return Reading((), (), (), ())
    with span("read"):
        return read(document, project, cancelled=cancelled)


def conclude(
    document: Document,
    reading: Reading,
    verdicts: Sequence[Verdict],
    selection: Selection | None = None,
    *,
    training: Sequence[tuple[TrainingVerdict, ...]] = (),
) -> Analysis:
    """The analysis of a document that was read, with the verdicts on its models, in the order of `reading.models`.

    `training` are those on the training calls of each model, if Keras was asked about them already.
    """
    settled = verdicts_from_use(reading.models, verdicts)
    calls = training or [()] * len(settled)
    subjects = [
        Subject(document, model, verdict, training=judged)
        for model, verdict, judged in zip(reading.models, settled, calls, strict=True)
    ]
    models = tuple(map(_model_analysis, reading.models, settled, calls))
    with span("rules"):
        found = judge(subjects, selection)
    return Analysis(document, reading, models, found, tuple(subjects))


def count(models: Sequence[ModelAnalysis]) -> Counts:
    """The models by kind, with the reason for the first unknown one; tensors that no model takes are none."""
    models = [model for model in models if model.model.kind in ("sequential", "functional")]
    kinds: Counter[Kind] = Counter(model.status.kind for model in models)
    unknown = next((model.status for model in models if model.status.kind == "unknown"), None)
    return Counts(
        models=len(models),
        built=kinds["built"],
        refused=kinds["refused"],
        unknown=kinds["unknown"],
        reason=unknown.reason if unknown else None,
        span=unknown.span if unknown else None,
    )


def _model_analysis(model: Model, verdict: Verdict, training: tuple[TrainingVerdict, ...] = ()) -> ModelAnalysis:
    layers: Sequence[LayerVerdict | None] = (
        [None] * len(model.nodes) if isinstance(verdict, Unavailable) else verdict.layers
    )
    statuses = layer_statuses(model, verdict)
    return ModelAnalysis(
        model,
        verdict,
        model_status(model, verdict),
        tuple(map(LayerAnalysis, model.nodes, layers, statuses)),
        training,
    )
