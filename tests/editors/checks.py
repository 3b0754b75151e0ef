"""What a person has to see in every editor. Each check fails where the editor shows nothing."""

from __future__ import annotations

import pytest


def diagnostics(seen):
    (message,) = seen["diagnostics"]
    assert "LSTM needs (batch, steps, features), gets (None, 16)" in message["text"]
    assert seen["model"].splitlines()[message["line"] - 1][message["column"] :].startswith("LSTM(16)")


def hover(seen):
    assert "(None, 20, 8)" in seen["hover"]
    assert "(None, 16)" in seen["hover"]


def fix(seen):
    assert "return_sequences=True" in seen["actions"][0]
    assert seen["buffer"] == seen["model"].replace("LSTM(16)", "LSTM(16, return_sequences=True)")


def cleared(seen):
    assert seen["diagnostics"]
    assert not seen["remaining"]


ALL = (diagnostics, hover, fix, cleared)
CONTROLS = [
    pytest.param({"settings": "diagnostics = false"}, (diagnostics, cleared), (hover, fix), id="no diagnostics"),
    pytest.param({"settings": "hover = false"}, (hover,), (diagnostics, fix, cleared), id="no hover"),
    pytest.param(
        {"settings": 'rules = {missing-return-sequences = "off"}'}, (diagnostics, fix, cleared), (hover,), id="no rule"
    ),
    pytest.param({"server": False}, ALL, (), id="no server"),
]
"""What is switched off, the checks that must fail then, and those that must not."""


def control(show, switches, failing, passing):
    """Look at an editor in which something is switched off."""
    seen = show(**switches, off=tuple(check.__name__ for check in failing))
    for check in passing:
        check(seen)
    for check in failing:
        with pytest.raises((AssertionError, IndexError, ValueError)):
            check(seen)
