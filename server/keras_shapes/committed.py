"""A file as it was last committed, asked of git.

git is run only where the workspace is trusted. It reads one object: no hook, filter, pager or monitor of the repository
is started, and nothing is fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from keras_shapes.files import most_bytes

SECONDS = 20
_SAFELY = (
    *("--no-pager", "--no-optional-locks", "--literal-pathspecs"),
    *("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "protocol.allow=never"),
)


class NotCommittedError(Exception):
    """Why there is no such text: one line for people."""


@dataclass(frozen=True, slots=True)
class Committed:
    """What a file holds in the commit that is checked out, and the short name of that commit."""

    revision: str
    data: bytes


def committed(path: Path) -> Committed:
    """The file in HEAD. Waits for a process.

    Raises:
        NotCommittedError: there is no git, no repository, or no such file in it.
    """
    real = path.resolve()
    if not real.is_file():
        raise NotCommittedError(f"{path.name} is not on the disk: there is nothing to compare with")
    git = _git(real)
    revision = _output(git, real, "rev-parse", "--verify", "--short", "HEAD").decode("ascii", "replace").strip()
    name = f"HEAD:./{real.name}"
    try:
        size = int(_output(git, real, "cat-file", "-s", name))
    except NotCommittedError:
        raise NotCommittedError(f"{real.name} is not in HEAD ({revision}): there is nothing to compare with") from None
    if size > most_bytes(real):
        raise NotCommittedError(f"{real.name} is too large in HEAD ({revision})")
    return Committed(revision, _output(git, real, "cat-file", "blob", name))


def _git(path: Path) -> str:
    """The git of the person: on PATH, and not in a folder that the file lies in or that holds it."""
    found = shutil.which("git")
    if found is None:
        raise NotCommittedError("git is not on PATH")
    git = Path(found)
    if not git.is_absolute() or any(
        (folder / ".git").exists() and git.is_relative_to(folder) for folder in path.parents
    ):
        raise NotCommittedError(f"the git that is found lies in the repository itself: {found}")
    return found


def _output(git: str, path: Path, *arguments: str) -> bytes:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    try:
        result = subprocess.run(
            [git, *_SAFELY, *arguments],
            cwd=path.parent,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotCommittedError(f"git does not answer: {error}") from None
    if result.returncode != 0:
        said = result.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NotCommittedError(f"git says: {said[0] if said else 'nothing'}")
    return result.stdout
