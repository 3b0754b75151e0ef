"""Which diagnostics are shown when: what is mended goes at once, what is new waits for a pause in typing.

`document.visible` is what a person sees, or what a client that pulls is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lsprotocol import types as lsp

from keras_shapes.analysis import Analysis
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.features.problems import spans_of
from keras_shapes.lsp.analysing import Step
from keras_shapes.lsp.documents import OpenDocument, Published
from keras_shapes.lsp.refreshing import refresh_diagnostics
from keras_shapes.lsp.server import Server
from keras_shapes.lsp.snapshots import Snapshot
from keras_shapes.rules import rules
from keras_shapes.shifting import Shift, shift
from keras_shapes.source import Span
from keras_shapes.tracing import span

CONFIRM_SECONDS = 1.0
"""A client that checks versions drops what is of an older one: what it is told shortly before an edit is repeated."""

OF_NAMES = frozenset({"not-a-layer", "unknown-name", "removed-name"})
"""Rules that speak of a name as it is written."""


def publish_found(ls: Server, document: OpenDocument, snapshot: Snapshot, step: Step, *, typing: bool) -> None:
    """Show what a step found, as far as it may be shown by now."""
    found = finished(document, step.analysis.diagnostics)
    if document.visible_in is None:
        publish(ls, document, snapshot, found)
    elif not step.pending:
        change = shift(document.visible_in.document.text, snapshot.document.text)
        before = finished(document, moved(document.visible, change))
        publish(ls, document, snapshot, visible(before, found, step, typing=typing))


def finished(document: OpenDocument, diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """All but those of a name that ends where somebody has typed last: it may be the beginning of another one."""
    return tuple(each for each in diagnostics if each.code not in OF_NAMES or each.span.end != document.caret)


def visible(
    before: Sequence[Diagnostic], found: Sequence[Diagnostic], step: Step, *, typing: bool
) -> tuple[Diagnostic, ...]:
    """What is shown of what was `found`, and what stays of `before`, which has been moved to the same text.

    While somebody types, nothing new appears, and what was said of a model stays until that is built again.
    What rests on training calls stays until those are judged.
    """
    lasting = [
        each for each in before if not any(_same(each, other) for other in found) and _stays(each, step, typing=typing)
    ]
    shown = [each for each in found if not typing or any(_same(each, other) for other in before)]
    return tuple(sorted([*shown, *lasting], key=lambda each: each.span))


def moved(diagnostics: Sequence[Diagnostic], change: Shift) -> tuple[Diagnostic, ...]:
    """The same diagnostics in the next text; those of deleted text are gone."""
    everywhere = (_moved(each, change) for each in diagnostics)
    return tuple(each for each in everywhere if each.span.start < each.span.end)


def forgotten(diagnostic: Diagnostic) -> Diagnostic:
    """The same without what it speaks of: what is visible outlives its analysis."""
    return replace(diagnostic, subject=None)


def publish(
    ls: Server,
    document: OpenDocument,
    snapshot: Snapshot,
    diagnostics: Sequence[Diagnostic],
    *,
    confirm: bool = False,
    closed: bool = False,
) -> None:
    """Make these the visible diagnostics, and tell a client that does not ask itself."""
    with span("convert and publish"):
        _publish(ls, document, snapshot, diagnostics, confirm=confirm, closed=closed)


def _publish(
    ls: Server,
    document: OpenDocument,
    snapshot: Snapshot,
    diagnostics: Sequence[Diagnostic],
    *,
    confirm: bool,
    closed: bool,
) -> None:
    document.visible, document.visible_in = tuple(map(forgotten, diagnostics)), snapshot
    if ls.client.pulls_diagnostics:
        refresh_diagnostics(ls, document)
        return
    confirm = confirm and ls.client.checks_versions
    places, now = ls.places(snapshot), asyncio.get_running_loop().time()
    shown = diagnostics if ls.settings.diagnostics else ()
    told: dict[str, list[lsp.Diagnostic]] = {part.uri: [] for part in snapshot.parts}
    for each in shown:
        told[snapshot.part_at(each.span.start).uri].append(places.diagnostic(each, ls.client.diagnostics))
    gone = [uri for uri in document.published if closed or uri not in told]
    for part in () if closed else snapshot.parts:
        news = Published(part.version, tuple(told[part.uri]), now)
        if _is_news(document.published.get(part.uri), news, document.edited if confirm else None):
            document.published[part.uri] = news
            _tell(ls, part.uri, news)
    for uri in gone:
        if document.published.pop(uri).diagnostics or closed:
            _tell(ls, uri, Published(None, (), now))


def _moved(diagnostic: Diagnostic, change: Shift) -> Diagnostic:
    related = tuple(replace(each, span=change.span(each.span)) for each in diagnostic.related)
    return replace(diagnostic, span=change.span(diagnostic.span), related=related, fixes=(), subject=None)


def _tell(ls: Server, uri: str, news: Published) -> None:
    ls.text_document_publish_diagnostics(
        lsp.PublishDiagnosticsParams(uri=uri, version=news.version, diagnostics=list(news.diagnostics))
    )


def _is_news(before: Published | None, news: Published, edited: float | None) -> bool:
    """Whether the client may not know this yet. `edited` is when the text was last changed, to confirm older news."""
    if before is None or before.diagnostics != news.diagnostics:
        return True
    return edited is not None and before.version != news.version and before.time > edited - CONFIRM_SECONDS


def _same(diagnostic: Diagnostic, other: Diagnostic) -> bool:
    """One diagnostic, though its numbers may have changed: the same rule at a place that overlaps or touches."""
    touches = diagnostic.span.start <= other.span.end and other.span.start <= diagnostic.span.end
    return diagnostic.code == other.code and touches


def _stays(diagnostic: Diagnostic, step: Step, *, typing: bool) -> bool:
    """Whether a diagnostic that was not found again may still be right."""
    if not step.training and _needs_training(diagnostic.code):
        return True
    return typing and any(place.encloses(diagnostic.span) for place in _doubtful(step.analysis))


def _needs_training(code: str) -> bool:
    return any(rule.name == code and rule.needs == "training" for rule in rules())


def _doubtful(analysis: Analysis) -> Iterator[Span]:
    """Statements that do not parse, and models that are not built."""
    yield from analysis.reading.broken
    for model in analysis.models:
        if model.status.kind != "built":
            yield from spans_of(model)
