"""Emacs with eglot (Debian's)."""

from __future__ import annotations

import shutil

import checks
import pytest
from conftest import HERE, setup_of

COMMAND = ["emacs", "--batch", "--load", HERE / "emacs.el"]


@pytest.fixture
def show(project):
    assert shutil.which("emacs"), "Emacs is not installed: run `nox -s editors`"
    return lambda **switches: project.show(COMMAND, setup_of("Emacs"), **switches)


def test_mistake_is_shown_and_mended(show):
    seen = show()
    for check in checks.ALL:
        check(seen)


@pytest.mark.parametrize(("switches", "failing", "passing"), checks.CONTROLS)
def test_nothing_is_seen_of_what_is_off(show, switches, failing, passing):
    checks.control(show(**{"patience": 12, **switches}), failing, passing)
