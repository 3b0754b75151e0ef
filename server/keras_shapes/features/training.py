"""What is shown of a training call: the shapes that meet there, and the loss."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.analysis import Analysis, ModelAnalysis
from keras_shapes.data import Array
from keras_shapes.features.markdown import code, escaped
from keras_shapes.features.shapes import shape_text
from keras_shapes.model import Argument, TrainingCall
from keras_shapes.source import Span
from keras_shapes.verdict import DataAccepted, DataRefused, Meeting, TrainingUnknown, TrainingVerdict

_WITHOUT_DATA = frozenset({"compile", "build", "load_weights", "save_weights", "save", "set_image_dim_ordering"})


def calls_at(analysis: Analysis, offset: int) -> Iterator[tuple[Span, str]]:
    """The names of training calls at an offset (`fit`), each with Markdown about what meets there."""
    for model in analysis.models:
        for call, verdict in zip(model.model.training, model.training, strict=False):
            if call.method not in _WITHOUT_DATA and call.name_span.contains(offset):
                yield call.name_span, "\n\n".join(_about(model, call, verdict))


def _about(model: ModelAnalysis, call: TrainingCall, verdict: TrainingVerdict) -> Iterator[str]:
    yield f"**{escaped(call.method)}**"
    match verdict:
        case TrainingUnknown(reason=reason):
            yield f"not judged: {escaped(reason)}"
        case DataAccepted(meeting=meeting, reason=reason):
            yield from _meeting(model, call, meeting)
            if reason is not None and meeting.loss is None:
                yield f"labels not judged: {escaped(reason)}"
        case DataRefused(meeting=meeting, message=message):
            yield from _meeting(model, call, meeting)
            yield escaped(message)


def _meeting(model: ModelAnalysis, call: TrainingCall, meeting: Meeting) -> Iterator[str]:
    name = model.model.name or "model"
    taken = f" takes {code(shape_text(meeting.input_shape))}" if meeting.input_shape is not None else ""
    given = f" gives {code(shape_text(meeting.output_shape))}" if meeting.output_shape is not None else ""
    data = _data("x", call.argument("x", 0) or call.argument("inputs"))
    yield ", ".join(part for part in (data, f"{code(name)}{taken}" if taken else "", given.strip()) if part)
    labels = _data("y", call.argument("y", 1)) if meeting.loss is not None else ""
    loss = code(meeting.loss) if meeting.loss is not None else ""
    yield ", ".join(part for part in (labels, loss) if part)


def _data(name: str, argument: Argument | None) -> str:
    value = argument.value if argument is not None else None
    if not isinstance(value, Array) or value.shape is None:
        return ""
    return f"{name} {code(shape_text(value.shape))}"
