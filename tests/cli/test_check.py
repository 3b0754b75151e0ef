"""`keras-shapes check`: text, counts and exit codes, with real Keras."""

from __future__ import annotations

import json
import re

import pytest
from programs import write

RIGHT = """
from keras import Input, Sequential, layers
model = Sequential([Input((4,)), layers.Dense(3)])
"""
REFUSED = """
from keras import Sequential, layers

model = Sequential()
model.add(layers.LSTM(64, input_shape=(10, 8)))
model.add(layers.Dropout(0.2))
model.add(layers.LSTM(32))
"""
UNKNOWN = """
from keras import Sequential, layers
model = Sequential([layers.Flatten(), layers.Dense(3)])
"""
SUPPRESSED_IN_VAIN = RIGHT + "model.add(layers.Dense(2))  # keras-shapes: ignore[incompatible-input]\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    files = {
        "refused.py": REFUSED,
        "right.py": RIGHT,
        "unknown.py": UNKNOWN,
        "hint.py": SUPPRESSED_IN_VAIN,
        "plain.py": "print('no model')",
        "warning.py": RIGHT + 'model.add(layers.Dense(1, activation="softmax"))\n',
        "keras.py": "import keras",
        "functional.py": "import keras\nx = keras.Input((3,))\nm = keras.Model(x, keras.layers.Dense(2)(x))",
        "subclassed.py": "import keras\nclass Net(keras.Model):\n    pass\nNet()",
    }
    return write(tmp_path_factory.mktemp("programs"), files)


def test_a_refused_layer(run, folder):
    result = run("check", "refused.py", cwd=folder)
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout == (
        "refused.py:5:18: error[missing-return-sequences]: LSTM needs (batch, steps, features), gets (None, 64): "
        "the LSTM above returns only its last step\n"
        "  |\n"
        "5 | model.add(layers.LSTM(64, input_shape=(10, 8)))\n"
        "  |                  ^^^^\n"
        "6 | model.add(layers.Dropout(0.2))\n"
        "7 | model.add(layers.LSTM(32))\n"
        "  |                  ---- LSTM needs all steps\n"
        "  = help: Add return_sequences=True\n"
        "  = help: Insert RepeatVector(10) before LSTM\n"
        "\n"
        "1 file, 1 model: 1 with an error\n"
    )


def test_a_folder(run, folder):
    result = run("check", cwd=folder)
    assert (result.returncode, result.stderr) == (1, "")
    assert re.findall(r"^\S+\.py:\d+:\d+: .*?\]", result.stdout, re.MULTILINE) == [
        "refused.py:5:18: error[missing-return-sequences]",
        "warning.py:4:38: warning[softmax-over-one-unit]",
    ]
    assert result.stdout.splitlines()[-1] == (
        "9 files, 6 models: 4 built, 1 with an error, 1 unknown (unknown.py:3: the input shape is not known); "
        "1 subclassed model not read"
    )


@pytest.mark.parametrize(
    ("files", "options", "code"),
    [
        (["right.py", "unknown.py"], [], 0),
        (["right.py", "unknown.py"], ["--fail-on", "unknown"], 1),
        (["right.py", "hint.py"], ["--fail-on", "unknown"], 0),
        (["refused.py"], ["--fail-on", "error"], 1),
        (["warning.py"], ["--fail-on", "error"], 0),
        (["warning.py"], [], 1),
        (["refused.py", "missing.py"], [], 2),
    ],
)
def test_exit_codes(run, folder, files, options, code):
    assert run("check", *files, *options, cwd=folder).returncode == code


def test_hints_are_reported_when_asked_for(run, folder):
    assert "hint[" not in run("check", "hint.py", cwd=folder).stdout
    result = run("check", "hint.py", "--hints", cwd=folder)
    assert "hint[unused-suppression]" in result.stdout
    assert result.returncode == 0


def test_a_functional_model_is_counted(run, folder):
    assert run("check", "functional.py", cwd=folder).stdout == "1 file, 1 model: 1 built\n"


@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("plain.py", "1 file, no Keras model\n"),
        ("keras.py", "1 file, no Keras model\n"),
        ("subclassed.py", "1 file, no Keras model; 1 subclassed model not read\n"),
    ],
)
def test_nothing_to_ask_keras(run, folder, file, count):
    """Keras is not needed, so that it does not matter that there is none."""
    result = run("check", file, "--interpreter", "missing-python", cwd=folder)
    assert (result.returncode, result.stdout, result.stderr) == (0, count, "")


def test_no_keras(run, folder):
    result = run("check", "right.py", "--interpreter", "missing-python", cwd=folder)
    assert result.returncode == 2
    assert result.stderr == f"keras-shapes: no interpreter at {folder / 'missing-python'}\n"
    assert "1 unknown (right.py:3: no interpreter at" in result.stdout


def test_no_keras_and_no_matter(run, folder):
    result = run("check", "right.py", "--interpreter", "missing-python", "--no-keras", "skip", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert "1 file, 1 model: 1 unknown" in result.stdout


def test_notebook_cells_are_named(run, tmp_path):
    sources = [
        ["%matplotlib inline\n", "from keras import Input, Sequential, layers"],
        ["n = 8"],
        ["model = Sequential([Input((n,)),\n", "  layers.Conv2D(2, 3)])"],
    ]
    cells = [{"cell_type": "code", "source": source} for source in sources]
    write(tmp_path, {"a.ipynb": json.dumps({"cells": cells})})
    result = run("check", cwd=tmp_path)
    assert result.stdout.startswith("a.ipynb:cell 3:2:10: error[incompatible-input]: Conv2D needs ")


def test_the_repository_chooses_severities_and_excludes(run, tmp_path):
    settings = """
        [tool.keras-shapes]
        exclude = ["old/"]
        rules = { missing-return-sequences = "warning", invalid-argument = "off", no-such-rule = "off" }
        """
    files = {"pyproject.toml": settings, "a.py": REFUSED, "old/b.py": REFUSED, "sub/c.py": REFUSED}
    files["sub/d.py"] = RIGHT.replace("3", "-3")
    write(tmp_path, files)
    result = run("check", "..", cwd=tmp_path / "sub")
    assert re.findall(r"^\S+\.py:.*?\]", result.stdout, re.MULTILINE) == [
        "../a.py:5:18: warning[missing-return-sequences]",
        "../sub/c.py:5:18: warning[missing-return-sequences]",
    ]
    complaint = f"keras-shapes: {tmp_path / 'pyproject.toml'}: [tool.keras-shapes] rules: no-such-rule is no rule"
    assert result.stderr == f"{complaint}\n"
    assert result.returncode == 1


def test_an_excluded_file_is_checked_when_it_is_named(run, tmp_path):
    write(tmp_path, {"pyproject.toml": "[tool.keras-shapes]\nexclude = ['*.py']", "a.py": "print(1)", "b.ipynb": "[]"})
    assert run("check", "a.py", cwd=tmp_path).stdout == "1 file, no Keras model\n"


def test_a_file_that_is_not_read_is_told(run, tmp_path):
    write(tmp_path, {"a.py": "import keras\n" + "if a\n" * 7_000})
    result = run("check", "a.py", "--fail-on", "unknown", cwd=tmp_path)
    why = "very much of it does not parse"
    assert (result.returncode, result.stdout) == (1, f"1 file, no Keras model; a.py not read: {why}\n")
    [file] = json.loads(run("check", "a.py", "--output-format", "json", cwd=tmp_path).stdout)["files"]
    assert file["problem"] == why
