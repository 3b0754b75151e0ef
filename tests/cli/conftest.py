"""The command, run as people run it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

import pytest

COMMAND = Path(sysconfig.get_path("scripts")) / "keras-shapes"


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    """`run("check", "a.py", cwd=folder)` gives return code, output and complaints; nothing is remembered elsewhere."""
    cache = str(tmp_path_factory.mktemp("cache"))

    def run_in(*arguments, cwd, **environment):
        return subprocess.run(
            [COMMAND, *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, "XDG_CACHE_HOME": cache, **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    return run_in
