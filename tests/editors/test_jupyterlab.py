"""JupyterLab with jupyterlab-lsp (from PyPI) in Debian's chromium, which shows diagnostics and hovers of a notebook."""

from __future__ import annotations

import sys

import checks
import pytest

from conftest import HERE, setup_of


def diagnostics(seen):
    assert seen["marked"] == "LSTM"
    assert "LSTM needs (batch, steps, features), gets (None, 16)" in seen["message"]


CONTROLS = [
    pytest.param({"settings": "diagnostics = false"}, (diagnostics,), (checks.hover,), id="no diagnostics"),
    pytest.param({"settings": "hover = false"}, (checks.hover,), (diagnostics,), id="no hover"),
    pytest.param({"server": False}, (diagnostics, checks.hover), (), id="no server"),
]
"""As in `checks.CONTROLS`."""


@pytest.fixture
def show(project):
    command = [sys.executable, HERE / "jupyterlab.py"]
    return lambda **switches: project.show(command, setup_of("JupyterLab"), **switches)


def test_mistake_in_a_notebook_is_shown(show):
    seen = show()
    diagnostics(seen)
    checks.hover(seen)


@pytest.mark.parametrize(("switches", "failing", "passing"), CONTROLS)
def test_nothing_is_seen_of_what_is_off(show, switches, failing, passing):
    checks.control(show, switches, failing, passing)
