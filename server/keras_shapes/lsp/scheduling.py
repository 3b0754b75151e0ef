"""One task for each document: a newer edit cancels the older one, and results are shown as they come."""

from __future__ import annotations

import asyncio
import functools
import math
import os
import threading
import time
from dataclasses import replace

from keras_shapes.analysis import Analysis, Bounds
from keras_shapes.features.changes import Earlier
from keras_shapes.features.hints import hints
from keras_shapes.features.lenses import lenses
from keras_shapes.fixes.proof import prove
from keras_shapes.keras_process.failures import rest_seconds
from keras_shapes.keras_process.state import State
from keras_shapes.lsp.analysing import Means, Step, analyse
from keras_shapes.lsp.announcing import announce
from keras_shapes.lsp.carrying import Shown, carried, moved
from keras_shapes.lsp.documents import OpenDocument, Result, document_uri, key, path_of, take_snapshot
from keras_shapes.lsp.memory import keep_below_ceiling
from keras_shapes.lsp.publishing import finished, publish, publish_found
from keras_shapes.lsp.refreshing import refresh
from keras_shapes.lsp.server import Server
from keras_shapes.lsp.snapshots import Snapshot
from keras_shapes.lsp.warming import warm_up
from keras_shapes.reader import Cancelled, may_hold_models
from keras_shapes.rules.selecting import selection_of
from keras_shapes.settings import InlayHints
from keras_shapes.shifting import shift
from keras_shapes.source import Span
from keras_shapes.tracing import span
from keras_shapes.verdict import TrainingUnknown, Unavailable
from keras_shapes.watchdog import TookTooLong

LONG_TEXT = 200_000
"""A document with more characters is read only when typing pauses."""

MANY_LAYERS = 500
"""Hints of more layers are made in a thread."""

RETRY_MARGIN_SECONDS = 0.5
"""A model that rests has rested by then."""

PROOF_SECONDS = 60.0
"""Fixes that are not proven by then stay untried: nobody waits so long for them."""

ONE_EDIT_SECONDS = 3.0
"""What is typed with shorter pauses is one edit: what changed is told of all of it."""

BURST_SECONDS = 0.015
"""Nobody types so fast: an edit that follows another one within this time waits as long for the next one."""


def schedule(ls: Server, uri: str, *, edited: bool = False, paused: bool = False) -> None:
    """Analyse a document as it is now.

    `edited`: a person changed it, and may be about to change it again. `paused`: nobody is typing any more.
    """
    document = ls.documents.get(key(uri))
    revision = document.snapshot.revision + 1 if document else 0
    snapshot = take_snapshot(ls.workspace, uri, revision)
    if snapshot is None:
        return
    if document is None:
        document = ls.documents[key(uri)] = OpenDocument(snapshot)
        ls.checked.pop(key(uri), None)
    now = asyncio.get_running_loop().time()
    if edited and now - document.edited > ONE_EDIT_SECONDS:
        _begin_edit(document)
    if edited:
        document.caret = shift(document.snapshot.document.text, snapshot.document.text).new_end
    document.snapshot = snapshot
    in_burst = edited and now - document.edited < BURST_SECONDS
    if edited:
        document.edited, document.retries = now, 0
    if paused:
        document.edited, document.caret = -math.inf, None
    document.stop()
    flag = threading.Event()
    work = _work(ls, document, snapshot, flag, BURST_SECONDS if in_burst else 0)
    document.work = (ls.begin(work), flag)


def _begin_edit(document: OpenDocument) -> None:
    """Somebody edits what stands there: keep what is known of it, if nothing more would be."""
    result = document.result
    if document.current and result is not None and result.final and not result.analysis.reading.broken:
        document.earlier, document.announced = Earlier(result.analysis, ""), {}


def asked_document(ls: Server, uri: str) -> OpenDocument | None:
    """The open document that a file's, notebook's or cell's URI belongs to, about which something is asked.

    One whose result was forgotten is analysed again.
    """
    document = ls.documents.get(key(document_uri(ls.workspace, uri)))
    if document is not None:
        document.asked = asyncio.get_running_loop().time()
        if document.result is None and document.work is not None and document.work[0].done():
            schedule(ls, document.snapshot.uri)
    return document


def schedule_all(ls: Server) -> None:
    """Analyse every open document anew: Keras, a setting or another file changed."""
    for document in list(ls.documents.values()):
        schedule(ls, document.snapshot.uri)


def schedule_users(ls: Server, uri: str) -> None:
    """Analyse the documents for which this one was read, as a module that they import."""
    path = os.path.realpath(path_of(uri))
    for document in list(ls.documents.values()):
        if path in document.uses and document.snapshot.uri != uri:
            schedule(ls, document.snapshot.uri)


def forget(ls: Server, uri: str) -> None:
    """A document was closed."""
    document = ls.documents.pop(key(uri), None)
    if document is not None:
        document.stop()
        publish(ls, document, document.snapshot, (), closed=True)
        document.closed = True
        document.wake()


