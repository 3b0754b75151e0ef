"""Known findings are silent until their line changes."""

from __future__ import annotations

import json

import pytest
from programs import write

HEAD = "from keras import Input, Sequential, layers\n"
FIRST = "one = Sequential([Input((7,)), layers.Reshape((4, 4))])\n"
SECOND = "two = Sequential([Input((28, 28)), layers.Conv2D(8, 3)])\n"


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path, {"a.py": HEAD + FIRST + SECOND, "sub/b.py": HEAD + FIRST})


@pytest.fixture
def check(run, folder):
    def found(*arguments, cwd=folder):
        result = run("check", "--baseline", folder / "known.json", "--output-format", "concise", *arguments, cwd=cwd)
        assert result.stderr == ""
        return result.returncode, [line.split(": ")[0] for line in result.stdout.splitlines()]

    return found


def test_what_is_known_is_silent_wherever_it_moves(check, run, folder):
    assert check("--write-baseline") == (0, [])
    assert check() == (0, [])
    assert check("b.py", cwd=folder / "sub") == (0, [])
    (folder / "a.py").write_text(HEAD + "\n\n" + SECOND + "if True:\n    " + FIRST, encoding="utf-8")
    assert check() == (0, [])
    closing = run("check", "--baseline", "known.json", cwd=folder).stdout
    assert closing == "2 files, 3 models: 3 with errors; 3 of the baseline\n"


def test_what_is_new_is_told(check, folder):
    check("--write-baseline")
    (folder / "a.py").write_text(HEAD + FIRST.replace("(4, 4)", "(4, 5)") + SECOND, encoding="utf-8")
    assert check() == (1, ["a.py:2:47"])
    (folder / "a.py").write_text(HEAD + FIRST + FIRST + SECOND, encoding="utf-8")
    assert check() == (1, ["a.py:3:47"])
    (folder / "c.py").write_text(HEAD + FIRST, encoding="utf-8")
    assert check("c.py") == (1, ["c.py:2:47"])


def test_the_file_is_for_people(check, folder):
    check("--write-baseline", "sub")
    assert json.loads((folder / "known.json").read_text(encoding="utf-8")) == {
        "version": 1,
        "findings": {"sub/b.py": [{"rule": "reshape-size", "line": FIRST.strip(), "count": 1}]},
    }


@pytest.mark.parametrize("text", [None, "", "[]", '{"version": 2}', '{"version": 1, "findings": [1]}'])
def test_what_is_no_baseline(run, folder, text):
    if text is not None:
        (folder / "known.json").write_text(text, encoding="utf-8")
    result = run("check", "--baseline", "known.json", cwd=folder)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "--write-baseline writes one" in result.stderr


def test_a_baseline_has_a_name(run, folder):
    result = run("check", "--write-baseline", cwd=folder)
    assert result.returncode == 2
    assert "--write-baseline goes with --baseline" in result.stderr
