"""Bring vscode-client/package.json up to date: `python -m scripts.vscode_settings`.

Its settings are the server's, with the rules as their pages describe them; its address is that of pyproject.toml.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from scripts.rules_index import FOLDER as PAGES

from keras_shapes.pages import first_sentence
from keras_shapes.rules import rules
from keras_shapes.settings import SECTION, Settings, schema

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "vscode-client" / "package.json"
_ADDRESS = re.compile(r'^Repository = "(?P<address>[^"]+)"$', re.MULTILINE)

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
    address = project_address()
    package["repository"]["url"] = address
    package["homepage"] = f"{address}#readme"
    package["bugs"]["url"] = f"{address}/issues"
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def project_address() -> str:
    """Where the project lives; `example.invalid` until it lives somewhere."""
    found = _ADDRESS.search((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert found is not None, "pyproject.toml has no Repository among its urls"
    return found["address"]


def _settings() -> dict[str, Any]:
    """In the order of the server's: VS Code would sort them by their names."""
    offered = schema([rule.name for rule in rules()])
    for_projects = [each.metadata["project"] for each in fields(Settings) if each.metadata["client"]]
    scoped = {
        name: {**setting, "scope": "window" if for_project else "machine"}
        for (name, setting), for_project in zip(offered.items(), for_projects, strict=True)
        if name != _NOT_OFFERED
    }
    _describe_rules(scoped[f"{SECTION}.rules"]["properties"])
    every = {**scoped, **_OWN}
    return {name: {**_shown(setting), "order": order} for order, (name, setting) in enumerate(every.items())}


def _describe_rules(properties: dict[str, Any]) -> None:
    for name, severity in properties.items():
        page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
        properties[name] = {**severity, "description": first_sentence(page).replace("`", "")}


def _shown(setting: dict[str, Any]) -> dict[str, Any]:
    """With its description as Markdown where it is: elsewhere backticks would be shown."""
    if "`" not in setting["description"]:
        return setting
    return {("markdownDescription" if key == "description" else key): value for key, value in setting.items()}


if __name__ == "__main__":
    main()
