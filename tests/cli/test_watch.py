"""`check --watch`: a round after each change, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sysconfig
import threading
from pathlib import Path
from queue import Queue

import pytest
from programs import write

COMMAND = Path(sysconfig.get_path("scripts")) / "keras-shapes"
RIGHT = """
    from keras import Input, Sequential, layers
    net = Sequential([Input((8,)), layers.Dense(3)])
    """
WRONG = RIGHT.replace("(8,)", "(28, 28)").replace("Dense(3)", "Conv2D(8, 3)")
SECONDS = 60


@pytest.fixture
def watching(tmp_path):
    """The running command, and its next line that begins with a text."""
    write(tmp_path, {"a.py": RIGHT})
    command = [COMMAND, "check", "--watch", "--output-format", "concise"]
    variables = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    lines = Queue()
    threading.Thread(target=lambda: [lines.put(line) for line in process.stdout], daemon=True).start()

    def line(begin):
        while not (found := lines.get(timeout=SECONDS)).startswith(begin):
            pass
        return found

    yield process, line
    process.kill()
    process.wait()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C comes as a signal")
def test_changes_are_checked_until_it_is_stopped(watching, tmp_path):
    process, line = watching
    write(tmp_path, {"b.py": WRONG})
    assert "error[incompatible-input]" in line("b.py:3:")
    write(tmp_path, {"a.py": WRONG, "b.py": RIGHT})
    assert "error[incompatible-input]" in line("a.py:3:")
    write(tmp_path, {"pyproject.toml": '[tool.keras-shapes]\nrules = { incompatible-input = "warning" }\n'})
    assert line(str(tmp_path / "pyproject.toml")).endswith("has changed\n")
    assert "warning[incompatible-input]" in line("a.py:3:")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=SECONDS) == 130


def test_only_files_are_watched(run, tmp_path):
    result = run("check", "--watch", "-", cwd=tmp_path)
    assert result.returncode == 2
    assert "--watch is for files" in result.stderr
