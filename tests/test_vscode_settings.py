"""The settings that VS Code offers are those of the server."""

from __future__ import annotations

import json

from scripts import vscode_settings

PACKAGE = json.loads(vscode_settings.PACKAGE.read_text(encoding="utf-8"))
SETTINGS = PACKAGE["contributes"]["configuration"]["properties"]


def test_settings_are_up_to_date():
    text = vscode_settings.PACKAGE.read_text(encoding="utf-8")
    assert text == vscode_settings.updated(text), "run python -m scripts.vscode_settings"


def test_a_stale_setting_is_noticed():
    text = json.dumps(PACKAGE).replace("The output shape behind each layer", "The shapes behind each layer")
    changed = json.loads(vscode_settings.updated(text))["contributes"]["configuration"]["properties"]
    assert changed == SETTINGS != json.loads(text)["contributes"]["configuration"]["properties"]


def test_a_repository_cannot_choose_what_is_started():
    restricted = PACKAGE["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]
    assert {"keras-shapes.interpreter", "keras-shapes.importStrategy", "keras-shapes.runCode"} <= set(restricted)
    assert all(SETTINGS[name]["scope"] == "machine" for name in restricted)


def test_trust_is_not_a_setting():
    assert "keras-shapes.trusted" not in SETTINGS


def test_the_interpreter_comes_first_and_nothing_shows_a_backtick():
    assert min(SETTINGS, key=lambda name: SETTINGS[name]["order"]) == "keras-shapes.interpreter"
    assert not [name for name, setting in SETTINGS.items() if "`" in setting.get("description", "")]


def test_each_rule_is_described():
    described = SETTINGS["keras-shapes.rules"]["properties"]
    assert described["reshape-size"]["description"].startswith("Reshape puts the same values into another shape")
    assert all(rule["description"] and "`" not in rule["description"] for rule in described.values())


def test_the_address_stands_in_one_place():
    moved = json.dumps(PACKAGE).replace(vscode_settings.project_address(), "https://example.org/elsewhere")
    assert json.loads(moved) != PACKAGE == json.loads(vscode_settings.updated(moved))
