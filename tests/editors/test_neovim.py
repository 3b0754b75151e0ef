"""Neovim 0.7 (Debian's) and 0.11 (from PyPI)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import checks
import pytest
from conftest import HERE, setup_of

VERSIONS = {
    "0.11": (Path(sys.executable).with_name("nvim"), "Neovim 0.11"),
    "0.7": (Path("/usr/bin/nvim"), "Neovim before 0.11"),
}


@pytest.fixture(params=VERSIONS)
def show(request, project):
    program, heading = VERSIONS[request.param]
    assert shutil.which(program), f"Neovim {request.param} is not installed: run `nox -s editors`"
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    assert f"NVIM v{request.param}." in version
    command = [program, "--headless", "--clean", "+luafile setup", f"+luafile {HERE / 'neovim.lua'}"]
    return lambda **switches: project.show(command, setup_of(heading), **switches)


def test_mistake_is_shown_and_mended(show):
    seen = show()
    for check in checks.ALL:
        check(seen)


@pytest.mark.parametrize(("switches", "failing", "passing"), checks.CONTROLS)
def test_nothing_is_seen_of_what_is_off(show, switches, failing, passing):
    checks.control(show(**{"patience": 12, **switches}), failing, passing)


@pytest.mark.parametrize("show", ["0.11"], indirect=True)
def test_shapes_behind_layers(show):
    assert show()["hints"]
    assert not show(patience=12, settings='inlay-hints = "off"')["hints"]
