"""Code lenses: one line above each `Sequential` and `Model`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from keras_shapes.analysis import Analysis, ModelAnalysis
from keras_shapes.diagnostic import Diagnostic, Severity
from keras_shapes.features.fitting import fitting_of
from keras_shapes.features.model_graphs import ends_of
from keras_shapes.features.problems import problems_of, refused_call, what_is_marked
from keras_shapes.features.shapes import merged_text, parameters_text, unknown_names
from keras_shapes.features.unfinished import unfinished_models
from keras_shapes.source import Document, Span
from keras_shapes.verdict import Built, Shape, Unavailable, UnknownRank


@dataclass(frozen=True, slots=True)
class Lens:
    """A line of text above `span`.

    A click leads to the `target`, if there is one; `choose_interpreter` says that it should lead to that choice.
    `unfinished` says that it stands above a statement that does not parse. `change` is said for a while behind it.
    """

    span: Span
    text: str
    target: Span | None = None
    choose_interpreter: bool = False
    unfinished: bool = False
    change: str = ""

    @property
    def title(self) -> str:
        """All of the text."""
        return f"{self.text} · {self.change}" if self.change else self.text


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
    found = [_lens(analysis, span, models, instead) for span, models in sites.items()]
    found += [
        Lens(each.span, f"not read: {each.reason}", each.place, unfinished=True)
        for each in unfinished_models(analysis.document, analysis.reading.broken)
    ]
    return tuple(sorted(found, key=lambda lens: lens.span))


def line_text(document: Document, offset: int) -> str:
    """`line 4`, or `cell 2, line 4` in a notebook."""
    place = document.location(offset)
    return f"line {place.row}" if place.cell is None else f"cell {place.cell}, line {place.row}"


def _first_mention(document: Document) -> Span:
    start = max(document.text.find("Sequential"), 0)
    return Span(start, min(start + len("Sequential"), len(document.text)))


def _without_keras(*, starting: bool, problem: str | None) -> Lens | None:
    if problem is not None:
        return Lens(Span(0, 0), f"choose interpreter · {problem}", choose_interpreter=True)
    return Lens(Span(0, 0), "starting Keras…") if starting else None


def _lens(analysis: Analysis, span: Span, models: Sequence[ModelAnalysis], instead: Lens | None) -> Lens:
    if instead is not None and all(isinstance(model.verdict, Unavailable) for model in models):
        return replace(instead, span=span)
    if errors := _problems(analysis, models, "error"):
        return Lens(span, errors[0], errors[1])
    refused = next((model for model in models if model.status.kind == "refused"), None)
    if refused is not None:
        return Lens(span, f"{refused.status.reason or 'error'}{_aside(refused)}", refused.status.span)
    unknown = next((model for model in models if model.status.kind == "unknown"), None)
    if unknown is not None:
        return Lens(span, _why(analysis.document, unknown))
    return _built(analysis, span, models)


def _problems(analysis: Analysis, models: Sequence[ModelAnalysis], severity: Severity) -> tuple[str, Span] | None:
    """`2 errors: Dense, line 15`, and the place of the first one."""
    told: dict[Diagnostic, ModelAnalysis] = {}
    for model in models:
        for diagnostic in problems_of(analysis, model, severity):
            told.setdefault(diagnostic, model)
    if not told:
        return None
    first, model = min(told.items(), key=lambda each: each[0].span)
    what = what_is_marked(analysis.document, model, first.span)
    where = line_text(analysis.document, first.span.start)
    number = f"{len(told)} {severity}{'' if len(told) == 1 else 's'}"
    return f"{number}: {', '.join(filter(None, (what, where)))}", first.span


def _aside(model: ModelAnalysis) -> str:
    if model.model.expects_error:
        return ", as the program expects"
    return ", and the program catches it" if model.model.caught else ""


def _why(document: Document, model: ModelAnalysis) -> str:
    status = model.status
    reason = status.reason or "unknown"
    prefix = "input unknown: " if _input_unknown(model) and "input" not in reason else ""
    elsewhere = status.span is not None and status.span != model.model.span
    where = f", {line_text(document, status.span.start)}" if status.span is not None and elsewhere else ""
    return f"{prefix}{reason}{where}"


def _input_unknown(model: ModelAnalysis) -> bool:
    verdict = model.verdict
    if not isinstance(verdict, Built) or model.model.incomplete is not None or model.model.kind != "sequential":
        return False
    return verdict.input_shape is None or isinstance(verdict.input_shape, UnknownRank)


def _built(analysis: Analysis, span: Span, models: Sequence[ModelAnalysis]) -> Lens:
    """`model · (None, 32, 32, 3) → (None, 10) · 122,570 parameters · fits y_train`."""
    verdicts = [model.verdict for model in models if isinstance(model.verdict, Built)]
    inputs, outputs = ([ends_of(model)[end] for model in models] for end in range(2))
    kind = "Sequential" if models[0].model.kind == "sequential" else "Model"
    parts = [models[0].model.name or kind, f"{_ends(inputs)} → {_ends(outputs)}", _parameters(verdicts)]
    last, target = _last_word(analysis, models)
    return Lens(span, " · ".join([*parts, *([last] if last else [])]), target)


def _last_word(analysis: Analysis, models: Sequence[ModelAnalysis]) -> tuple[str, Span | None]:
    """What becomes of the model when it meets its data, as far as Keras has said it."""
    document = analysis.document
    for model in models:
        if (call := refused_call(model)) is not None:
            return f"error in {call.method}, {line_text(document, call.name_span.start)}", call.name_span
    if warnings := _problems(analysis, models, "warning"):
        return warnings
    fittings = [fitting_of(document, model) for model in models]
    fits = {each.labels or "its data" if each and each.fits else "" for each in fittings}
    return (f"fits {fits.pop()}", None) if len(fits) == 1 and "" not in fits else ("", None)


def _ends(variants: Sequence[Sequence[Shape]]) -> str:
    """The shapes of each input or output, those of all variants merged."""
    if len(set(map(len, variants))) > 1 or not variants[0]:
        return "?"
    return ", ".join(merged_text(list(shapes)) for shapes in zip(*variants, strict=True))


def _parameters(verdicts: Sequence[Built]) -> str:
    counts = {verdict.params for verdict in verdicts}
    if None in counts:
        names = list(_unknown_sizes(verdicts))
        return f"parameters need {', '.join(names)}" if names else "parameters unknown"
    known = sorted(count for count in counts if count is not None)
    return f"{known[0]:,}–{known[-1]:,} parameters" if len(known) > 1 else parameters_text(known[0])


def _unknown_sizes(verdicts: Sequence[Built]) -> Iterator[str]:
    weights = [weight.shape for verdict in verdicts for each in verdict.layers for weight in each.weights]
    yield from unknown_names(weights) or unknown_names([verdict.input_shape for verdict in verdicts])
