"""What stays on the screen while its statement is half typed, or while Keras is asked: the last answer, moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from keras_shapes.analysis import Analysis
from keras_shapes.features.hints import Hint
from keras_shapes.features.lenses import Lens
from keras_shapes.model import Model
from keras_shapes.shifting import Shift
from keras_shapes.source import Document, Span

OLD = "→ …"
"""Stands where a shape stood, until Keras has said what it is now."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Hints and lenses as an editor shows them."""

    hints: tuple[Hint, ...] = ()
    lenses: tuple[Lens, ...] = ()


def moved(shown: Shown, shift: Shift) -> Shown:
    """The same in the next text; what was deleted is gone."""
    hints = (replace(hint, offset=shift.offset(hint.offset), span=shift.span(hint.span)) for hint in shown.hints)
    lenses = (
        replace(lens, span=shift.span(lens.span), target=shift.span(lens.target) if lens.target else None)
        for lens in shown.lenses
    )
    return Shown(
        tuple(hint for hint in hints if hint.span.start < hint.span.end),
        tuple(lens for lens in lenses if lens.span.start < lens.span.end),
    )


def aged(shown: Shown, analysis: Analysis, shift: Shift, document: Document) -> Shown:
    """What is known of a text, in the next one, `document`, which is not read yet.

    What stands in the lines that were edited, or further down in a model that was, may be another shape now.
    """
    now = moved(shown, shift)
    if analysis.document.text == document.text:
        return now
    first, last = document.line(shift.start), document.line(shift.new_end)
    touched = [place for model in analysis.models for place in _touched(model.model, shift)]

    def old(hint: Hint) -> bool:
        line = document.line(hint.offset)
        return first <= line <= last or (line > last and any(place.encloses(hint.span) for place in touched))

    return replace(now, hints=tuple(_aged(hint) if old(hint) else hint for hint in now.hints))


def _touched(model: Model, shift: Shift) -> list[Span]:
    """Where a model's hints are in the next text, if it was edited."""
    places = list(_elements([model]))
    edited = any(place.start <= shift.old_end and shift.start <= place.end for place in places)
    return [shift.span(place) for place in places] if edited else []


def _aged(hint: Hint) -> Hint:
    if hint.text == OLD:
        return replace(hint, stale=True)
    return replace(hint, stale=True, text=OLD, tooltip=f"Keras is being asked; before: `{hint.text}`")


def carried(before: Shown, now: Shown, analysis: Analysis, pending: Iterable[Model], touched: Span | None) -> Shown:
    """What is shown now, with what is kept of `before`, which has been moved to the text of `analysis`.

    That is what lies in broken statements, in models that hold one, and in `pending` models: Keras is being asked.
    Of these, what stands in the line of the `touched` text or further down may be another shape now: `→ …`.
    """
    line = analysis.document.line
    waiting = list(pending)
    stale = [*analysis.reading.broken, *_elements([*waiting, *(m.model for m in analysis.models if m.model.stale)])]
    taken = {line(hint.offset) for hint in now.hints}
    kept = [
        _old(hint, document=analysis.document, models=waiting, touched=touched)
        for hint in before.hints
        if line(hint.offset) not in taken and any(place.encloses(hint.span) for place in stale)
    ]
    return Shown(
        tuple(sorted([*now.hints, *kept], key=lambda hint: hint.offset)), _lenses(before, now, analysis, waiting)
    )


def _old(hint: Hint, *, document: Document, models: Sequence[Model], touched: Span | None) -> Hint:
    """A hint of an older text; one that may be wrong by now says so."""
    ours = [model for model in models if any(place.encloses(hint.span) for place in _elements([model]))]
    if touched is None or not ours or hint.text == OLD:
        return replace(hint, stale=True)
    line = document.line(touched.start)
    last = max(document.line(place.end) for model in ours for place in _elements([model]))
    if document.line(hint.offset) < line <= last:
        return replace(hint, stale=True)
    return _aged(hint)


def _elements(models: Iterable[Model]) -> Iterator[Span]:
    for model in models:
        yield model.span
        for element in model.nodes:
            yield element.span
            span = getattr(element.expression, "span", None)
            if isinstance(span, Span):
                yield span


def _lenses(before: Shown, now: Shown, analysis: Analysis, pending: list[Model]) -> tuple[Lens, ...]:
    document = analysis.document
    old = {document.line(lens.span.start): lens for lens in before.lenses}
    waiting = {document.line(model.span.start) for model in pending}
    found = ((document.line(lens.span.start), lens) for lens in now.lenses)
    # while somebody types, a statement is often unfinished: that is said of a text as it was opened, and stays
    lenses = {line: lens for line, lens in found if not lens.unfinished or (line in old and old[line].unfinished)}
    for line, lens in old.items():
        broken = any(place.encloses(lens.span) for place in analysis.reading.broken)
        if line not in lenses and (broken or line in waiting):
            lenses[line] = replace(lens, change="")
    return tuple(lenses[line] for line in sorted(lenses))
