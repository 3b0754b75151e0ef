"""Which files to check: the given ones, and the Python files and notebooks of the given folders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from keras_shapes.files import UnreadableFile, read_text
from keras_shapes.ignoring import Patterns, read_patterns

SUFFIXES = (".py", ".ipynb")

_NEVER = frozenset(
    ".git .hg .svn .tox .nox .venv venv __pycache__ node_modules site-packages .ipynb_checkpoints".split()
)
_ENVIRONMENT_MARKS = ("pyvenv.cfg", "conda-meta")


@dataclass(frozen=True, slots=True)
class Problem:
    """A path that cannot be checked, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """The patterns of one folder's `.gitignore`."""

    folder: Path
    patterns: Patterns

    def verdict(self, path: Path, *, folder: bool) -> bool | None:
        """Whether they ignore a path below the folder; None when they do not speak of it."""
        if not path.is_relative_to(self.folder):
            return None
        return self.patterns.verdict(path.relative_to(self.folder).as_posix(), folder=folder)


def find_files(paths: Sequence[Path]) -> Iterator[Path | Problem]:
    """Each file once, in the order of `paths`, folders alphabetically.

    In folders, what git ignores, virtual environments and folders of tools are left out; a file that is given by name
    is always checked.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _of_path(path):
            if isinstance(found, Problem):
                yield found
            elif (real := os.path.realpath(found)) not in seen:
                seen.add(real)
                yield found


def _of_path(path: Path) -> Iterator[Path | Problem]:
    try:
        folder = path.is_dir()
        exists = folder or path.exists() or path.is_symlink()
    except (OSError, ValueError) as error:
        yield Problem(path, str(error))
        return
    if not exists:
        yield Problem(path, "no such file or folder")
    elif not folder:
        known = path.suffix in SUFFIXES
        yield path if known else Problem(path, "neither a Python file (.py) nor a notebook (.ipynb)")
    else:
        found = list(_walk(path, _ignored_above(path)))
        yield from found or [Problem(path, "no Python files or notebooks in this folder")]


def _walk(folder: Path, ignored: tuple[Ignored, ...]) -> Iterator[Path | Problem]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(folder, (error.strerror or str(error)).lower())
        return
    ignored = (*ignored, *_ignored_here(folder))
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _NEVER and not _is_environment(path) and not _ignores(ignored, path, folder=True):
                yield from _walk(path, ignored)
        elif path.suffix in SUFFIXES and entry.is_file() and not _ignores(ignored, path, folder=False):
            yield path


def _is_environment(folder: Path) -> bool:
    return any((folder / mark).exists() for mark in _ENVIRONMENT_MARKS)


def _ignores(ignored: Sequence[Ignored], path: Path, *, folder: bool) -> bool:
    """The nearest `.gitignore` that speaks of a path decides."""
    path = _absolute(path)
    verdicts = (each.verdict(path, folder=folder) for each in reversed(ignored))
    return next((verdict for verdict in verdicts if verdict is not None), False)


def _ignored_above(folder: Path) -> tuple[Ignored, ...]:
    """The patterns of the folders around, up to the top of the repository; none when they ignore the folder itself."""
    folder = _absolute(folder)
    above: list[Path] = []
    for parent in (folder, *folder.parents):
        above.append(parent)
        if (parent / ".git").exists():
            ignored = tuple(each for place in reversed(above[1:]) for each in _ignored_here(place))
            inside = reversed(above[:-1])
            return () if any(_ignores(ignored, place, folder=True) for place in inside) else ignored
    return ()


def _ignored_here(folder: Path) -> Iterator[Ignored]:
    folder = _absolute(folder)
    for name in (".git/info/exclude", ".gitignore"):
        try:
            lines = read_text(folder / name, errors="replace").split("\n")
        except UnreadableFile:
            continue
        yield Ignored(folder, read_patterns(lines))


def _absolute(path: Path) -> Path:
    """Without `..`, and with links as they are written: git too goes by names."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute keeps `..`
