"""An empty argument is a variable that is not set: never the current folder, and never a Python in it."""

from __future__ import annotations

import pytest
from programs import write


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["check", ""], "[PATHS]..."),
        (["check", "a.py", ""], "[PATHS]..."),
        (["check", "--interpreter", "", "a.py"], "--interpreter"),
        (["check", "--interpreter=", "a.py"], "--interpreter"),
        (["summary", ""], "FILE[:LINE]"),
        (["summary", "--interpreter", "", "a.py"], "--interpreter"),
        (["doctor", "--interpreter", ""], "--interpreter"),
        (["server", "--interpreter", ""], "--interpreter"),
    ],
)
def test_one_line_and_nothing_is_started(run, tmp_path, arguments, named):
    write(tmp_path, {"a.py": "x = 1\n", "bin/python": f"#!/bin/sh\ntouch {tmp_path}/started\n"})
    (tmp_path / "bin" / "python").chmod(0o755)
    result = run(*arguments, cwd=tmp_path)
    (line,) = result.stderr.splitlines()
    assert line.startswith("keras-shapes: ")
    assert named in line
    assert "is empty: give a " in line
    assert (result.returncode, result.stdout) == (2, "")
    assert not (tmp_path / "started").exists()
