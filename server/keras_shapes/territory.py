"""What belongs to a workspace: its folders, and the whole of each repository that one of them lies in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

_MOST_LINKS = 40


def is_inside(path: Path, folders: Sequence[Path]) -> bool:
    """Whether a path, or anything that it leads over, lies in the territory of one of the folders."""
    territory = {identity for folder in folders for root in roots(folder) if (identity := _identity(root)) is not None}
    return any(
        _identity(place) in territory for way in _ways(path) for place in (way, *way.parents) if _identity(place)
    )


def roots(folder: Path) -> Iterator[Path]:
    """A folder, and the tops of the repositories around it. A whole home, or more, is no repository of a workspace."""
    yield folder
    home = Path.home().resolve()
    for place in folder.resolve().parents:
        if not home.is_relative_to(place) and (place / ".git").exists():
            yield place


def _ways(path: Path) -> Iterator[Path]:
    """The path as it is written, as it is without links, and each link that it leads over."""
    path = path.absolute()
    yield path.resolve()
    for _ in range(_MOST_LINKS):
        yield path.parent.resolve() / path.name
        if ".." not in path.parts:
            yield path
        if not path.is_symlink():
            return
        path = path.parent / path.readlink()


def _identity(place: Path) -> tuple[int, int] | None:
    """The same for all names of a folder, however they are spelt; None where there is nothing."""
    try:
        status = os.stat(place)  # noqa: PTH116 - as short as Path.stat, and links are followed
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
