"""What is shown of a training call: what is wrong, the shapes that meet there, and the loss."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.analysis import Analysis, ModelAnalysis
from keras_shapes.data import Array
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.features.fitting import fitting_of
from keras_shapes.features.layer_hover import problem_lines
from keras_shapes.features.lenses import line_text
from keras_shapes.features.markdown import block, code, escaped
from keras_shapes.features.problems import problems_of
from keras_shapes.features.shapes import shape_text
from keras_shapes.model import Argument, TrainingCall
from keras_shapes.source import Span
from keras_shapes.verdict import DataAccepted, DataRefused, Meeting, TrainingUnknown, TrainingVerdict

_WITHOUT_DATA = frozenset({"compile", "build", "load_weights", "save_weights", "save", "set_image_dim_ordering"})


def calls_at(analysis: Analysis, offset: int) -> Iterator[tuple[Span, str]]:
    """The names of training calls at an offset (`fit`), and the loss of `compile`, each with Markdown about it."""
    for model in analysis.models:
        for call, verdict in zip(model.model.training, model.training, strict=False):
            if call.method not in _WITHOUT_DATA and call.name_span.contains(offset):
                yield call.name_span, "\n\n".join(filter(None, _about(analysis, model, call, verdict)))
        for call in model.model.training:
            for span in _spans_of_loss(call):
                if span.contains(offset):
                    yield span, "\n\n".join(filter(None, _about_loss(analysis, model, call)))


def _spans_of_loss(call: TrainingCall) -> Iterator[Span]:
    if call.method == "compile":
        yield call.name_span
        if (loss := call.argument("loss", 1)) is not None:
            yield loss.value_span


def _about_loss(analysis: Analysis, model: ModelAnalysis, call: TrainingCall) -> Iterator[str]:
    """What the loss compares; what is wrong there stands first."""
    fitting = fitting_of(analysis.document, model)
    loss = f" · loss {code(fitting.loss)}" if fitting and fitting.loss else ""
    about = _said_in(analysis, model, call.span)
    yield from problem_lines(about, "**compile** · ")
    if not about:
        yield f"**compile**{loss}"
    met = [
        (each, verdict)
        for each, verdict in zip(model.model.training, model.training, strict=False)
        if isinstance(verdict, DataAccepted | DataRefused) and verdict.meeting.loss is not None
    ]
    for each, verdict in met[:1]:
        output = verdict.meeting.output_shape
        labels = _data("", each.argument("y", 1)).strip()
        gives = f"the output {code(shape_text(output))}" if output is not None else "the output"
        where = f"{each.method}, {line_text(analysis.document, each.name_span.start)}"
        yield f"compares {gives} with the labels{f' {labels}' if labels else ''} of {where}"


def _about(analysis: Analysis, model: ModelAnalysis, call: TrainingCall, verdict: TrainingVerdict) -> Iterator[str]:
    title = f"**{escaped(call.method)}**"
    match verdict:
        case TrainingUnknown(reason=reason):
            yield f"{title} · not judged: {escaped(reason)}"
        case DataAccepted(meeting=meeting, reason=reason):
            yield from _titled(title, _meeting(model, call, meeting))
            if reason is not None and meeting.loss is None:
                yield f"labels not judged: {escaped(reason)}"
        case DataRefused(meeting=meeting, message=message):
            told = _causes(analysis, model, call, message)
            where = line_text(analysis.document, told[0].span.start) if told else ""
            yield from problem_lines(told, f"{title} · ", where) if told else (f"{title} · error",)
            yield from filter(None, _meeting(model, call, meeting))
            yield "" if told else f"Keras says:\n\n{block(message)}"


def refusal_at(analysis: Analysis, model: ModelAnalysis, span: Span) -> str | None:
    """What is told of the training call whose name stands at a place: our message, else the words of Keras."""
    for call, verdict in zip(model.model.training, model.training, strict=False):
        if call.name_span == span and isinstance(verdict, DataRefused):
            told = _causes(analysis, model, call, verdict.message)
            return told[0].message if told else verdict.message
    return None


def _causes(analysis: Analysis, model: ModelAnalysis, call: TrainingCall, message: str) -> list[Diagnostic]:
    """What has to be changed for a call: what was told with the same words of Keras, or at the call, else anything."""
    told = problems_of(analysis, model)
    same = [each for each in told if each.keras_message == message]
    return same[:1] or [each for each in told if call.span.encloses(each.span)][:1] or list(told[:1])


def _said_in(analysis: Analysis, model: ModelAnalysis, place: Span) -> list[Diagnostic]:
    told = (*problems_of(analysis, model), *problems_of(analysis, model, "warning"))
    return [each for each in told if place.encloses(each.span)]


def _titled(title: str, lines: Iterator[str]) -> Iterator[str]:
    """The lines, with the title before the first one that says something."""
    said = list(filter(None, lines))
    yield f"{title} · {said[0]}" if said else title
    yield from said[1:]


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
