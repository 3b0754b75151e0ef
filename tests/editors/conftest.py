"""A project with a mistake in it, and what an editor that runs a driver shows of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "editors" / "others.md"
MODEL = """\
import keras
from keras import layers

smile = "😀"; model = keras.Sequential([keras.Input((20, 8)), layers.LSTM(16), layers.LSTM(4), layers.Dense(1)])
"""
"""The character counts differently in UTF-8, UTF-16 and UTF-32, and stands before all that is marked and changed."""

PATIENCE = 180
"""Seconds for what has to come: Keras may have to start on a busy machine. Nobody waits longer than it takes."""
ABSENCE = 3
"""Seconds for what must not come."""


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.editors)


@dataclass(frozen=True)
class Project:
    """A folder with `model.py`, and the settings of its `pyproject.toml`."""

    folder: Path

    def show(
        self,
        command: list[str | Path],
        setup: str,
        *,
        model: str = MODEL,
        settings: str = "",
        server: bool = True,
        off: tuple[str, ...] = (),
    ):
        """Start an editor with the `setup` that the documentation gives; what its driver saw.

        What is `off` is looked for last, and not for long: by then the driver has seen what is on.
        """
        (self.folder / "model.py").write_text(model, encoding="utf-8")
        (self.folder / "pyproject.toml").write_text(f"[tool.keras-shapes]\n{settings}\n", encoding="utf-8")
        (self.folder / "setup").write_text(setup, encoding="utf-8")
        seen = self.folder / "seen.json"
        seen.unlink(missing_ok=True)
        off = off if server else (*off, "hints", "server")
        variables = {"SEEN": str(seen), "PATIENCE": str(PATIENCE), "ABSENCE": str(ABSENCE), "OFF": " ".join(off)}
        self._run(command, variables, server=server)
        return {"model": model, **json.loads(seen.read_text(encoding="utf-8"))}

    def _run(self, command: list[str | Path], variables: Mapping[str, str], *, server: bool) -> None:
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        path = os.environ["PATH"] if server else f"{_without_server(home)}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, **variables, "HOME": str(home), "PATH": path}
        # An open pipe for input: at its end an editor would leave.
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process:
            try:
                output, _ = process.stdout.read(), process.wait(timeout=10)
            finally:
                process.kill()
        assert process.returncode == 0, output.decode(errors="replace")


def _without_server(home: Path) -> Path:
    """A folder whose `keras-shapes` ends at once."""
    folder = home / "bin"
    folder.mkdir()
    (folder / "keras-shapes").symlink_to("/bin/false")
    return folder


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


def setup_of(heading: str) -> str:
    """The first block of code under a heading of the documentation."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(heading)}$.*?^```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]
