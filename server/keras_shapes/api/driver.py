"""Many files in one process: while Keras judges the models of one, the next ones are read."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

from keras_shapes.analysis import DEFAULT, TOO_LONG, Analysis, Bounds, conclude, look
from keras_shapes.files import UnreadableFile, read_document
from keras_shapes.fixes.proof import prove
from keras_shapes.keras_process import Keras
from keras_shapes.model import Model
from keras_shapes.project_modules import Workspace
from keras_shapes.python_files import Problem
from keras_shapes.reader import Project, Reading, may_hold_models
from keras_shapes.rules import Selection
from keras_shapes.source import Document
from keras_shapes.verdict import TrainingVerdict, Verdict
from keras_shapes.watchdog import TookTooLong, run_watched

logger = logging.getLogger(__name__)

T = TypeVar("T")
Answers: TypeAlias = tuple[list[Verdict], list[tuple[TrainingVerdict, ...]]]
"""The verdicts on the models of a file, and on their training calls."""

AHEAD = 4
"""So many files are read before the first of them is judged: what is kept does not grow with their number."""

_TICK_SECONDS = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """A file that was checked; `analysis` is None where there can be no model in it."""

    path: Path
    analysis: Analysis | None


@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """What files are checked with: whom to ask, which rules speak, how much is read."""

    keras: Keras
    selection: Selection
    project: Project
    bounds: Bounds = DEFAULT


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A file that was read, on whose models Keras is being asked."""

    path: Path
    document: Document
    reading: Reading
    verdicts: Future[Answers]


def check_files(
    files: Iterable[Path | None],
    keras: Keras,
    *,
    selection: Selection | None = None,
    project: Project | None = None,
    bounds: Bounds = DEFAULT,
    on_tick: Callable[[], object] = lambda: None,
) -> Generator[Checked | Problem]:
    """What is found in each file, in order, as it comes; None among the files says that there is none just now.

    `on_tick` is called often.
    """
    means = Means(keras, selection or Selection(), project or Workspace(), bounds)
    with _one_thread() as executor:
        waiting: deque[Checked | Problem | _Asked] = deque()
        for path in files:
            on_tick()
            if path is not None:
                waiting.append(_guarded(path, partial(_ask, path, means, executor)))
            if waiting and (path is None or len(waiting) == AHEAD):
                yield _settled(waiting.popleft(), means, on_tick)
        while waiting:
            yield _settled(waiting.popleft(), means, on_tick)


def check_document(document: Document, keras: Keras, selection: Selection, bounds: Bounds = DEFAULT) -> Analysis:
    """What is found in one text, with the fixes of its mistakes."""
    means = Means(keras, selection, Workspace(), bounds)
    reading = _reading(document, means)
    verdicts, training = _answers(means, reading.models)
    return _proved(conclude(document, reading, verdicts, selection, training=training), means)


def _ask(path: Path, means: Means, executor: ThreadPoolExecutor) -> Checked | _Asked:
    document = read_document(path.absolute())
    if not may_hold_models(document.text):
        return Checked(path, None)
    reading = _reading(document, means)
    if None in means.keras.known(reading.models):
        means.keras.start()
    return _Asked(path, document, reading, executor.submit(_answers, means, reading.models))


def _reading(document: Document, means: Means) -> Reading:
    try:
        return run_watched(partial(look, document, means.project, means.bounds))
    except TookTooLong:
        return TOO_LONG


def _answers(means: Means, models: Sequence[Model]) -> Answers:
    keras, bounds = means.keras, means.bounds
    return (
        keras.evaluate(models, timeout=bounds.seconds),
        keras.judge_training(models, timeout=bounds.training_seconds),
    )


def _settled(each: Checked | Problem | _Asked, means: Means, tick: Callable[[], object]) -> Checked | Problem:
    if not isinstance(each, _Asked):
        return each
    _wait(each.verdicts, tick)
    return _guarded(each.path, partial(_conclude, each, means))


def _conclude(asked: _Asked, means: Means) -> Checked:
    verdicts, training = asked.verdicts.result()
    analysis = conclude(asked.document, asked.reading, verdicts, means.selection, training=training)
    return Checked(asked.path, _proved(analysis, means))


def _proved(analysis: Analysis, means: Means) -> Analysis:
    return prove(analysis, means.keras, project=means.project, selection=means.selection, bounds=means.bounds)


def _guarded(path: Path, work: Callable[[], T]) -> T | Problem:
    """One file that cannot be checked does not stop the others."""
    try:
        return work()
    except UnreadableFile as error:
        return Problem(path, str(error))
    except Exception as error:
        logger.debug("checking %s failed", path, exc_info=True)
        return Problem(path, f"a mistake in keras-shapes, please report it ({type(error).__name__}: {error})")


def _wait(future: Future[Answers], tick: Callable[[], object]) -> None:
    while True:
        tick()
        try:
            future.exception(timeout=_TICK_SECONDS)
        except FutureTimeoutError:
            continue
        return


@contextmanager
def _one_thread() -> Iterator[ThreadPoolExecutor]:
    """A thread that asks; left in a hurry, it asks nothing more."""
    executor = ThreadPoolExecutor(1, thread_name_prefix="keras-shapes verdicts")
    try:
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
