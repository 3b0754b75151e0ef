"""Write the project's address wherever docs/ shows how to install from it: `python -m scripts.addresses`."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.vscode_settings import project_address

FOLDER = Path(__file__).parents[1] / "docs"

_SHOWN = re.compile(r"(?P<before>repo: |git\+)https://[^\s\"]+/keras-shapes(?=[\s\"])")


def main() -> None:
    """Bring the pages up to date."""
    for page in FOLDER.glob("*.md"):
        page.write_text(updated(page.read_text(encoding="utf-8")), encoding="utf-8")


def updated(text: str) -> str:
    """A page with today's address."""
    return _SHOWN.sub(lambda shown: shown["before"] + project_address(), text)


if __name__ == "__main__":
    main()
