"""Which interpreter to ask: of those that are configured, active, of the project or likely.

Merely starting an interpreter runs the `.pth` files of its environment. So one that lies in the workspace is taken
only when the workspace is trusted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from keras_shapes import interpreters, personal
from keras_shapes.environments.environment import OLDEST_PYTHON, Environment, inspect, numbers
from keras_shapes.environments.installed import settings_of
from keras_shapes.territory import is_inside

_OF_A_HOOK = (
    "pre-commit runs this in an environment of its own, without TensorFlow: activate the environment of your "
    "project, or name it in the hook's args: [--interpreter, FOLDER]"
)


def choose_interpreter(
    configured: Path | str | None = None,
    *,
    why: str = "--interpreter",
    use_active: bool = False,
    workspaces: Sequence[Path] = (),
    trusted: bool = False,
    project: Path | None = None,
    variables: Mapping[str, str] = os.environ,
) -> Environment:
    """The interpreter to ask: the configured one, else the active one, that of the project, or the one that runs this.

    `configured` comes from the command line, the client or the machine's settings, never from the repository;
    `why` says which. With `use_active`, an activated environment (`VIRTUAL_ENV`, `CONDA_PREFIX`) comes next, then that
    of the `project` that this folder lies in (`.venv`), if the repository does not bring it. One inside untrusted
    `workspaces`, or in a repository that one of them lies in, is not taken.
    """
    if configured:
        one = interpreters.named(str(configured), why, variables, project or Path.cwd())
        if trusted or not is_inside(one.python, workspaces):
            return inspect(one.python, one.why, variables)
        problem = f"{one.python} lies in this workspace, which is not trusted"
        return Environment(one.python, one.why, problem=problem)
    known = variables if use_active else {}
    word = interpreters.missing(known)
    own = interpreters.Candidate(Path(sys.executable), "it runs keras-shapes")
    of_project = interpreters.of_project(project.absolute(), known, trusted=trusted) if project is not None else ()
    found = (*interpreters.active(known), *of_project, *interpreters.last_active(known), own)
    one = next(one for one in found if _may_be_taken(one.python, workspaces, trusted=trusted) or one is own)
    if one is own and project is not None and not workspaces:
        word = word or _word_of_held_back(project.absolute(), known)
    environment = inspect(one.python, f"{one.why} ({word})" if word else one.why, variables)
    if one is own and environment.problem is not None and interpreters.in_hook(known):
        return replace(environment, problem=_OF_A_HOOK)
    return environment


def find_interpreter(
    *,
    workspaces: Sequence[Path] = (),
    trusted: bool = False,
    project: Path | None = None,
    variables: Mapping[str, str] = os.environ,
) -> Environment:
    """The interpreter to ask in an editor where nobody has chosen: of the likely ones, the first that has Keras.

    Where none has it, the one that `choose_interpreter` takes, with a word about one that only trust is missing for.
    """
    found = (
        inspect(one.python, one.why, variables)
        for one in _likely(project, variables, trusted=trusted)
        if _may_be_taken(one.python, workspaces, trusted=trusted)
    )
    usable = next((environment for environment in found if environment.problem is None), None)
    if usable is not None:
        return usable
    usual = choose_interpreter(
        use_active=True, workspaces=workspaces, trusted=trusted, project=project, variables=variables
    )
    held = None if trusted else _held_back(workspaces, variables)
    return usual if held is None else replace(usual, problem=f"this folder is not trusted: {_has_keras(held)}")


def all_interpreters(
    *,
    workspaces: Sequence[Path] = (),
    trusted: bool = False,
    project: Path | None = None,
    variables: Mapping[str, str] = os.environ,
) -> list[Environment]:
    """What there is to choose from, what can be asked first; one that is too old for any Keras is left out."""
    found: dict[Path, Environment] = {}
    for one in _likely(project, variables, trusted=True):
        if not one.python.is_file() or (key := _identity(one.python)) in found:
            continue
        environment = inspect(one.python, one.why, variables)
        if not _may_be_taken(one.python, workspaces, trusted=trusted):
            environment = replace(environment, problem="it lies in this workspace, which is not trusted")
        if numbers(environment.python_version or "3.12") >= OLDEST_PYTHON:
            found[key] = environment
    return sorted(found.values(), key=lambda each: each.problem is not None)


def _likely(project: Path | None, variables: Mapping[str, str], *, trusted: bool) -> Iterable[interpreters.Candidate]:
    folder = (project or Path.home()).absolute()
    yield from interpreters.active(variables)
    if project is not None:
        yield from interpreters.of_project(folder, variables, trusted=trusted)
    yield from interpreters.last_active(variables)
    yield interpreters.Candidate(Path(sys.executable), "it runs keras-shapes")
    yield from personal.on_path(variables, folder)
    yield from personal.of_person(Path(variables.get("HOME") or Path.home()))


def _identity(python: Path) -> Path:
    """Equal for the names of one interpreter; links are not followed out of an environment."""
    if settings_of(python) is not None:
        return python.parent.resolve()
    return python.resolve()


def _may_be_taken(python: Path, workspaces: Sequence[Path], *, trusted: bool) -> bool:
    return python.is_file() and (trusted or not is_inside(python, workspaces))


def _held_back(folders: Iterable[Path], variables: Mapping[str, str]) -> Environment | None:
    """The environment with Keras that only trust is missing for."""
    ones = (one for folder in folders for one in interpreters.of_project(folder, variables, trusted=True))
    found = (inspect(one.python, one.why, variables) for one in ones if one.python.is_file())
    return next((environment for environment in found if environment.problem is None), None)


def _word_of_held_back(folder: Path, variables: Mapping[str, str]) -> str | None:
    held = _held_back([folder], variables)
    if held is None:
        return None
    return f"{_has_keras(held)} and may have come with it: `--interpreter {held.python.parent.parent}` asks it"


def _has_keras(environment: Environment) -> str:
    return f"{environment.why} has Keras {environment.keras}"
