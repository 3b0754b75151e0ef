"""The progress bar: on a terminal, when it takes longer than a second, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from programs import write

COMMAND = Path(sysconfig.get_path("scripts")) / "keras-shapes"
PROGRAM = """
from keras import Sequential, layers
model = Sequential([layers.Dense(-1)])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(("program", "seen"), [(PROGRAM, True), ("print('no model')", False)])
def test_on_a_terminal(tmp_path, program, seen):
    """Keras takes longer than a second to start; a file without a model takes less."""
    import pty

    write(tmp_path, {"a.py": program})
    ours, theirs = pty.openpty()
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "TERM": "xterm"}
    process = subprocess.Popen(
        [COMMAND, "check", "a.py"], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=theirs
    )
    os.close(theirs)
    told = read_all(ours)
    assert process.stdout.read().endswith(b"1 with an error\n" if seen else b"no Keras model\n")
    assert process.wait() == (1 if seen else 0)
    assert b"starting Keras" in told if seen else told == b""


def test_not_in_a_pipe(run, tmp_path):
    write(tmp_path, {"a.py": PROGRAM})
    assert run("check", "a.py", cwd=tmp_path, XDG_CACHE_HOME=str(tmp_path)).stderr == ""


def read_all(terminal):
    parts = []
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            part = b""
        if not part:
            os.close(terminal)
            return b"".join(parts)
        parts.append(part)
