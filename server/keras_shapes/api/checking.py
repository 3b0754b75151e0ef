"""From paths to the results of their files: which files, whose Keras, how many processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from keras_shapes.api.crew import fulfil_together, processors
from keras_shapes.api.order import Fixing, Order, fulfil, fulfil_text
from keras_shapes.api.project import ProjectSettings, project_settings
from keras_shapes.api.results import FileResult
from keras_shapes.api.sharding import Shard
from keras_shapes.environments import choose_interpreter
from keras_shapes.keras_process import Keras, start_keras
from keras_shapes.python_files import Problem, find_files
from keras_shapes.source import Document

WORTH_A_PROCESS = 12
"""To start one more process takes as long as to read so many files."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be checked, and how. The settings are those of the repository, if nobody gives others.

    `workers` are processes that read files; None for as many as there are processors. `interpreter` is a Python, or the
    folder of its environment; without one, it is looked for as `keras-shapes check` does. With `force_exclude`, what is
    excluded is left out also where it is given by name. A `text` is checked in place of the file that `paths` names.
    """

    paths: Sequence[Path] = ()
    settings: ProjectSettings | None = None
    interpreter: Path | None = None
    run_code: bool = False
    fixing: Fixing | None = None
    workers: int | None = None
    shard: Shard | None = None
    cache: bool = True
    force_exclude: bool = False
    text: Document | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """A check under way: what is done with each of the files that were found, and the Keras that is asked."""

    order: Order
    keras: Keras
    found: Sequence[Path | Problem]
    workers: int
    text: Document | None = None

    def results(self, on_tick: Callable[[int, str], object] = lambda _done, _name: None) -> Iterator[FileResult]:
        """A result for each path, in order, as it comes.

        `on_tick` is called often, with the number of those that are done and the name of the one at hand.
        """
        done, name = 0, ""
        read = self._read(lambda: on_tick(done, name))
        for done, each in enumerate(self.found):  # noqa: B007 - on_tick is told
            match each:
                case Problem(path, reason):
                    yield FileResult(os.fspath(path), unchecked=reason)
                case path:
                    name = path.name
                    yield next(read)

    def _read(self, on_tick: Callable[[], object]) -> Iterator[FileResult]:
        files = [each for each in self.found if isinstance(each, Path)]
        if self.text is not None:
            return fulfil_text(self.order, files, self.text, self.keras)
        if self.workers > 1:
            return fulfil_together(self.order, files, self.keras, self.workers, on_tick)
        return fulfil(self.order, files, self.keras, on_tick)


@contextmanager
def checking(wish: Wish) -> Iterator[Check]:
    """A check of some paths; at the end, all of its processes have ended."""
    project = wish.settings or project_settings(Path.cwd())
    found = found_files(wish, project)
    order = order_of(wish, project)
    with asking(order) as keras:
        yield Check(order, keras, found, _workers(wish, len(found)), wish.text)


def renewed(check: Check, wish: Wish) -> Check:
    """A check with the same Keras, after files and settings may have changed."""
    project = wish.settings or project_settings(Path.cwd())
    found = found_files(wish, project)
    return replace(check, order=check.order.for_project(project), found=found, workers=_workers(wish, len(found)))


@contextmanager
def asking(order: Order) -> Iterator[Keras]:
    """The Keras of an order, which ends with it: at once when something is raised."""
    keras = start_keras(order.environment, run_code=order.run_code, workspace=order.workspace, keep=order.cache)
    try:
        yield keras
    except BaseException:
        keras.kill()
        raise
    finally:
        keras.close()


def order_of(wish: Wish, project: ProjectSettings) -> Order:
    """What is to be done with each file."""
    near = next(iter(wish.paths), None)
    environment = choose_interpreter(wish.interpreter, use_active=True, project=folder_of(near))
    order = Order(environment, wish.run_code, Path.cwd(), fixing=wish.fixing, cache=wish.cache)
    return order.for_project(project)


def folder_of(path: Path | None) -> Path:
    """The folder that a file lies in, or a folder itself; without one, the current folder."""
    if path is None:
        return Path.cwd()
    return path.absolute() if path.is_dir() else path.absolute().parent


def found_files(wish: Wish, project: ProjectSettings) -> list[Path | Problem]:
    """The files, and what is wrong with paths. A file that is given by name is checked though it is excluded."""
    named = set() if wish.force_exclude else set(wish.paths)
    shard, here = wish.shard, Path.cwd()

    def is_wanted(file: Path) -> bool:
        return (file in named or not project.leaves_out(file)) and (shard is None or shard.has(file, here))

    files = wish.paths if wish.text is not None else find_files(wish.paths or [Path()])
    return [each for each in files if isinstance(each, Problem) or is_wanted(each)]


def _workers(wish: Wish, files: int) -> int:
    """More processes only for more files than one of them reads while another one starts."""
    most = wish.workers or processors()
    return max(1, min(most, files // WORTH_A_PROCESS))
