"""Modules of the user's own project: found by whoever reads files, read here by the same interpreter."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from keras_shapes.reader.limits import OutOfSteps
from keras_shapes.reader.scopes import Scope
from keras_shapes.reader.sources import Source
from keras_shapes.reader.values import ModuleValue
from keras_shapes.repair import Offsets, Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.source import Document

MOST_MODULES = 40


class Project(Protocol):
    """Finds modules of the project that a document belongs to."""

    def module(self, document: Document, dotted: str, level: int, offset: int) -> Document | None:
        """The document of the module that `dotted` means in `document`; `level` counts the leading dots.

        `offset` is where it is imported. None for modules of Python, of libraries, and for anything else.
        """
        ...

    def parse(self, document: Document, look: Callable[[], None]) -> Parsed:
        """See `repair.parse`; a project may remember trees."""
        ...


class NoProject:
    """A document on its own."""

    def module(self, document: Document, dotted: str, level: int, offset: int) -> Document | None:
        """Nothing."""
        del document, dotted, level, offset
        return None

    def parse(self, document: Document, look: Callable[[], None]) -> Parsed:
        """See `repair.parse`."""
        return parse(document, look)


@dataclass(eq=False)
class Modules:
    """The modules that were read for one document. A module that is being read is seen as far as it was read."""

    project: Project
    loaded: dict[str, ModuleValue] = field(default_factory=dict)
    documents: dict[int, Document] = field(default_factory=dict)

    def find(self, it: Interpreter, dotted: str, level: int, node: ast.AST) -> ModuleValue | None:
        """The project's module that an import names, or None when it is somebody else's."""
        first = dotted.split(".", 1)[0]
        if level == 0 and first in LIBRARIES:
            return None
        document = self.project.module(it.source.document, dotted, level, it.source.span(node).start)
        return None if document is None else self._load(it, document, dotted, node)

    def submodule(self, it: Interpreter, module: ModuleValue, name: str) -> ModuleValue | None:
        """The module `name` of a package of the project."""
        document = self.documents.get(id(module))
        if document is None or not document.path.endswith("__init__.py"):
            return None
        found = self.project.module(document, name, 1, 0)
        return None if found is None else self._load(it, found, f"{module.name}.{name}", None)

    def _load(self, it: Interpreter, document: Document, dotted: str, node: ast.AST | None) -> ModuleValue | None:
        if document.path in self.loaded:
            return self.loaded[document.path]
        if len(self.loaded) >= MOST_MODULES or document.path == it.source.document.path:
            return None
        module = ModuleValue(dotted, Scope(name=dotted))
        self.loaded[document.path] = module
        self.documents[id(module)] = document
        tree = self.project.parse(document, it.budget.look).tree
        source = Source(document, Offsets(document), tree, foreign=True)
        crossing = it.span(node) if node is not None else it.crossing
        with it.reading(source, crossing), it.untouched():
            self._run(it, tree, module)
        return module

    def _run(self, it: Interpreter, tree: ast.Module, module: ModuleValue) -> None:
        left = it.budget.left
        for statement in tree.body:
            it.budget.refill()
            try:
                it.execute([statement], module.scope)
            except OutOfSteps:
                continue
        it.budget.left = left


LIBRARIES = frozenset(
    "tensorflow keras numpy pandas sklearn matplotlib scipy os sys math random time json re argparse collections "
    "itertools functools typing dataclasses pathlib logging datetime pickle copy glob shutil seaborn cv2 PIL torch "
    "tensorflow_datasets tensorflow_hub keras_tuner kerastuner tqdm __future__ abc string csv io warnings".split()
)
