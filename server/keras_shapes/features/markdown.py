"""Text of the user's in Markdown: shown as it is, whatever it contains."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*\[\]<>|~&$@]|(?<!\w)_|_(?!\w)|:(?=//)|(?<=www)\.|^[#+\-=]|^\d{1,9}[.)]", re.IGNORECASE)
"""What Markdown reads where it stands; no more, because some editors show the text as it is."""


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would read."""
    return _SPECIAL.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", " ".join(text.split()))


def code(text: str) -> str:
    """The text as a code span; also fit for a cell of a table."""
    plain = " ".join(text.splitlines()).replace("`", "'")
    return f"`{plain}`".replace("|", "\\|") if plain else ""


def block(text: str) -> str:
    """The text as a fenced block."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text}\n{fence}"
