"""Files of a folder that nobody means well with: `check` reads what it can, says one line about the rest, and ends."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from programs import write

from conftest import COMMAND

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices in folders")

BUILT = "x = 1\n"
SECONDS = 20


def check(folder, *arguments: str):
    """The command with limits of its own, for when it would not end."""
    limits = 'ulimit -t 15; ulimit -v 4000000; exec "$0" "$@"'
    command = ["bash", "-c", limits, str(COMMAND), "check", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=SECONDS)


def fifo(path):
    os.mkfifo(path)


def endless(path):
    path.symlink_to("/dev/zero")


def folder_instead(path):
    path.mkdir()


def huge(path):
    with path.open("wb") as file:
        file.truncate(3_000_000_000)


@pytest.mark.parametrize("make", [fifo, endless, folder_instead, huge])
def test_ignore_file_that_is_no_small_file_ignores_nothing(tmp_path, make):
    write(tmp_path, {"a.py": BUILT})
    make(tmp_path / ".gitignore")
    result = check(tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("1 file")


@pytest.mark.parametrize("pattern", ["!", "foo\\", "[z-a]", "*a" * 40 + "b", "[", "\0", "!" * 1000, "**/" * 1000 + "a"])
def test_bad_patterns_are_left_out(tmp_path, pattern):
    write(tmp_path, {".gitignore": f"{pattern}\nb.py\n", "a.py": BUILT, "b.py": BUILT, f"{'a' * 200}.py": BUILT})
    result = check(tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("2 files")


@pytest.mark.parametrize("make", [fifo, endless, folder_instead, huge])
def test_settings_that_are_no_small_file(tmp_path, make):
    write(tmp_path, {"a.py": BUILT})
    make(tmp_path / "pyproject.toml")
    result = check(tmp_path)
    assert result.returncode == 0
    assert len(result.stderr.splitlines()) == 1


def test_settings_with_a_key_of_many_parts(tmp_path):
    write(tmp_path, {"a.py": BUILT, "pyproject.toml": ("a." * 10_000 + "a = 1\n") * 10})
    result = check(tmp_path)
    assert result.returncode == 0
    assert "a key of more than 100 parts" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_exclude_with_a_hostile_pattern(tmp_path):
    settings = f'[tool.keras-shapes]\nexclude = ["{"*a" * 40}b", "!", "[", "c.py"]\n'
    write(tmp_path, {"pyproject.toml": settings, f"{'a' * 200}.py": BUILT, "c.py": BUILT})
    result = check(tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("1 file")


@pytest.mark.parametrize(
    "sheets", ['[{"cells": 3}]', '[{"cells": {"a": 1}}]', "[3, null]", '[{"cells": [3, {"input": 3}]}]']
)
def test_notebook_whose_sheets_hold_no_cells(tmp_path, sheets):
    write(tmp_path, {"a.ipynb": f'{{"worksheets": {sheets}}}'})
    result = check(tmp_path)
    assert (result.returncode, result.stderr) == (0, "")


def test_cells_of_blank_lines(tmp_path):
    cell = '{"cell_type": "code", "source": "' + r"\r\n" * 10_000 + 'x = 1"}'
    write(tmp_path, {"a.ipynb": f'{{"cells": [{cell}]}}'})
    assert check(tmp_path).returncode == 0


@pytest.mark.parametrize("command", ["check", "summary", "doctor"])
def test_current_folder_is_gone(tmp_path, command):
    lost = tmp_path / "lost"
    lost.mkdir()
    script = f'cd {lost}; rmdir {lost}; exec "{COMMAND}" {command} a.py'
    result = subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8", check=False, timeout=SECONDS)
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1] == "keras-shapes: the current folder is gone"
