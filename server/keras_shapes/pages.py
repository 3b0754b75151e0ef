"""The pages of the rules: files that are installed with the program, or lie in its repository."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_FOLDERS = (_PACKAGE / "docs" / "rules", _PACKAGE.parents[1] / "docs" / "rules")


@cache
def rule_page(name: str) -> Path | None:
    """The page of a rule; None where there is none."""
    return next((page for folder in _FOLDERS if (page := folder / f"{name}.md").is_file()), None)


def first_sentence(page: str) -> str:
    """What the text of a page begins with below its title; a sentence may go over several lines."""
    paragraph = " ".join(page.split("\n\n")[1].split())
    return re.split(r"(?<=\.) ", paragraph, maxsplit=1)[0]


def summary(name: str) -> str | None:
    """A rule in one sentence, without marks of Markdown; None where it has no page."""
    page = rule_page(name)
    return None if page is None else first_sentence(page.read_text(encoding="utf-8")).replace("`", "")
