"""The hooks, in real commits of a real repository: pre-commit installs this program from one as it would from ours."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from programs import write

ROOT = Path(__file__).parents[2]
OF_THE_PACKAGE = ("server", "docs/rules", "scripts", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
RIGHT = """
    from keras import Input, Sequential, layers
    net = Sequential([Input((8,)), layers.Dense(3)])
    """
WRONG = """
    from keras import Input, Sequential, layers
    net = Sequential([Input((28, 28)), layers.Conv2D(8, 3)])
    """
MENDABLE = """
    from keras import Sequential, layers
    net = Sequential([layers.Dense(3, input_shape=(8))])
    """
CONFIG = """
    repos:
      - repo: {hooks}
        rev: v1
        hooks:
          - id: {hook}
    """


@pytest.fixture(scope="module")
def hooks(tmp_path_factory):
    """A repository with this program as it is now, tagged `v1`."""
    folder = tmp_path_factory.mktemp("hooks")
    listing = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *OF_THE_PACKAGE)
    for name in filter(None, listing.stdout.split("\0")):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    git(folder, "init", "-q")
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", "The program")
    git(folder, "tag", "v1")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where pre-commit keeps its environments: made once."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def commit(hooks, home, tmp_path):
    """`commit({"a.py": ...}, hook=...)` in a repository that has the hook installed."""

    def commit_files(files, *, hook="keras-shapes", path=None):
        write(tmp_path, {".pre-commit-config.yaml": CONFIG.format(hooks=hooks.as_posix(), hook=hook), **files})
        variables = {**without_network(), "PRE_COMMIT_HOME": str(home)} | ({} if path is None else {"PATH": path})
        git(tmp_path, "init", "-q")
        command = [sys.executable, "-m", "pre_commit", "install"]
        subprocess.run(command, cwd=tmp_path, env={**os.environ, **variables}, check=True, capture_output=True)
        git(tmp_path, "add", "--all")
        return git(tmp_path, "commit", "-m", "A model", check=False, **variables)

    return commit_files


def test_a_mistake_is_not_committed(commit, tmp_path):
    result = commit({"wrong.py": WRONG, "right.py": RIGHT, "notes.txt": "Sequential"})
    assert result.returncode == 1, result.stderr
    assert "wrong.py:3:25: error[incompatible-input]: Conv2D needs" in result.stderr
    assert "2 files, 2 models" in result.stderr
    assert git(tmp_path, "log", check=False).returncode


def test_what_is_right_is(commit, tmp_path):
    result = commit({"right.py": RIGHT})
    assert result.returncode == 0, result.stderr
    assert git(tmp_path, "log", "--format=%s").stdout == "A model\n"


def test_the_other_hook_mends(commit, tmp_path):
    result = commit({"wrong.py": MENDABLE}, hook="keras-shapes-fix")
    assert result.returncode == 1
    assert "files were modified by this hook" in result.stderr
    assert "input_shape=(8,)" in (tmp_path / "wrong.py").read_text(encoding="utf-8")


def test_without_an_environment_one_line_says_so(commit):
    result = commit({"right.py": RIGHT}, path=os.pathsep.join(system_path()))
    assert result.returncode == 1
    said = [line for line in result.stderr.splitlines() if line.startswith("keras-shapes: ")]
    (line,) = said
    assert line.startswith("keras-shapes: pre-commit runs this in an environment of its own, without TensorFlow")
    assert "[--interpreter, FOLDER]" in line


def without_network():
    """The packages of these tests are there for those that pre-commit installs: nothing is downloaded."""
    packages = sysconfig.get_path("purelib")
    pip = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0"}
    path = os.pathsep.join([str(Path(sys.executable).parent), *system_path()])
    return {**pip, "PYTHONPATH": packages, "PATH": path}


def system_path():
    """Where git is, and no environment."""
    folders = os.environ["PATH"].split(os.pathsep)
    return [folder for folder in folders if not (Path(folder).parent / "pyvenv.cfg").exists()]


def git(folder, *arguments, check=True, **variables):
    who = {
        f"GIT_{role}_{what}": "nobody@example.invalid" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "VIRTUAL_ENV", "CONDA"))}
    return subprocess.run(
        ["git", *map(str, arguments)],
        cwd=folder,
        env={**kept, **who, "GIT_CONFIG_GLOBAL": os.devnull, **variables},
        capture_output=True,
        encoding="utf-8",
        check=check,
    )
