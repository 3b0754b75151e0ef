"""Many files at once: while Keras judges the models of one file, the next file is read."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

from keras_shapes.analysis import Analysis, conclude, read
from keras_shapes.files import UnreadableFile, read_document
from keras_shapes.fixes.proof import prove
from keras_shapes.keras_process import Keras
from keras_shapes.model import Model
from keras_shapes.names import Workspace
from keras_shapes.python_files import Problem
from keras_shapes.reader import Project, Reading, may_hold_models
from keras_shapes.rules import Selection
from keras_shapes.source import Document
from keras_shapes.verdict import TrainingVerdict, Verdict

logger = logging.getLogger(__name__)

T = TypeVar("T")
Answers: TypeAlias = tuple[list[Verdict], list[tuple[TrainingVerdict, ...]]]
"""The verdicts on the models of a file, and on their training calls."""

_TICK_SECONDS = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """A file that was checked; `analysis` is None where there can be no model in it."""

    path: Path
    analysis: Analysis | None


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A file that was read, on whose models Keras is being asked."""

    path: Path
    document: Document
    reading: Reading
    verdicts: Future[Answers]


def check_files(
    files: Sequence[Path],
    keras: Keras,
    *,
    selection: Selection | None = None,
    on_tick: Callable[[int], None] = lambda _done: None,
) -> Iterator[Checked | Problem]:
    """What is found in each file, in order. `on_tick` is called often, with the number of files that are done."""
    project = Workspace()
    with _one_thread() as executor:
        asked: list[Checked | Problem | _Asked] = []
        for path in files:
            asked.append(_guarded(path, partial(_ask, path, keras, project, executor)))
            on_tick(0)
        for done, each in enumerate(asked):
            if isinstance(each, _Asked):
                _wait(each.verdicts, partial(on_tick, done))
                yield _guarded(each.path, partial(_conclude, each, keras, project, selection))
            else:
                yield each


def _ask(path: Path, keras: Keras, project: Project, executor: ThreadPoolExecutor) -> Checked | _Asked:
    document = read_document(path.absolute())
    if not may_hold_models(document.text):
        return Checked(path, None)
    reading = read(document, project)
    if None in keras.known(reading.models):
        keras.start()
    return _Asked(path, document, reading, executor.submit(_answers, keras, reading.models))


def _answers(keras: Keras, models: Sequence[Model]) -> Answers:
    return keras.evaluate(models), keras.judge_training(models)


def _conclude(asked: _Asked, keras: Keras, project: Project, selection: Selection | None) -> Checked:
    verdicts, training = asked.verdicts.result()
    analysis = conclude(asked.document, asked.reading, verdicts, selection, training=training)
    return Checked(asked.path, prove(analysis, keras, project=project, selection=selection))


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
