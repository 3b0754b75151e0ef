"""Vim with ALE (Debian's)."""

from __future__ import annotations

import shutil

import checks
import pytest
from conftest import HERE, MODEL, setup_of

COMMAND = ["vim", "--clean", "--not-a-term", "-S", HERE / "ale.vim"]
ASCII = MODEL.replace("😀", ":)")
"""ALE 3.3 takes the protocol's columns for bytes."""


@pytest.fixture
def show(project):
    assert shutil.which("vim"), "Vim is not installed: run `nox -s editors`"
    return lambda **switches: project.show(COMMAND, setup_of("Vim with ALE"), model=ASCII, **switches)


def test_mistake_is_shown_and_mended(show):
    seen = show()
    for check in checks.ALL:
        check(seen)


@pytest.mark.parametrize(("switches", "failing", "passing"), checks.CONTROLS)
def test_nothing_is_seen_of_what_is_off(show, switches, failing, passing):
    checks.control(show(**{"patience": 12, **switches}), failing, passing)
