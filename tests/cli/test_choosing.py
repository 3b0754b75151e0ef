"""What `check` reads and which rules speak where, as the command line, a file and the project say."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from programs import write

BOTH = """
    from keras import Input, Sequential, layers
    net = Sequential([Input((8, 8, 3)), layers.Flatten(), layers.Reshape((4, 4, 4))])
    bad = Sequential([Input((28, 28)), layers.Conv2D(8, 3)])
    odd = Sequential([Input((8,)), layers.Dense(1, activation="softmax")])
    """
RESHAPE, INPUT, SOFTMAX = "reshape-size", "incompatible-input", "softmax-over-one-unit"
ALL = [RESHAPE, INPUT, SOFTMAX]


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path, {"a.py": BOTH, "tests/b.py": BOTH, ".git/HEAD": ""})


@pytest.fixture
def rules_in(run, folder):
    """The rules that speak, by file."""

    def found(*arguments, **more):
        result = run("check", *arguments, "--output-format", "json", cwd=folder, **more)
        assert result.stderr == ""
        files = json.loads(result.stdout)["files"]
        return {file["filename"]: [each["code"] for each in file["diagnostics"]] for file in files}

    return found


def settings(folder, text):
    (folder / "pyproject.toml").write_text(f"[tool.keras-shapes]\n{text}", encoding="utf-8")


def test_rules_of_the_project(rules_in, folder):
    settings(folder, f'ignore = ["{SOFTMAX}"]\nper-file-ignores = {{ "tests/" = ["{RESHAPE}"] }}\n')
    assert rules_in() == {"a.py": [RESHAPE, INPUT], "tests/b.py": [INPUT]}
    assert rules_in("--ignore", INPUT) == {"a.py": [RESHAPE], "tests/b.py": []}
    assert rules_in("--select", SOFTMAX) == {"a.py": [SOFTMAX], "tests/b.py": [SOFTMAX]}
    settings(folder, f'select = ["{INPUT}"]')
    assert rules_in() == {"a.py": [INPUT], "tests/b.py": [INPUT]}
    assert rules_in("--select", RESHAPE) == {"a.py": [RESHAPE], "tests/b.py": [RESHAPE]}


def test_ignored_rules_are_not_mended(run, folder):
    settings(folder, f'per-file-ignores = {{ "tests/*.py" = ["{INPUT}"] }}\n')
    shown = run("check", "--diff", "--unsafe-fixes", "--select", INPUT, cwd=folder).stdout
    assert "+++ a.py" in shown
    assert "tests" not in shown


def test_what_fails_and_the_format_of_the_project(run, folder):
    settings(folder, f'fail-on = "error"\noutput-format = "concise"\nselect = ["{SOFTMAX}"]')
    result = run("check", "a.py", cwd=folder)
    assert (result.returncode, result.stdout.count("\n")) == (0, 1)
    assert run("check", "a.py", "--fail-on", "warning", cwd=folder).returncode == 1
    assert "1 file, 3 models" in run("check", "a.py", "--output-format", "text", cwd=folder).stdout
    assert run("check", "a.py", "--statistics", cwd=folder).stdout.split() == ["1", "warning", SOFTMAX]


def test_what_is_wrong_in_the_settings_is_told(run, folder):
    settings(folder, 'ignore = ["reshape-siz"]\nper-file-ignores = { "*" = "all" }\nfail-on = "hint"')
    lines = run("check", "a.py", "--quiet", cwd=folder).stderr.splitlines()
    place = f"keras-shapes: {folder / 'pyproject.toml'}: [tool.keras-shapes] "
    assert lines == [
        f"{place}ignore: reshape-siz is no rule; did you mean reshape-size?",
        f"{place}per-file-ignores: * is to be a list of texts",
        f"{place}fail-on is to be one of error, warning, unknown",
    ]


def test_settings_of_another_file(rules_in, run, folder):
    settings(folder, f'ignore = ["{INPUT}"]')
    (folder / "strict.toml").write_text(f'select = ["{INPUT}"]\nexclude = ["tests"]\n', encoding="utf-8")
    assert rules_in("--config", "strict.toml") == {"a.py": [INPUT]}
    (folder / "broken.toml").write_text("select = [", encoding="utf-8")
    for name, reason in {"nowhere.toml": "no such file or directory", "broken.toml": "not TOML"}.items():
        result = run("check", "--config", name, cwd=folder)
        assert (result.returncode, result.stderr.count("\n")) == (2, 1)
        assert f"{name}: {reason}" in result.stderr


def test_excluded_files_that_are_named(rules_in, folder):
    settings(folder, 'exclude = ["tests"]')
    assert rules_in("a.py", "tests/b.py") == {"a.py": ALL, "tests/b.py": ALL}
    assert rules_in("a.py", "tests/b.py", "--force-exclude") == {"a.py": ALL}


def test_stdin(run, folder, tmp_path_factory):
    (folder / "sizes.py").write_text("UNITS = 7\n", encoding="utf-8")
    text = "from keras import Input, Sequential, layers\nfrom sizes import UNITS\n"
    text += "net = Sequential([Input((UNITS,)), layers.Reshape((4, 4))])\n"
    result = checked(text, "-", "--stdin-filename", "new.py", "--output-format", "concise", cwd=folder)
    assert result.stdout == (
        "new.py:3:51: error[reshape-size]: Reshape needs 16 values for (4, 4), gets (None, 7): 7 values\n"
    )
    assert result.returncode == 1
    assert checked("print('no model')", "-", cwd=folder).stdout == "1 file, no Keras model\n"
    assert checked("x", "-", "a.py", cwd=folder).returncode == 2
    assert checked("x", "--stdin-filename", "a.py", cwd=folder).returncode == 2
    result = checked("no JSON", "-", "--stdin-filename", "a.ipynb", cwd=folder)
    assert (result.returncode, result.stderr) == (2, "keras-shapes: a.ipynb: not a notebook: it is not JSON\n")


def test_a_notebook_on_stdin(folder):
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": text} for text in ("import keras", "x = 1")]
    cells[1]["source"] = "keras.Sequential([keras.Input((7,)), keras.layers.Reshape((4, 4))])"
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})
    shown = checked(text, "-", "--stdin-filename", "a.ipynb", "--output-format", "concise", cwd=folder).stdout
    assert shown.startswith("a.ipynb:cell 2:1:")


def test_no_cache(run, folder, tmp_path):
    (tmp_path / "cache").mkdir()
    assert run("check", "a.py", "--no-cache", cwd=folder, XDG_CACHE_HOME=str(tmp_path / "cache")).returncode == 1
    assert not list((tmp_path / "cache").rglob("*.sqlite"))
    assert run("check", "a.py", cwd=folder, XDG_CACHE_HOME=str(tmp_path / "cache")).returncode == 1
    assert list((tmp_path / "cache").rglob("*.sqlite"))


def checked(text, *arguments, cwd):
    command = [sys.executable, "-m", "keras_shapes", "check", *arguments]
    return subprocess.run(command, cwd=cwd, input=text, capture_output=True, encoding="utf-8", check=False)
