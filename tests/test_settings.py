"""Settings as values: what is read, what is refused, and the reference that is written from them."""

from __future__ import annotations

import pytest
from scripts import write_settings

from keras_shapes.settings import Settings, project_values, read_settings


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"delay": -1}, "delay is to be a whole number from 0 to 10000"),
        ({"delay": True}, "delay is to be a whole number from 0 to 10000"),
        ({"trusted": "yes"}, "trusted is to be true or false"),
        ({"interpreter": 3}, "interpreter is to be a text"),
        ({"exclude": "a"}, "exclude is to be a list of texts"),
        ({"rules": []}, "rules is to be a table of rules and severities"),
        ({"rules": {"a-rule": "loud"}}, "rules: a-rule is to be one of error, warning, hint, off"),
        ({"inlayHints": ["all"]}, "inlayHints is to be one of all, changes, off"),
    ],
)
def test_wrong_value_keeps_the_default(values, problem):
    result = read_settings(values, Settings(), known_rules=["a-rule"])
    assert (result.settings, result.problems) == (Settings(), (problem,))


def test_settings_are_read_in_every_spelling():
    for values in ({"inlayHints": "off"}, {"inlay-hints": "off"}, {"inlay_hints": "off"}):
        assert read_settings(values, Settings()).settings == Settings(inlay_hints="off")
    assert read_settings({"delay": None}, Settings(delay=3)).settings == Settings(delay=3)


def test_what_is_for_the_command_line_is_no_setting_of_an_editor():
    result = read_settings({"failOn": "error", "select": ["a"]}, Settings(), known_rules=["a"])
    assert result.settings == Settings()
    assert result.problems == ("failOn is for `pyproject.toml` alone", "select is for `pyproject.toml` alone")


def test_rules_are_added_to_those_of_the_repository():
    base = read_settings({"rules": {"a": "off", "b": "off"}}, Settings(), project=True).settings
    assert read_settings({"rules": {"b": "hint"}}, base).settings.rules == {"a": "off", "b": "hint"}


@pytest.mark.parametrize("text", ["", "[tool]", "[tool.ruff]\nx = 1", "tool = 3"])
def test_repository_without_settings(text):
    assert project_values(text) == {}


def test_repository_whose_settings_are_no_toml():
    with pytest.raises(ValueError, match="not TOML"):
        project_values("[tool.keras-shapes")


def test_reference_is_up_to_date():
    text = write_settings.PAGE.read_text(encoding="utf-8")
    assert text == write_settings.updated(text), "run python scripts/write_settings.py"
