"""What a repository brings with it, as the index of git has it: whatever is there may be anybody's."""

from __future__ import annotations

from pathlib import Path

_READABLE = (b"DIRC\0\0\0\2", b"DIRC\0\0\0\3")
"""Heads of the versions of the index in which whole paths stand (git 2.50, `gitformat-index`)."""
_LONGEST_INDEX = 64 << 20


def is_untracked(path: Path) -> bool:
    """Whether a path lies in a clone and did not come with it. False where nobody knows: outside of any clone."""
    top = next((folder for folder in path.parents if (folder / ".git").exists()), None)
    if top is None or not (top / ".git").is_dir() or any((top / ".git").glob("sharedindex.*")):
        return False
    try:
        return not _names(top / ".git" / "index", path.relative_to(top).as_posix())
    except OSError:
        return False


def _names(index: Path, path: str) -> bool:
    """Whether an index names a path, or something in it; it may where the index cannot be read."""
    if not index.exists():
        return False
    if not index.is_file() or index.stat().st_size > _LONGEST_INDEX:
        return True
    content, name = index.read_bytes().lower(), path.lower().encode()
    return (
        not content.startswith(tuple(map(bytes.lower, _READABLE))) or name + b"/" in content or name + b"\0" in content
    )
