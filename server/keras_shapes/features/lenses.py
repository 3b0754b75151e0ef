"""Code lenses: one line above each `Sequential` and `Model`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from keras_shapes.analysis import Analysis, ModelAnalysis
from keras_shapes.features.graphs import ends_of
from keras_shapes.features.shapes import bytes_text, itemsize, merged_text, parameters_text, unknown_names
from keras_shapes.source import Document, Span
from keras_shapes.verdict import Built, Shape, Unavailable, UnknownRank


@dataclass(frozen=True, slots=True)
class Lens:
    """A line of text above `span`; `choose_interpreter` says that a click should lead there."""

    span: Span
    text: str
    choose_interpreter: bool = False


def lenses(analysis: Analysis, *, starting: bool = False, problem: str | None = None) -> tuple[Lens, ...]:
    """The lenses of a document: one for each site, whatever is known.

    `starting`: Keras is on its way. `problem`: why there is none in the chosen interpreter.
    """
    if analysis.reading.problem is not None:
        return (Lens(_first_mention(analysis.document), f"not read: {analysis.reading.problem}"),)
    instead = _without_keras(starting=starting, problem=problem)
    sites: dict[Span, list[ModelAnalysis]] = {}
    for model in analysis.models:
        if model.model.kind not in ("sequential", "functional"):
            continue
        sites.setdefault(model.model.span, []).append(model)
    return tuple(_lens(analysis.document, span, models, instead) for span, models in sorted(sites.items(), key=_start))


def _first_mention(document: Document) -> Span:
    start = max(document.text.find("Sequential"), 0)
    return Span(start, min(start + len("Sequential"), len(document.text)))


def _start(site: tuple[Span, list[ModelAnalysis]]) -> Span:
    return site[0]


def _without_keras(*, starting: bool, problem: str | None) -> Lens | None:
    if problem is not None:
        return Lens(Span(0, 0), f"{problem} · choose interpreter", choose_interpreter=True)
    return Lens(Span(0, 0), "starting Keras…") if starting else None


def _lens(document: Document, span: Span, models: Sequence[ModelAnalysis], instead: Lens | None) -> Lens:
    if instead is not None and all(isinstance(model.verdict, Unavailable) for model in models):
        return replace(instead, span=span)
    told = next((model for model in models if model.status.kind == "refused"), None)
    told = told or next((model for model in models if model.status.kind == "unknown"), None)
    if told is not None:
        return Lens(span, _why(document, told))
    return Lens(span, _built(models))


def _why(document: Document, model: ModelAnalysis) -> str:
    status = model.status
    reason = status.reason or "unknown"
    if status.kind == "refused":
        return reason
    prefix = "input unknown: " if _input_unknown(model) and "input" not in reason else ""
    elsewhere = status.span is not None and status.span != model.model.span
    where = f", {line_text(document, status.span.start)}" if status.span is not None and elsewhere else ""
    return f"{prefix}{reason}{where}"


def line_text(document: Document, offset: int) -> str:
    """`line 4`, or `cell 2, line 4` in a notebook."""
    place = document.location(offset)
    return f"line {place.row}" if place.cell is None else f"cell {place.cell}, line {place.row}"


def _input_unknown(model: ModelAnalysis) -> bool:
    verdict = model.verdict
    if not isinstance(verdict, Built) or model.model.incomplete is not None or model.model.kind != "sequential":
        return False
    return verdict.input_shape is None or isinstance(verdict.input_shape, UnknownRank)


def _built(models: Sequence[ModelAnalysis]) -> str:
    verdicts = [model.verdict for model in models if isinstance(model.verdict, Built)]
    inputs, outputs = ([ends_of(model)[end] for model in models] for end in range(2))
    kind = "Sequential" if models[0].model.kind == "sequential" else "Model"
    return f"{kind} · {_ends(inputs)} → {_ends(outputs)} · {_parameters(models, verdicts)}"


def _ends(variants: Sequence[Sequence[Shape]]) -> str:
    """The shapes of each input or output, those of all variants merged."""
    if len(set(map(len, variants))) > 1 or not variants[0]:
        return "?"
    return ", ".join(merged_text(list(shapes)) for shapes in zip(*variants, strict=True))


def _parameters(models: Sequence[ModelAnalysis], verdicts: Sequence[Built]) -> str:
    counts = {verdict.params for verdict in verdicts}
    if None in counts:
        names = unknown_names(
            [weight.shape for verdict in verdicts for each in verdict.layers for weight in each.weights]
        )
        names = names or unknown_names([verdict.input_shape for verdict in verdicts])
        return f"parameters need {', '.join(names)}" if names else "parameters unknown"
    known = sorted(count for count in counts if count is not None)
    if len(known) > 1:
        return f"{known[0]:,}–{known[-1]:,} parameters"
    size = f" · {bytes_text(known[0] * itemsize(models[0].model))}" if known[0] else ""
    return f"{parameters_text(known[0])}{size}"
