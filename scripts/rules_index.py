"""Write the table of docs/rules/index.md from the rules and their pages: `python scripts/rules_index.py`."""

from __future__ import annotations

import re
from pathlib import Path

from keras_shapes.pages import first_sentence
from keras_shapes.rules import Rule, rules

FOLDER = Path(__file__).parents[1] / "docs" / "rules"

_TABLE = re.compile(r"(?<=<!-- rules -->\n).*(?=<!-- end of rules -->)", re.DOTALL)
_NEEDS = {"source": "source", "shapes": "shapes", "training": "data"}


def main() -> None:
    """Bring the index up to date."""
    index = FOLDER / "index.md"
    index.write_text(updated(index.read_text(encoding="utf-8")), encoding="utf-8")


def updated(text: str) -> str:
    """The text of the index with today's table."""
    rows = "".join(_row(rule) for rule in rules())
    return _TABLE.sub(lambda _: "| rule | severity | needs | since | what |\n|---|---|---|---|---|\n" + rows, text)


def _row(rule: Rule) -> str:
    what = first_sentence((FOLDER / f"{rule.name}.md").read_text(encoding="utf-8"))
    return f"| [{rule.name}]({rule.name}.md) | {rule.severity} | {_NEEDS[rule.needs]} | {rule.since} | {what} |\n"


if __name__ == "__main__":
    main()
