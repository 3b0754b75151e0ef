"""The settings that VS Code offers are those of the server."""

from __future__ import annotations

import json
from pathlib import Path

from scripts import vscode_settings

PACKAGE = json.loads(vscode_settings.PACKAGE.read_text(encoding="utf-8"))
SETTINGS = PACKAGE["contributes"]["configuration"]["properties"]


def test_settings_are_up_to_date():
    text = vscode_settings.PACKAGE.read_text(encoding="utf-8")
    assert text == vscode_settings.updated(text), f"run python {Path(vscode_settings.__file__).name}"


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
