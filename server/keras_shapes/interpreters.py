"""Where interpreters are found: a name on PATH, the active environment, the environment of a project.

Only files are read here, and nothing is started.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from keras_shapes.tracking import is_untracked

ACTIVE = ("VIRTUAL_ENV", "CONDA_PREFIX", "CONDA_DEFAULT_ENV", "UV_PROJECT_ENVIRONMENT", "PYENV_VERSION")
"""Variables that say which environment is active."""

_WINDOWS = os.name == "nt"
_NAMES = ("Scripts/python.exe", "python.exe") if _WINDOWS else ("bin/python", "bin/python3")
_OF_A_PROJECT = (".venv", "venv")
_MOST_FOLDERS = 40
_VERSION = re.compile(r"[\w.+-]{1,80}")
_VERSION_FILE_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Candidate:
    """An interpreter that may be asked, and why. One that is not there is passed over, unless it was `named`."""

    python: Path
    why: str
    named: bool = False


def named(configured: str, why: str, variables: Mapping[str, str], folder: Path) -> Candidate:
    """The interpreter that somebody names: by a path, the folder of an environment, or a name on PATH."""
    path = Path(configured).expanduser()
    if len(path.parts) == 1 and not path.exists():
        found = shutil.which(configured, path=variables.get("PATH"))
        path = Path(found) if found else path
    return Candidate(behind_shim(interpreter_in(path.absolute()), variables, folder), why, named=True)


def active(variables: Mapping[str, str]) -> Iterator[Candidate]:
    """The environment that is activated. That of conda's `base` is active without anybody having said so."""
    if in_hook(variables):
        yield from _before_hook(variables)
    elif variables.get("VIRTUAL_ENV"):
        yield Candidate(interpreter_in(Path(variables["VIRTUAL_ENV"])), "the active environment (VIRTUAL_ENV)")
    if variables.get("CONDA_PREFIX") and not _is_base(variables):
        yield _of_conda(variables)


def in_hook(variables: Mapping[str, str]) -> bool:
    """Whether pre-commit runs this program, in an environment that it has made for it and activated."""
    return variables.get("PRE_COMMIT") == "1" and _is_own_environment(Path(variables.get("VIRTUAL_ENV") or os.devnull))


def last_active(variables: Mapping[str, str]) -> Iterator[Candidate]:
    """What is active where nothing else says more."""
    if variables.get("CONDA_PREFIX") and _is_base(variables):
        yield _of_conda(variables)


def of_project(folder: Path, variables: Mapping[str, str], *, trusted: bool = False) -> Iterator[Candidate]:
    """The environments of the project that a folder lies in: there, or in a folder above.

    To start one runs what lies in it, so that one that others may have put there is none, unless they are `trusted`.
    """
    for place in _project_folders(folder):
        chosen = variables.get("UV_PROJECT_ENVIRONMENT")
        if chosen:
            yield Candidate(interpreter_in(place / chosen), f"{chosen} of {place.name or place}")
        for name in _OF_A_PROJECT:
            if trusted or is_untracked(place / name):
                yield Candidate(interpreter_in(place / name), f"{name} of {place.name or place}")
        for environment in _of_poetry(place, variables):
            yield Candidate(interpreter_in(environment), f"poetry's environment of {place.name}")


def interpreter_in(path: Path) -> Path:
    """The interpreter of an environment's folder; a file stands for itself."""
    if path.is_file():
        return path
    return next(
        (path / name for name in _NAMES if (path / name).is_file()), path / _NAMES[0] if path.is_dir() else path
    )


def missing(variables: Mapping[str, str]) -> str | None:
    """A word about an active environment that is not there any more."""
    named_one = variables.get("VIRTUAL_ENV")
    if not named_one or interpreter_in(Path(named_one)).is_file():
        return None
    return f"VIRTUAL_ENV is {named_one}, where there is no Python"


