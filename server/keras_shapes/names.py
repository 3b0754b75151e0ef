"""Names that come from other files of the project: jedi finds the file, the reader reads it.

jedi is used so that it runs nothing of the workspace (jedi 0.20): its own interpreter's environment without a
subprocess, an explicit `sys.path`, no `.jedi/project.json`, no unsafe extensions, no modules that it imports to look
at them, and caches in a private folder.
"""

from __future__ import annotations

import ast
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from keras_shapes.files import UnreadableFile, read_document
from keras_shapes.source import Document

_ROOT_MARKS = ("pyproject.toml", "setup.py", "setup.cfg", ".git", "requirements.txt")
MAX_PARENTS = 6


@dataclass(eq=False)
class Workspace:
    """The files of a project, as modules. `opened` gives the text of a document that an editor holds."""

    opened: Callable[[str], Document | None] = lambda _path: None
    documents: dict[str, tuple[tuple[float, int], Document]] = field(default_factory=dict)
    paths: dict[tuple[str, str, int], str | None] = field(default_factory=dict)

    def module(self, document: Document, dotted: str, level: int, offset: int) -> Document | None:
        """The document of the project's module `dotted`, or None. Implements `reader.Project`."""
        if not document.path or not os.path.isabs(document.path):
            return None
        folder = os.path.dirname(document.path)
        key = (folder, dotted, level)
        if key not in self.paths:
            self.paths[key] = self._find(document, dotted, level, offset)
        path = self.paths[key]
        return None if path is None else self._document(path)

    def forget(self) -> None:
        """Files came or went: look again."""
        self.paths.clear()

    def _find(self, document: Document, dotted: str, level: int, offset: int) -> str | None:
        found = _by_path(document.path, dotted, level)
        if found is not None or level > 0 or not _may_be_local(document.path, dotted):
            return found
        return _by_jedi(document, offset)

    def _document(self, path: str) -> Document | None:
        opened = self.opened(path)
        if opened is not None:
            return opened
        try:
            status = os.stat(path)
            stamp = (status.st_mtime, status.st_size)
            cached = self.documents.get(path)
            if cached is None or cached[0] != stamp:
                self.documents[path] = (stamp, read_document(Path(path)))
        except (OSError, UnreadableFile):
            return None
        return self.documents[path][1]


def roots_of(path: str) -> list[str]:
    """Folders that imports of a file start from: its own, the project's, and the project's `src`."""
    folder = os.path.dirname(os.path.abspath(path))
    roots = [folder]
    current = folder
    for _ in range(MAX_PARENTS):
        if any(os.path.exists(os.path.join(current, mark)) for mark in _ROOT_MARKS):
            roots += [current, os.path.join(current, "src")]
            break
        parent = os.path.dirname(current)
        if parent == current:
            break
        current = parent
    package = folder
    while os.path.exists(os.path.join(package, "__init__.py")) and os.path.dirname(package) != package:
        package = os.path.dirname(package)
    roots.append(package)
    return list(dict.fromkeys(roots))


def _by_path(path: str, dotted: str, level: int) -> str | None:
    parts = [part for part in dotted.split(".") if part]
    if level > 0:
        folder = os.path.dirname(path)
        for _ in range(level - 1):
            folder = os.path.dirname(folder)
        return _file_of(os.path.join(folder, *parts))
    for root in roots_of(path):
        found = _file_of(os.path.join(root, *parts))
        if found is not None and found != path:
            return found
    return None


def _file_of(stem: str) -> str | None:
    for candidate in (f"{stem}.py", os.path.join(stem, "__init__.py")):
        if os.path.isfile(candidate):
            return os.path.realpath(candidate)
    return None


def _may_be_local(path: str, dotted: str) -> bool:
    """Whether the first name of an import is a file or folder somewhere in the project: else jedi is not asked."""
    first = dotted.split(".", 1)[0]
    return any(os.path.exists(os.path.join(root, first)) for root in roots_of(path))


def _by_jedi(document: Document, offset: int) -> str | None:
    """The file that jedi finds for the import at `offset` (namespace packages, odd layouts)."""
    line = document.line(offset)
    node = _import_at(document, line)
    if node is None:
        return None
    script = _jedi().Script(
        document.python, path=document.path, environment=_environment(), project=_project(tuple(roots_of(document.path)))
    )
    try:
        names = script.goto(line + 1, node, follow_imports=True)
    except Exception:  # noqa: BLE001 - jedi raises of all kinds on odd text; a name that is not found is unknown
        return None
    for name in names:
        found = name.module_path
        if found is not None and any(str(found).startswith(root + os.sep) for root in roots_of(document.path)):
            return os.path.realpath(found)
    return None


def _import_at(document: Document, line: int) -> int | None:
    """The column of the last component of the module that is imported in a line."""
    text = document.python[document.line_starts[line] :].split("\n", 1)[0]
    try:
        statement = ast.parse(text.strip().rstrip("(")).body[0]
    except (SyntaxError, ValueError, IndexError, RecursionError, MemoryError):
        statement = None
    indent = len(text) - len(text.lstrip())
    if isinstance(statement, ast.Import):
        return indent + len("import ") + len(statement.names[0].name)
    before = text.find(" import ")
    return before if text.lstrip().startswith("from ") and before > 0 else None


@cache
def _jedi() -> Any:
    import jedi
    import parso.cache

    private = Path(tempfile.mkdtemp(prefix="keras-shapes-jedi-"))
    jedi.settings.cache_directory = str(private)
    jedi.settings.auto_import_modules = []
    parso.cache._default_cache_path = private  # noqa: SLF001 - parso has no setting; its pickles must not be others'
    return jedi


@cache
def _environment() -> Any:
    return _jedi().InterpreterEnvironment()


@cache
def _project(roots: tuple[str, ...]) -> Any:
    return _jedi().Project(
        path=roots[0], sys_path=list(roots), smart_sys_path=False, load_unsafe_extensions=False
    )
