"""What stays on the screen while its statement is half typed, or while Keras is asked: the last answer, moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from keras_shapes.analysis import Analysis
from keras_shapes.features.hints import Hint
from keras_shapes.features.lenses import Lens
from keras_shapes.lsp.snapshots import Shift
from keras_shapes.model import Model
from keras_shapes.source import Span


@dataclass(frozen=True, slots=True)
class Shown:
    """Hints and lenses as an editor shows them."""

    hints: tuple[Hint, ...] = ()
    lenses: tuple[Lens, ...] = ()


def moved(shown: Shown, shift: Shift) -> Shown:
    """The same in the next text; what was deleted is gone."""
    hints = (replace(hint, offset=shift.offset(hint.offset), span=shift.span(hint.span)) for hint in shown.hints)
    lenses = (replace(lens, span=shift.span(lens.span)) for lens in shown.lenses)
    return Shown(
        tuple(hint for hint in hints if hint.span.start < hint.span.end),
        tuple(lens for lens in lenses if lens.span.start < lens.span.end),
    )


def carried(before: Shown, now: Shown, analysis: Analysis, pending: Iterable[Model]) -> Shown:
    """What is shown now, with what is kept of `before`, which has been moved to the text of `analysis`.

    That is what lies in broken statements, in models that hold one, and in `pending` models: Keras is being asked.
    """
    line = analysis.document.line
    waiting = list(pending)
    stale = [*analysis.reading.broken, *_elements([*waiting, *(m.model for m in analysis.models if m.model.stale)])]
    taken = {line(hint.offset) for hint in now.hints}
    kept = [
        replace(hint, stale=True)
        for hint in before.hints
        if line(hint.offset) not in taken and any(place.encloses(hint.span) for place in stale)
    ]
    return Shown(
        tuple(sorted([*now.hints, *kept], key=lambda hint: hint.offset)), _lenses(before, now, analysis, waiting)
    )


def _elements(models: Iterable[Model]) -> Iterator[Span]:
    for model in models:
        yield model.span
        for element in model.elements:
            yield element.added
            span = getattr(element.expression, "span", None)
            if isinstance(span, Span):
                yield span


def _lenses(before: Shown, now: Shown, analysis: Analysis, pending: list[Model]) -> tuple[Lens, ...]:
    document = analysis.document
    old = {document.line(lens.span.start): lens for lens in before.lenses}
    waiting = {document.line(model.span.start) for model in pending}
    lenses = {document.line(lens.span.start): lens for lens in now.lenses}
    for line, lens in old.items():
        broken = any(place.encloses(lens.span) for place in analysis.reading.broken)
        if line in waiting or (broken and line not in lenses):
            lenses[line] = replace(lens, span=lenses[line].span) if line in lenses else lens
    return tuple(lenses[line] for line in sorted(lenses))
