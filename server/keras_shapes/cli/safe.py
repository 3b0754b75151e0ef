"""Text of other people's files on a terminal: nothing in it may move the cursor, change colours or hide other text."""

from __future__ import annotations

import unicodedata

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def safe_line(text: str) -> str:
    """The text in one line, with controls and characters that turn text round replaced, one for one."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_safe(character) for character in text)


def safe_block(text: str) -> str:
    """The same for a text of several lines; tabs stay."""
    return "\n".join("\t".join(map(safe_line, line.split("\t"))) for line in text.splitlines())


def _safe(character: str) -> str:
    # Cc controls, Cf invisible format characters, Cs surrogates, Zl and Zp line ends; Co and Cn have no shape to show.
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return " " if character in "\t\r\n" else _REPLACEMENT
    return character