def behind_shim(python: Path, variables: Mapping[str, str], folder: Path) -> Path:
    """The interpreter that a script of pyenv would start: by PYENV_VERSION, `.python-version`, or the global choice."""
    versions = python.parent.parent / "versions"
    if python.parent.name != "shims" or not versions.is_dir():
        return python
    for wanted in _pyenv_versions(python.parent.parent, variables, folder):
        found = [place for place in sorted(versions.glob(f"{wanted}*")) if _is_version(place.name, wanted)]
        if found:
            return interpreter_in(found[-1])
    return python


def _before_hook(variables: Mapping[str, str]) -> Iterator[Candidate]:
    """What was active when pre-commit began: it has kept the rest of PATH."""
    for place in map(Path, variables.get("PATH", "").split(os.pathsep)):
        environment = place.parent
        if place.is_absolute() and (environment / "pyvenv.cfg").is_file() and not _is_own_environment(environment):
            yield Candidate(interpreter_in(environment), "the active environment, on PATH")


def _is_own_environment(folder: Path) -> bool:
    """Whether the environment of a folder is the one that runs this program."""
    return folder.is_dir() and folder.samefile(sys.prefix)


def _is_base(variables: Mapping[str, str]) -> bool:
    return variables.get("CONDA_DEFAULT_ENV") == "base"


def _of_conda(variables: Mapping[str, str]) -> Candidate:
    return Candidate(interpreter_in(Path(variables["CONDA_PREFIX"])), "the active environment (CONDA_PREFIX)")


def _project_folders(folder: Path) -> Iterator[Path]:
    """The folder and those above it, up to the top of its repository, and never a whole home.

    Where others may put files (`/tmp`), an environment may be anybody's.
    """
    for place in (folder, *folder.parents)[:_MOST_FOLDERS]:
        if place in (Path.home(), place.parent) or not _is_own(place):
            return
        yield place
        if (place / ".git").exists():
            return


def _is_own(folder: Path) -> bool:
    if _WINDOWS:
        return True
    try:
        status = folder.stat()
    except OSError:
        return False
    return status.st_uid == os.getuid() and not status.st_mode & stat.S_IWOTH


def _of_poetry(folder: Path, variables: Mapping[str, str]) -> Sequence[Path]:
    """The environments that poetry keeps elsewhere for a project: their names end with a digest of its folder."""
    if not (folder / "poetry.lock").is_file():
        return ()
    place = os.path.normcase(os.path.realpath(folder))
    digest = base64.urlsafe_b64encode(hashlib.sha256(place.encode()).digest()).decode()[:8]
    return [found for found in sorted(_poetry_folder(variables).glob("*-py3.*")) if f"-{digest}-py" in found.name][::-1]


def _poetry_folder(variables: Mapping[str, str]) -> Path:
    if variables.get("POETRY_VIRTUALENVS_PATH"):
        return Path(variables["POETRY_VIRTUALENVS_PATH"])
    if _WINDOWS:
        return Path(variables.get("LOCALAPPDATA", "")) / "pypoetry" / "Cache" / "virtualenvs"
    if sys.platform == "darwin":
        return Path("~/Library/Caches/pypoetry/virtualenvs").expanduser()
    return Path(variables.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "pypoetry" / "virtualenvs"


def _pyenv_versions(root: Path, variables: Mapping[str, str], folder: Path) -> Iterator[str]:
    texts = [variables.get("PYENV_VERSION", "").replace(":", " ")]
    texts += [_text(place / ".python-version") for place in _project_folders(folder)]
    texts.append(_text(root / "version"))
    for text in texts:
        yield from (word for word in text.split() if _VERSION.fullmatch(word) and word.strip("."))


def _is_version(name: str, wanted: str) -> bool:
    """Whether `3.12.4` is a `3.12`."""
    return name == wanted or name.startswith(f"{wanted}.")


def _text(path: Path) -> str:
    try:
        if not path.is_file():  # to open a pipe would wait for its other end
            return ""
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(_VERSION_FILE_LIMIT)
    except OSError:
        return ""