async def _work(ls: Server, document: OpenDocument, snapshot: Snapshot, flag: threading.Event, wait: float) -> None:
    await asyncio.sleep(wait)
    await ls.configured.wait()
    delay = ls.settings.delay / 1000
    if may_hold_models(snapshot.document.text):
        warm_up(ls)
    if len(snapshot.document.text) > LONG_TEXT:
        await _pause(document, delay)
    try:
        async for step in analyse(snapshot, make_means(ls, document.uses), flag.is_set):
            await _store(ls, document, snapshot, step)
            publish_found(ls, document, snapshot, step, typing=_left(document, delay) > 0)
            if step.final or step.pending:
                refresh(ls, document)
    except (Cancelled, TookTooLong):
        return
    await _pause(document, delay)
    assert document.result is not None
    publish(ls, document, snapshot, finished(document, document.result.analysis.diagnostics), confirm=True)
    document.wake()
    announce(ls, document)
    await _prove(ls, document, document.result, flag)
    keep_below_ceiling(ls, asyncio.get_running_loop().time())
    await _try_again(ls, document)


async def _try_again(ls: Server, document: OpenDocument) -> None:
    """Where Keras' process failed, ask again after a while without an edit, and after a longer while the next time."""
    if document.result is None or not _may_pass(document.result.analysis):
        document.retries = 0
        return
    document.retries += 1
    await asyncio.sleep(rest_seconds(document.retries - 1) + RETRY_MARGIN_SECONDS)
    schedule(ls, document.snapshot.uri)


def _may_pass(analysis: Analysis) -> bool:
    """Whether there is no verdict on something only because a process failed."""
    return any(
        (isinstance(model.verdict, Unavailable) and model.verdict.passing)
        or any(isinstance(each, TrainingUnknown) and each.passing for each in model.training)
        for model in analysis.models
    )


async def _prove(ls: Server, document: OpenDocument, result: Result, flag: threading.Event) -> None:
    """Try what could mend the diagnostics. Any edit stops it."""
    means = make_means(ls, document.uses)
    end = time.monotonic() + PROOF_SECONDS

    def cancelled() -> bool:
        return flag.is_set() or time.monotonic() > end

    work = functools.partial(
        prove,
        result.analysis,
        means.keras,
        project=means.project,
        selection=means.selection,
        bounds=means.bounds,
        cancelled=cancelled,
    )
    analysis = await ls.threads.ask(result.snapshot.uri, "fixes", work)
    if document.result is not None:
        document.settle(replace(document.result, analysis=analysis, proved=True))


def make_means(ls: Server, uses: set[str]) -> Means:
    """What an analysis works with now; the files that are read for it are noted in `uses`."""
    return Means(
        threads=ls.threads,
        keras=ls.keras,
        project=ls.project_noting(uses),
        selection=selection_of(ls.settings, next(iter(ls.folders), None)),
        bounds=Bounds(ls.settings.max_characters, ls.settings.timeout),
    )


async def _store(ls: Server, document: OpenDocument, snapshot: Snapshot, step: Step) -> None:
    show = functools.partial(_shown, ls.keras.state(), ls.settings.inlay_hints, document.result, snapshot, step)
    layers = sum(len(model.layers) for model in step.analysis.models)
    with span("hints and lenses"):
        shown = show() if layers < MANY_LAYERS else await ls.threads.read(snapshot.uri, show)
    document.settle(Result(snapshot, step.analysis, shown, step.final))


def _shown(state: State, chosen: InlayHints, before: Result | None, snapshot: Snapshot, step: Step) -> Shown:
    """What an editor shows of a step: what is known, and what is kept of the result before."""
    shown = Shown(
        hints(step.analysis, chosen),
        lenses(step.analysis, starting=state.phase in {"cold", "starting"}, problem=state.problem),
    )
    if before is None:
        return shown
    change = shift(before.snapshot.document.text, snapshot.document.text)
    same = before.snapshot.document.text == snapshot.document.text
    touched = None if same else Span(change.start, change.new_end)
    return carried(moved(before.shown, change), shown, step.analysis, step.pending, touched)


async def _pause(document: OpenDocument, delay: float) -> None:
    """Wait until nobody has typed for `delay` seconds; a newer edit ends this task instead."""
    if (left := _left(document, delay)) > 0:
        await asyncio.sleep(left)


def nothing_to_come(ls: Server, document: OpenDocument) -> bool:
    """Whether nobody is typing, and Keras is not about to answer for the first time."""
    return _left(document, ls.settings.delay / 1000) <= 0 and not is_starting(ls)


def is_starting(ls: Server) -> bool:
    """Whether Keras is being imported: no model that is not known from before has a verdict yet."""
    return ls.keras.state().phase == "starting"


def _left(document: OpenDocument, delay: float) -> float:
    return document.edited + delay - asyncio.get_running_loop().time()
