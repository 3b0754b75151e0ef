"""Emacs with eglot and lsp-mode, Vim with ALE and Neovim 0.7 (Debian's), and Neovim 0.11 (from PyPI)."""

from __future__ import annotations

import checks
import pytest
from tried_editors import EDITORS

from conftest import setup_of


@pytest.fixture(params=EDITORS)
def show(request, project):
    editor = EDITORS[request.param]
    return lambda **switches: editor.show(project, setup_of(editor.heading), **switches)


def test_mistake_is_shown_and_mended(show):
    seen = show()
    for check in checks.ALL:
        check(seen)


@pytest.mark.parametrize(("switches", "failing", "passing"), checks.CONTROLS)
def test_nothing_is_seen_of_what_is_off(show, switches, failing, passing):
    checks.control(show, switches, failing, passing)


@pytest.mark.parametrize("show", ["neovim-0.11", "neovim-0.7"], indirect=True)
def test_outline_and_help_in_a_half_typed_call(show):
    seen = show()
    assert seen["outline"][:4] == ["model", "Input (None, 20, 8)", "LSTM (None, 20, 16)", "LSTM (None, 4)"]
    assert "Dense(units, activation=None, " in seen["signature"]
    assert '"relu"' in seen["values"]


@pytest.mark.parametrize("show", ["neovim-0.11", "neovim-0.7"], indirect=True)
def test_layers_that_may_come_next_and_other_forms_of_the_model(show):
    seen = show()
    assert any(each.startswith("Dense(64, activation=") and each.endswith("→ (None, 64)") for each in seen["layers"])
    assert seen["forms"] == ["Write with other.add(…)", "Write as a functional model"]
    assert (
        "\nother = keras.Sequential()\nother.add(keras.Input((3,)))\nother.add(layers.Dense(2))\n" in seen["rewritten"]
    )


@pytest.mark.parametrize("show", ["neovim-0.11", "neovim-0.7"], indirect=True)
def test_callers_of_a_function_that_makes_layers(show):
    seen = show()
    assert seen["callers"] == [f"{len(seen['model'].splitlines()) + 4} model.py"]


@pytest.mark.parametrize("show", ["neovim-0.11"], indirect=True)
def test_shapes_behind_layers(show):
    assert "→ (None, 16)" in show()["hints"]
    assert not show(off=("hints",), settings='inlay-hints = "off"')["hints"]


@pytest.mark.parametrize("show", ["eglot", "lsp-mode"], indirect=True)
def test_emacs_writes_another_form_lists_symbols_and_helps_in_a_half_typed_call(show):
    seen = show()
    assert seen["forms"][:2] == ["Write with chain.add(…)", "Write as a functional model"], seen["problem"]
    assert seen["rewritten"].splitlines()[-2:] == ["chain.add(keras.Input((4,)))", "chain.add(layers.Dense(2))"]
    for symbol in ("model", "Input", "LSTM", "Dense"):
        assert any(each.startswith(symbol) for each in seen["outline"]), seen["outline"]
    assert "Dense(units, activation=None, " in seen["signature"]
    assert any("relu" in value for value in seen["values"])
