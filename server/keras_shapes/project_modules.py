"""Names that come from other files of the project: jedi finds the file, the reader reads it.

jedi is used so that it runs nothing of the workspace (jedi 0.20): its own interpreter's environment without a
subprocess, an explicit `sys.path`, no `.jedi/project.json`, no unsafe extensions, no modules that it imports to look
at them, and caches in a private folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from keras_shapes.files import UnreadableFile, read_document
from keras_shapes.repair import Parsed, parse
from keras_shapes.repair.recent import RecentTrees
from keras_shapes.source import Document
from keras_shapes.temporary import new_folder

_ROOT_MARKS = ("pyproject.toml", "setup.py", "setup.cfg", ".git", "requirements.txt")
_MAX_PARENTS = 6
MOST_DOCUMENTS = 500
MOST_PATHS = 20_000


@dataclass(eq=False)
class Workspace:
    """The files of a project, as modules. `opened` gives the text of a document that an editor holds."""

    opened: Callable[[str], Document | None] = lambda _path: None
    documents: dict[Path, tuple[tuple[float, int], Document]] = field(default_factory=dict)
    paths: dict[tuple[Path, str, int], Path | None] = field(default_factory=dict)
    trees: RecentTrees = field(default_factory=lambda: RecentTrees(parse))

    def module(self, document: Document, dotted: str, level: int, offset: int) -> Document | None:
        """The document of the project's module `dotted`, or None. Implements `reader.Project`."""
        path = Path(document.path)
        if not document.path or not path.is_absolute():
            return None
        key = (path.parent, dotted, level)
        if key not in self.paths:
            self.paths[key] = _find(document, path, dotted, level, offset)
        found = self.paths[key]
        return None if found is None else self._document(found)

    def parse(self, document: Document, look: Callable[[], None]) -> Parsed:
        """The tree of a document; of an edited one, what was not touched is known. Implements `reader.Project`."""
        return self.trees.parse(document, look)

    def forget(self) -> None:
        """Files came or went: look again."""
        self.paths.clear()

    def forget_documents(self) -> None:
        """Read files anew when they are needed, and parse texts as a whole."""
        self.documents = {}
        self.trees.forget()

    def _make_room(self) -> None:
        """What is kept does not grow with the number of files that are checked."""
        if len(self.documents) >= MOST_DOCUMENTS:
            self.documents = {}
        if len(self.paths) >= MOST_PATHS:
            self.paths = {}

    def _document(self, path: Path) -> Document | None:
        opened = self.opened(str(path))
        if opened is not None:
            return opened
        try:
            status = path.stat()
            stamp = (status.st_mtime, status.st_size)
            cached = self.documents.get(path)
            if cached is None or cached[0] != stamp:
                self._make_room()
                self.documents[path] = (stamp, read_document(path))
        except (OSError, UnreadableFile):
            return None
        return self.documents[path][1]


def roots_of(path: Path) -> list[Path]:
    """Folders that imports of a file start from: its own, the project's and its `src`, and its outermost package's."""
    folder = path.parent
    project = next((one for one in [folder, *folder.parents][:_MAX_PARENTS] if _is_root(one)), None)
    roots = [folder, *([project, project / "src"] if project is not None else [])]
    package = folder
    while (package / "__init__.py").is_file() and package.parent != package:
        package = package.parent
    return list(dict.fromkeys([*roots, package]))


def _is_root(folder: Path) -> bool:
    return any((folder / mark).exists() for mark in _ROOT_MARKS)


def _find(document: Document, path: Path, dotted: str, level: int, offset: int) -> Path | None:
    parts = [part for part in dotted.split(".") if part]
    for folder in _starts(path, level):
        found = _file_of(folder.joinpath(*parts))
        if found is not None and found != path.resolve():
            return found
    is_local = level == 0 and any((root / parts[0]).exists() for root in roots_of(path))
    return _by_jedi(document, path, offset) if is_local else None


def _starts(path: Path, level: int) -> Iterator[Path]:
    """Folders where the search for a module starts; a relative import has one."""
    if level == 0:
        yield from roots_of(path)
    elif level <= len(path.parents):
        yield path.parents[level - 1]


def _file_of(stem: Path) -> Path | None:
    for candidate in (stem.with_name(f"{stem.name}.py"), stem / "__init__.py"):
        if candidate.is_file():
            return candidate.resolve()
    return None


def _by_jedi(document: Document, path: Path, offset: int) -> Path | None:
    """The file that jedi finds for the import at `offset` (namespace packages, odd layouts)."""
    line = document.line(offset)
    column = _module_column(document.python[document.line_starts[line] :].partition("\n")[0])
    roots = roots_of(path)
    script = _jedi().Script(
        document.python, path=path, environment=_environment(), project=_project(tuple(map(str, roots)))
    )
    try:
        names = script.goto(line + 1, column, follow_imports=True)
    except Exception:  # noqa: BLE001 - jedi raises of all kinds on odd text; a name that is not found is unknown
        return None
    found = [Path(name.module_path).resolve() for name in names if name.module_path is not None]
    return next((one for one in found if any(one.is_relative_to(root.resolve()) for root in roots)), None)


def _module_column(line: str) -> int:
    """The column of the end of the module's name in `import a.b` or `from a.b import c`."""
    indent = len(line) - len(line.lstrip())
    if line.lstrip().startswith("from "):
        return max(line.find(" import"), indent)
    return indent + len(line.split("#", maxsplit=1)[0].split(" as ", maxsplit=1)[0].split(",", maxsplit=1)[0].strip())


@cache
def _jedi() -> Any:
    import jedi  # type: ignore[import-untyped]
    import parso.cache

    private = new_folder("jedi")
    jedi.settings.cache_directory = str(private)
    jedi.settings.auto_import_modules = []
    parso.cache._default_cache_path = private  # noqa: SLF001 - parso has no setting; its pickles must not be others'
    return jedi


@cache
def _environment() -> Any:
    return _jedi().InterpreterEnvironment()


@cache
def _project(roots: tuple[str, ...]) -> Any:
    return _jedi().Project(path=roots[0], sys_path=list(roots), smart_sys_path=False, load_unsafe_extensions=False)
