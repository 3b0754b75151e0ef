"""What is to be done with each file, by whichever process does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from keras_shapes.analysis import DEFAULT, Bounds
from keras_shapes.api.describing import describe
from keras_shapes.api.driver import Checked, check_document, check_files
from keras_shapes.api.mending import diff, mend
from keras_shapes.api.project import ProjectSettings
from keras_shapes.api.results import FileResult
from keras_shapes.environments import Environment
from keras_shapes.python_files import Problem
from keras_shapes.reader import may_hold_models
from keras_shapes.rules import Selection
from keras_shapes.rules.selecting import file_ignores
from keras_shapes.settings import RuleSeverity
from keras_shapes.source import Document

if TYPE_CHECKING:
    from keras_shapes.keras_process import Keras


@dataclass(frozen=True, slots=True)
class Fixing:
    """Fixes of files: the safe ones, with `unsafe` the preferred ones too; written only with `write`."""

    unsafe: bool = False
    write: bool = True


@dataclass(frozen=True, slots=True)
class Order:
    """Which Keras is asked, which rules speak and how loud, how much is read, and whether files are mended.

    The user's own code may run with `run_code`, and read `workspace`. Answers are kept on disk with `cache`.
    `per_file_ignores` are rules that are off, by patterns of files below `folder`.
    """

    environment: Environment
    run_code: bool = False
    workspace: Path | None = None
    severities: dict[str, RuleSeverity] = field(default_factory=dict)
    per_file_ignores: dict[str, tuple[str, ...]] = field(default_factory=dict)
    folder: Path | None = None
    bounds: Bounds = DEFAULT
    fixing: Fixing | None = None
    cache: bool = True

    @property
    def selection(self) -> Selection:
        """Which rules speak and how loud, and where they do not."""
        return Selection(self.severities, file_ignores(self.per_file_ignores, self.folder))

    def for_project(self, project: ProjectSettings) -> Order:
        """The order as the settings of a repository have it."""
        ignores = {pattern: tuple(names) for pattern, names in project.settings.per_file_ignores.items()}
        severities = dict(project.selection.severities)
        return replace(self, severities=severities, per_file_ignores=ignores, folder=project.folder)


def fulfil(
    order: Order, files: Iterable[Path | None], keras: Keras, on_tick: Callable[[], object] = lambda: None
) -> Iterator[FileResult]:
    """A result for each file, in order, as it comes; None among the files says that there is none just now."""
    selection = order.selection
    for each in check_files(files, keras, selection=selection, bounds=order.bounds, on_tick=on_tick):
        yield _result(each, order, keras, selection)


def fulfil_text(order: Order, files: Iterable[Path], text: Document, keras: Keras) -> Iterator[FileResult]:
    """The result of a text that stands for a file."""
    selection = order.selection
    for path in files:
        analysis = check_document(text, keras, selection, order.bounds) if may_hold_models(text.text) else None
        yield _result(Checked(path, analysis), order, keras, selection)


def _result(each: Checked | Problem, order: Order, keras: Keras, selection: Selection) -> FileResult:
    if isinstance(each, Problem):
        return FileResult(str(each.path), unchecked=each.reason)
    match order.fixing:
        case None:
            return describe(str(each.path), each.analysis)
        case Fixing(write=False, unsafe=unsafe):
            shown = diff(each, keras, unsafe=unsafe, selection=selection)
            return replace(describe(str(each.path), each.analysis), diff=shown)
        case Fixing(unsafe=unsafe):
            mended = mend(each, keras, unsafe=unsafe, selection=selection)
            result = describe(str(each.path), mended.checked.analysis)
            return replace(result, fixed=mended.titles, unfixed=mended.problem.reason if mended.problem else None)
