"""The pages of the rules as tests: their code blocks, the marks in them, and the messages below them.

A block under "Not reported" has no diagnostic; one under "Fixed" is what the fix of the first example
gives; every other block has a comment `# error: [rule]` (or warning, hint) on each marked line, and below it, as a
quotation, one message a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "rules"

_BLOCK = re.compile(
    r"^```python(?P<info>[^\n]*)\n(?P<code>.*?)^```\n(?P<after>(?:\n*> [^\n]*)*)", re.MULTILINE | re.DOTALL
)
_HEADING = re.compile(r"^##+ (.*)$", re.MULTILINE)
_MARK = re.compile(r"#\s*(?P<severity>error|warning|hint): \[(?P<rule>[a-z0-9-]+)\]")


@dataclass(frozen=True)
class Block:
    """A program on a page. `expected` are (line, severity, rule) in order; `messages` the lines of the quotation."""

    page: str
    line: int
    heading: str
    fixed: bool
    code: str
    expected: tuple[tuple[int, str, str], ...]
    messages: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def silent(self) -> bool:
        """Whether it stands under a heading that promises no diagnostic."""
        return self.fixed or self.heading == "Not reported"


def blocks() -> list[Block]:
    """All programs on all pages."""
    return [block for page in sorted(FOLDER.glob("*.md")) for block in _blocks_of(page)]


def _blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    found = []
    for match in _BLOCK.finditer(text):
        headings = [heading[1] for heading in _HEADING.finditer(text[: match.start()])]
        line = text.count("\n", 0, match.start()) + 2
        messages = tuple(line.removeprefix("> ") for line in match["after"].split("\n") if line.startswith("> "))
        expected = tuple(
            (number, mark["severity"], mark["rule"])
            for number, text_line in enumerate(match["code"].split("\n"), start=1)
            for mark in _MARK.finditer(text_line)
        )
        heading = headings[-1] if headings else ""
        fixed = match["info"].strip() == "fixed" or heading == "Fixed"
        found.append(Block(page.stem, line, heading, fixed, match["code"], expected, messages))
    return found
