"""Programs as files."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files, given by their names in the folder, with the indentation of the test taken away."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return folder
