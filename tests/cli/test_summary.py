"""`keras-shapes summary`: tables, wide and narrow."""

from __future__ import annotations

import json

import pytest
from programs import write

PROGRAM = """\
from keras import Input, Sequential, layers

first = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(8, 3),
    layers.Flatten(),
    layers.Dense(10, name="a_long_name_for_a_layer"),
])
second = Sequential([Input((8,)), layers.Dense(3), layers.Conv2D(2, 3), layers.Dense(1)])
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    files = {"a.py": PROGRAM, "plain.py": "print(1)", "right.py": PROGRAM.partition("second")[0]}
    return write(tmp_path_factory.mktemp("summary"), files)


def test_all_models_of_a_file(run, folder):
    result = run("summary", "a.py", cwd=folder)
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.splitlines() == [
        'Model: "first" at a.py:3',
        "┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━┓",
        "┃ Layer (type)                    ┃ Output Shape      ┃ Param # ┃",
        "┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━┩",
        "│ conv2d (Conv2D)                 │ (None, 26, 26, 8) │      80 │",
        "│ flatten (Flatten)               │ (None, 5408)      │       0 │",
        "│ a_long_name_for_a_layer (Dense) │ (None, 10)        │  54,090 │",
        "└─────────────────────────────────┴───────────────────┴─────────┘",
        " Total params: 54,170 (211.60 KB)",
        " Trainable params: 54,170 (211.60 KB)",
        " Non-trainable params: 0 (0.00 B)",
        "",
        'Model: "second" at a.py:9',
        "┏━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━┳━━━━━━━━━┓",
        "┃ Layer (type)    ┃ Output Shape ┃ Param # ┃",
        "┡━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━╇━━━━━━━━━┩",
        "│ dense (Dense)   │ (None, 3)    │      27 │",
        "│ conv2d (Conv2D) │ error        │         │",
        "└─────────────────┴──────────────┴─────────┘",
        " Conv2D needs (batch, height, width, channels), gets (None, 3): that comes from ",
        "Dense",
    ]


def test_costs_for_programs(run, folder):
    result = run("summary", "right.py", "--costs", "--output-format", "json", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    (model,) = json.loads(result.stdout)["models"]
    assert [layer["flops"] for layer in model["costs"]["layers"]] == [2 * 26 * 26 * 9 * 8, 0, 2 * 5408 * 10]
    assert model["costs"]["weight_bytes"] == 4 * model["params"]
    plain = run("summary", "right.py", "--output-format", "json", cwd=folder)
    assert "costs" not in json.loads(plain.stdout)["models"][0]


def test_costs_in_the_table(run, folder):
    result = run("summary", "right.py", "--costs", cwd=folder, COLUMNS="200")
    assert "FLOPs" in result.stdout.splitlines()[2]
    assert " FLOPs of a sample: 206 kFLOPs" in result.stdout.splitlines()


def test_a_picture_has_no_room_for_costs(run, folder):
    result = run("summary", "right.py", "--costs", "--output-format", "svg", cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "keras-shapes: --costs is for a table, not for svg: text, markdown, json\n"


@pytest.mark.parametrize("columns", ["24", "40", "200"])
def test_nothing_is_cut_on_a_narrow_terminal(run, folder, columns):
    result = run("summary", "a.py:5", cwd=folder, COLUMNS=columns)
    assert result.returncode == 0
    assert all(len(line) <= int(columns) for line in result.stdout.splitlines())
    cells = [line.split("│")[1:4] for line in result.stdout.splitlines() if line.startswith("│")]
    first, second, third = ("".join("".join(column).split()) for column in zip(*cells, strict=True))
    assert first == "conv2d(Conv2D)flatten(Flatten)a_long_name_for_a_layer(Dense)"
    assert second == "(None,26,26,8)(None,5408)(None,10)"
    assert third == "80054,090"


@pytest.mark.parametrize(("line", "name"), [(3, "first"), (5, "first"), (8, "first"), (9, "second")])
def test_the_model_at_a_line(run, folder, line, name):
    result = run("summary", f"a.py:{line}", cwd=folder)
    assert [text for text in result.stdout.splitlines() if text.startswith("Model")] == [
        f'Model: "{name}" at a.py:{3 if name == "first" else 9}'
    ]


def test_exit_code_of_a_right_model(run, folder):
    assert run("summary", "right.py", cwd=folder).returncode == 0


@pytest.mark.parametrize(
    ("place", "complaint"),
    [
        ("plain.py", "plain.py: no Keras model"),
        ("right.py:1", "right.py: no Keras model at line 1"),
        ("missing.py:3", "missing.py: no such file or folder"),
        (".", ".: a folder, and summary takes one file"),
    ],
)
def test_nothing_to_show(run, folder, place, complaint):
    result = run("summary", place, cwd=folder)
    assert (result.returncode, result.stdout, result.stderr) == (2, "", f"keras-shapes: {complaint}\n")


def test_no_keras(run, folder):
    result = run("summary", "right.py", "--interpreter", "missing-python", cwd=folder)
    assert result.returncode == 2
    assert result.stderr == f"keras-shapes: no interpreter at {folder / 'missing-python'}\n"
