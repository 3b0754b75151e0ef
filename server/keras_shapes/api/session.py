"""One Keras for many questions, for programs that go on asking: it starts once, and the files may change in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from keras_shapes.analysis import Analysis
from keras_shapes.api.checking import Check, Wish, asking, found_files, order_of
from keras_shapes.api.describing import describe
from keras_shapes.api.driver import Checked, check_document, check_files
from keras_shapes.api.mending import Mended, mend_one
from keras_shapes.api.order import Order
from keras_shapes.api.project import project_settings
from keras_shapes.api.results import FileResult
from keras_shapes.diagnostic import Fix
from keras_shapes.keras_process import Keras
from keras_shapes.python_files import Problem
from keras_shapes.rules import Selection
from keras_shapes.source import Document


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """What is asked of one Keras; the settings are those of the repository at the time of a question."""

    keras: Keras
    _order: Order

    def check(self, paths: Sequence[Path]) -> Iterator[FileResult]:
        """A result for each file, in order, as it comes."""
        project = project_settings(Path.cwd())
        order = self._order.for_project(project)
        return Check(order, self.keras, found_files(Wish(tuple(paths)), project), 1).results()

    def check_document(self, document: Document) -> FileResult:
        """The result of one text."""
        return describe(document.path, self.analyse(document))

    def analyse(self, document: Document) -> Analysis:
        """What is known of a text, with its fixes, in the words of the inside."""
        return check_document(document, self.keras, self._selection())

    def read(self, path: Path) -> Checked | Problem:
        """What is known of a file, in the words of the inside."""
        return next(check_files([path], self.keras, selection=self._selection()))

    def mend(self, file: Checked, fix: Fix) -> Mended:
        """Write one fix into a file, and look at it again."""
        return mend_one(file, fix, self.keras, self._selection())

    def _selection(self) -> Selection:
        return project_settings(Path.cwd()).selection


@contextmanager
def session(near: Path | None = None, *, interpreter: Path | None = None, run_code: bool = False) -> Iterator[Session]:
    """A session with the Keras of an interpreter; without one, with that of the project that `near` lies in."""
    wish = Wish((near,) if near else (), interpreter=interpreter, run_code=run_code)
    order = order_of(wish, project_settings(Path.cwd()))
    with asking(order) as keras:
        yield Session(keras, order)
