"""Write the settings of vscode-client/package.json from the server's: `python scripts/vscode_settings.py`."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from keras_shapes.rules import rules
from keras_shapes.settings import SECTION, Settings, schema

PACKAGE = Path(__file__).parents[1] / "vscode-client" / "package.json"

# The extension tells the server itself whether the workspace is trusted.
_NOT_OFFERED = f"{SECTION}.trusted"
# What the extension decides alone.
_OWN: dict[str, dict[str, Any]] = {
    f"{SECTION}.importStrategy": {
        "type": "string",
        "enum": ["useBundled", "fromEnvironment"],
        "enumDescriptions": [
            "The server that came with the extension.",
            "The keras-shapes that is installed in the interpreter.",
        ],
        "default": "useBundled",
        "description": "Which server is started.",
        "scope": "machine",
    },
    f"{SECTION}.trace.server": {
        "type": "string",
        "enum": ["off", "messages", "verbose"],
        "default": "off",
        "description": "What is logged of the talk between VS Code and the server.",
        "scope": "window",
    },
}


def main() -> None:
    """Bring the package up to date."""
    PACKAGE.write_text(updated(PACKAGE.read_text(encoding="utf-8")), encoding="utf-8")


def updated(text: str) -> str:
    """The package with today's settings. What chooses a program, or how long it runs, is for the machine to say."""
    package = json.loads(text)
    restricted = [name for name, setting in _settings().items() if setting["scope"] == "machine"]
    package["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"] = restricted
    package["contributes"]["configuration"]["properties"] = _settings()
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _settings() -> dict[str, Any]:
    offered = schema([rule.name for rule in rules()])
    for_projects = [setting.metadata["project"] for setting in fields(Settings)]
    scoped = {
        name: {**setting, "scope": "window" if for_project else "machine"}
        for (name, setting), for_project in zip(offered.items(), for_projects, strict=True)
        if name != _NOT_OFFERED
    }
    return {**scoped, **_OWN}


if __name__ == "__main__":
    main()
