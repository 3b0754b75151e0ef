"""The interpreters of a person: those on PATH, and the environments that tools keep in the home folder.

Only names of files are read here, and nothing is started.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from keras_shapes.interpreters import Candidate, behind_shim, interpreter_in

_MOST = 50
"""Of one folder: more environments than anybody looks through."""

_ENVIRONMENTS = (
    ".virtualenvs",
    ".venvs",
    ".pyenv/versions",
    ".local/share/virtualenvs",
    ".conda/envs",
    *(f"{base}/envs" for base in ("miniconda3", "anaconda3", "miniforge3", "mambaforge")),
)
_BASES = ("miniconda3", "anaconda3", "miniforge3", "mambaforge")
_NAMES = ("python.exe",) if os.name == "nt" else ("python3", "python")


def on_path(variables: Mapping[str, str], folder: Path) -> Iterator[Candidate]:
    """What a terminal would start."""
    for place in variables.get("PATH", "").split(os.pathsep):
        if not Path(place).is_absolute():
            continue
        for name in _NAMES:
            found = shutil.which(name, path=place)
            if found:
                yield Candidate(behind_shim(Path(found), variables, folder), f"{name} on PATH")


def of_person(home: Path) -> Iterator[Candidate]:
    """Environments in the folders where pyenv, virtualenvwrapper, pipenv and conda keep them."""
    for name in _ENVIRONMENTS:
        for place in _folders(home / name):
            yield Candidate(interpreter_in(place), f"{place.name} in {home / name}")
    for name in _BASES:
        yield Candidate(interpreter_in(home / name), f"the base of {name}")


def _folders(place: Path) -> list[Path]:
    try:
        return sorted(path for path in place.iterdir() if path.is_dir())[:_MOST]
    except OSError:
        return []
