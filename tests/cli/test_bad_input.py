"""Files that cannot be checked: one line each, the others are checked all the same, exit code 2."""

from __future__ import annotations

import os
import stat
import sys
import venv
from pathlib import Path

import pytest
from programs import write

REFUSED = """
from keras import Sequential, layers
model = Sequential([layers.Dense(-1)])
"""
LATIN = """# -*- coding: latin-1 -*-
from keras import Sequential, layers
model = Sequential([layers.Dense(1, name='caf\xe9')])
"""


ODD = "notebook2.ipynb" if sys.platform == "win32" else "note\x1b[2Jbook.ipynb"
"""Names of files may hold what a terminal obeys, except on Windows."""
SHOWN = ODD.replace("\x1b", "�")


@pytest.fixture(scope="module")
def result(run, tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("bad"), {"good.py": REFUSED, "empty/notes.txt": ""})
    (folder / "binary.py").write_bytes(b"Sequential\0\1\2")
    (folder / "notebook.ipynb").write_bytes(b"Sequential, but no JSON")
    (folder / "latin.py").write_bytes(LATIN.encode("latin-1"))
    (folder / "undecodable.py").write_bytes(b"name = 'caf\xe9 Sequential'\n")
    (folder / "large.py").write_bytes(b"# Sequential\n" * 4_000_000)
    (folder / ODD).write_bytes(b"[]")
    names = ["good.py", "binary.py", "latin.py", "undecodable.py", "large.py", "missing.py", "empty"]
    return run("check", *names, *sorted(path.name for path in folder.glob("*.ipynb")), cwd=folder)


@pytest.mark.parametrize(
    "line",
    [
        "binary.py: a binary file",
        "notebook.ipynb: not a notebook: it is not JSON",
        "large.py: larger than 2 MB",
        "missing.py: no such file or folder",
        "empty: no Python files or notebooks in this folder",
        f"{SHOWN}: not a notebook: it has no cells",
    ],
)
def test_one_line_each(result, line):
    assert f"keras-shapes: {line}" in result.stderr.splitlines()


def test_what_has_no_encoding_is_told_in_one_line(result):
    assert sum("undecodable.py" in line for line in result.stderr.splitlines()) == 1


def test_nothing_else_is_said(result):
    assert len(result.stderr.splitlines()) == 7
    assert result.returncode == 2


def test_the_others_are_checked(result):
    assert "good.py:3:34: error[invalid-argument]" in result.stdout
    assert "2 files, 2 models: " in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_is_not_opened(run, tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    result = run("check", "pipe.py", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (2, "keras-shapes: pipe.py: not a regular file\n")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_to_itself(run, tmp_path):
    (tmp_path / "loop.py").symlink_to("loop.py")
    result = run("check", "loop.py", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (2, "keras-shapes: loop.py: too many levels of symbolic links\n")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(run, tmp_path):
    write(tmp_path, {"secret.py": REFUSED})
    (tmp_path / "secret.py").chmod(0)
    result = run("check", "secret.py", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (2, "keras-shapes: secret.py: permission denied\n")


def test_terminal_escapes_are_not_passed_on(run, tmp_path):
    write(tmp_path, {"a.py": REFUSED + 'm = Sequential([layers.Dense(1, activation="\x1b[2Jred")])\n'})
    result = run("check", "a.py", cwd=tmp_path)
    assert "activation" in result.stdout
    assert "\x1b" not in result.stdout


def test_an_interpreter_without_tensorflow(run, tmp_path):
    write(tmp_path, {"a.py": REFUSED})
    venv.create(tmp_path / "bare")
    result = run("check", "a.py", "--interpreter", "bare", cwd=tmp_path)
    assert result.returncode == 2
    [line] = result.stderr.splitlines()
    assert line.startswith("keras-shapes: no TensorFlow in ")
    assert line.endswith("pip install tensorflow")


def test_an_interpreter_with_keras_2(run, tmp_path):
    write(tmp_path, {"a.py": REFUSED})
    venv.create(tmp_path / "old")
    [packages] = (tmp_path / "old").rglob("site-packages")
    for name in ("tensorflow-2.12.0", "keras-2.12.0"):
        write(packages, {f"{name}.dist-info/METADATA": ""})
    result = run("check", "a.py", "--interpreter", "old", cwd=tmp_path)
    assert result.returncode == 2
    [line] = result.stderr.splitlines()
    assert "Keras 2.12.0" in line
    assert "Keras 3 is needed" in line


@pytest.mark.skipif(sys.platform == "win32", reason="the interpreter is replaced by a shell script")
def test_a_worker_that_dies(run, tmp_path):
    write(tmp_path, {"a.py": REFUSED, "plain.py": "print('Sequential')"})
    venv.create(tmp_path / "dying", symlinks=True)
    [packages] = (tmp_path / "dying").rglob("site-packages")
    for name in ("tensorflow-2.21.0", "keras-3.15.1"):
        write(packages, {f"{name}.dist-info/METADATA": ""})
    python = Path(tmp_path / "dying" / "bin" / "python")
    python.unlink()
    write(python.parent, {"python": "#!/bin/sh\nexit 3\n"})
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    result = run("check", "--interpreter", "dying", cwd=tmp_path, XDG_CACHE_HOME=str(tmp_path))
    assert result.returncode == 2
    [line] = result.stderr.splitlines()
    assert line == "keras-shapes: a.py:3: Keras' process ended with code 3 (3 times in a row)"
    assert "2 files, 1 model: 1 unknown" in result.stdout
