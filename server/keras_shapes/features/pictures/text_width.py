"""How wide a text is, about: the widths of Helvetica, with a little more for the fonts that stand in for it."""

from __future__ import annotations

import unicodedata

_WIDTHS = {
    **dict.fromkeys("ijl.,:;'|!", 0.28),
    **dict.fromkeys("ft()[]{}I/ -·r", 0.36),
    **dict.fromkeys("mwMW→…%@", 0.92),
    **dict.fromkeys("ABCDEFGHKNOPQRSTUVXYZ&×", 0.7),
    **dict.fromkeys("csvxyzkJL", 0.52),
}
_OTHER = 0.58
_LARGER = 1.12
_BOLD = 1.08


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in a font of this size, in the same unit."""
    widths = (1.0 if unicodedata.east_asian_width(char) in "WF" else _WIDTHS.get(char, _OTHER) for char in text)
    return sum(widths) * size * _LARGER * (_BOLD if bold else 1.0)
