"""`check --fix`: what it writes, what it leaves alone, what it shows."""

from __future__ import annotations

import json

import pytest
from programs import write

STACKED = """\
from keras import Sequential, layers

model = Sequential([
    layers.LSTM(8, input_shape=(10, 4)),
    layers.LSTM(8),
    layers.Dense(1, actvation="relu"),
])
"""
MENDED = STACKED.replace("LSTM(8, input", "LSTM(8, return_sequences=True, input")


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path, {"a.py": STACKED})


def test_safe_fixes_are_written_once(folder, run):
    first = run("check", "--fix", "a.py", cwd=folder)
    assert "a.py: fixed: Add return_sequences=True" in first.stdout
    assert "did you mean activation?" in first.stdout
    assert first.returncode == 1
    assert (folder / "a.py").read_text() == MENDED
    second = run("check", "--fix", "a.py", cwd=folder)
    assert "fixed:" not in second.stdout
    assert (folder / "a.py").read_text() == MENDED


def test_a_protected_file_is_reported_and_left(folder, run):
    (folder / "b.py").write_text(STACKED)
    (folder / "a.py").chmod(0o444)
    result = run("check", "--fix", "a.py", "b.py", cwd=folder)
    assert result.returncode == 2
    assert result.stderr == "keras-shapes: a.py: the file is read-only: nothing was written\n"
    assert (folder / "a.py").read_text() == STACKED
    assert (folder / "b.py").read_text() == MENDED


def test_unsafe_fixes_are_the_other_preferred_ones(folder, run):
    result = run("check", "--fix", "--unsafe-fixes", "a.py", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert (folder / "a.py").read_text() == MENDED.replace("actvation", "activation")
    assert "1 file, 1 model: 1 built" in result.stdout


def test_diff_writes_nothing(folder, run):
    result = run("check", "--diff", "a.py", cwd=folder)
    assert "--- a.py\n+++ a.py\n" in result.stdout
    assert "+    layers.LSTM(8, return_sequences=True, input_shape=(10, 4)),\n" in result.stdout
    assert (folder / "a.py").read_text() == STACKED


def test_json_has_the_fixes_and_tells_what_is_left(folder, run):
    [file] = json.loads(run("check", "--output-format", "json", "a.py", cwd=folder).stdout)["files"]
    fixes = {fix["title"]: fix for each in file["diagnostics"] for fix in each["fixes"]}
    fix = fixes["Add return_sequences=True"]
    assert (fix["proven"], fix["preferred"], fix["safe"]) == (True, True, True)
    [edit] = fix["edits"]
    assert edit["content"] == "return_sequences=True, "
    assert edit["location"] == {"row": 4, "column": 20, "cell": None}
    [file] = json.loads(run("check", "--fix", "--output-format", "json", "a.py", cwd=folder).stdout)["files"]
    assert [each["code"] for each in file["diagnostics"]] == ["invalid-argument"]


def test_notebook_is_fixed_in_its_cell(tmp_path, run):
    cell = {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": 3,
        "source": STACKED.splitlines(True),
    }
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    write(tmp_path, {"a.ipynb": json.dumps(notebook, indent=1)})
    run("check", "--fix", "a.ipynb", cwd=tmp_path)
    cell["source"] = MENDED.splitlines(keepends=True)
    assert (tmp_path / "a.ipynb").read_text() == json.dumps(notebook, indent=1)


@pytest.mark.parametrize("options", [["--unsafe-fixes"], ["--diff", "--output-format", "json"]])
def test_options_that_make_no_sense_together(folder, run, options):
    result = run("check", *options, "a.py", cwd=folder)
    assert result.returncode == 2
    assert "goes with --fix" in result.stderr or "does not go with" in result.stderr
