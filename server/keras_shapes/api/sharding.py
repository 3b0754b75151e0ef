"""Splitting the files of a repository among machines, so that each file is always the same one's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` (1-based) of `count` parts."""

    number: int
    count: int

    def has(self, path: Path, folder: Path) -> bool:
        """Whether a file is in this part: by its path below `folder`, so that it is the same on every machine."""
        path = path.absolute()
        name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
        digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.number - 1
