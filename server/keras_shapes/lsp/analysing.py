"""From a snapshot to what is known of it, step by step, so that each step can be shown and a newer edit can stop it."""

from __future__ import annotations

import asyncio
import functools
import logging
import math
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from keras_shapes.analysis import TOO_LONG, Analysis, Bounds, conclude, look
from keras_shapes.keras_process import Keras
from keras_shapes.lsp.snapshots import Snapshot
from keras_shapes.lsp.tools import Threads
from keras_shapes.model import Model
from keras_shapes.reader import Project, Reading
from keras_shapes.rules import Selection
from keras_shapes.verdict import TrainingVerdict, Unavailable, Verdict
from keras_shapes.watchdog import TookTooLong

PENDING = Unavailable("asking Keras…")
INTERMEDIATE_SECONDS = 0.3
"""While many models are asked about, what is known is shown so often."""
INTERMEDIATE_SHARE = 10
"""Showing it takes at most such a part of the time."""
LONG_TEXT = 100_000
"""Documents with more characters are read in the thread for what takes long."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """What is known so far: about `pending` models Keras is being asked; with `training`, their calls are judged."""

    analysis: Analysis
    pending: tuple[Model, ...] = ()
    training: bool = False

    @property
    def final(self) -> bool:
        """Whether nothing more will be known."""
        return self.training and not self.pending


@dataclass(frozen=True, slots=True)
class Means:
    """What an analysis works with."""

    threads: Threads
    keras: Keras
    project: Project
    selection: Selection
    bounds: Bounds


async def analyse(snapshot: Snapshot, means: Means, cancelled: Callable[[], bool]) -> AsyncIterator[Step]:
    """Steps towards all that is known of a snapshot: layers first, then training calls. The last step is final."""
    if len(snapshot.document.text) > LONG_TEXT:
        means.threads.slow.add(snapshot.uri)
    try:
        async for step in _steps(snapshot, means, cancelled):
            yield step
    except TookTooLong:
        logger.info("%s takes too long to read", snapshot.uri)
        yield Step(Analysis(snapshot.document, TOO_LONG, (), ()), (), training=True)


async def _steps(snapshot: Snapshot, means: Means, cancelled: Callable[[], bool]) -> AsyncIterator[Step]:
    reading, verdicts = await means.threads.read(snapshot.uri, _first_look, snapshot, means, cancelled)
    clock = asyncio.get_running_loop().time
    told = clock() if means.keras.state().phase == "ready" else -math.inf
    pause = INTERMEDIATE_SECONDS
    for number, verdict in enumerate(verdicts):
        if verdict is None:
            if clock() - told > pause:
                start = clock()
                yield await _step(snapshot, means, reading, verdicts)
                told = clock()
                pause = max(INTERMEDIATE_SECONDS, INTERMEDIATE_SHARE * (told - start))
            evaluate = functools.partial(means.keras.evaluate, [reading.models[number]], timeout=means.bounds.seconds)
            (verdicts[number],) = await means.threads.ask(snapshot.uri, "layers", evaluate)
    trained = any(model.training for model in reading.models)
    yield await _step(snapshot, means, reading, verdicts, () if trained else None)
    if trained:
        judge = functools.partial(means.keras.judge_training, reading.models, timeout=means.bounds.training_seconds)
        yield await _step(snapshot, means, reading, verdicts, await means.threads.ask(snapshot.uri, "training", judge))


def _first_look(
    snapshot: Snapshot, means: Means, cancelled: Callable[[], bool]
) -> tuple[Reading, list[Verdict | None]]:
    """What the document says, and what Keras is known to say."""
    reading = look(snapshot.document, means.project, means.bounds, cancelled)
    return reading, means.keras.known(reading.models)


async def _step(
    snapshot: Snapshot,
    means: Means,
    reading: Reading,
    verdicts: Sequence[Verdict | None],
    training: Sequence[tuple[TrainingVerdict, ...]] | None = (),
) -> Step:
    """What is known; `training` is None where there is nothing to judge, empty where it is not judged yet."""
    pending = tuple(model for model, verdict in zip(reading.models, verdicts, strict=True) if verdict is None)
    known = [verdict or PENDING for verdict in verdicts]
    judged = training is None or len(training) > 0
    judge = functools.partial(conclude, training=training or ())
    return Step(
        await means.threads.read(snapshot.uri, judge, snapshot.document, reading, known, means.selection),
        pending,
        judged,
    )
