"""Patterns of `.gitignore`, as git reads them: a bad one matches nothing, and none takes longer than its length.

A segment is cut at its stars into pieces of a fixed width. The first piece is at the start, the last one at the end,
and those between are taken where they are first found: no choice is ever taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Segment: TypeAlias = "tuple[Piece, ...] | None"
"""The pieces between the stars of a segment; None for `**`, which stands for any number of folders."""

_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "lower": "a-z",
    "space": r"\s",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}
_MOST = 10_000
"""More patterns are not read: every file would have to be compared with them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A regular expression for a fixed number of characters."""

    pattern: re.Pattern[str]
    width: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern. `again` takes back what others ignore, `folders` matches folders only."""

    segments: tuple[Segment, ...]
    again: bool
    folders: bool


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of one file, in order: the last one that matches decides."""

    rules: tuple[Rule, ...]

    def verdict(self, path: str, *, folder: bool) -> bool | None:
        """Whether they ignore a path (`a/b.py`); None when they do not speak of it."""
        parts = _bytes(path).split("/")
        for rule in reversed(self.rules):
            if (folder or not rule.folders) and _matches(rule.segments, parts):
                return not rule.again
        return None

    def ignores(self, path: str) -> bool:
        """Whether they ignore a file, or a folder that it is in."""
        folders = [path[:place] for place, character in enumerate(path) if character == "/"]
        return any(self.verdict(each, folder=True) for each in folders) or self.verdict(path, folder=False) is True


def read_patterns(lines: Iterable[str]) -> Patterns:
    """The patterns of some lines; what is none is left out."""
    rules = (_rule(line) for line in list(lines)[:_MOST])
    return Patterns(tuple(rule for rule in rules if rule is not None))


def _rule(line: str) -> Rule | None:
    text = _without_spaces(_bytes(line.rstrip("\r\n")))
    again = text.startswith("!")
    text = text.removeprefix("!")
    if not text or line.startswith("#"):
        return None
    folders = text.endswith("/")
    parts = text.removesuffix("/").removeprefix("/").split("/")
    anywhere = len(parts) == 1 and not text.startswith("/")
    segments: list[Segment] = [None] if anywhere else []
    for part in parts:
        pieces = _pieces(part) if part != "**" else None
        if pieces == ():
            return None
        segments.append(pieces)
    if segments[-1] is None:
        segments.append((_ANYTHING, _ANYTHING))  # `a/**` is what is in `a`
    return Rule(tuple(segments), again, folders)


def _bytes(text: str) -> str:
    """A character for each byte, as git compares them: `?` is no `é`."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("latin-1")


def _without_spaces(text: str) -> str:
    """Without spaces at the end that no backslash protects."""
    bare = text.rstrip(" ")
    escaped = (len(bare) - len(bare.rstrip("\\"))) % 2 == 1
    return bare + " " if escaped and len(bare) < len(text) else bare


def _pieces(segment: str) -> tuple[Piece, ...]:
    """The pieces of a segment; none where it is no pattern."""
    found: list[list[str]] = [[]]
    position = 0
    while position < len(segment):
        character = segment[position]
        position += 1
        if character == "*":
            found.append([])
        elif character == "?":
            found[-1].append("[^/]")
        elif character == "[":
            members, position = _class(segment, position)
            if not members:
                return ()
            found[-1].append(members)
        else:
            if character == "\\":
                character = segment[position : position + 1]
                position += 1
            if not character:
                return ()
            found[-1].append(re.escape(character))
    return tuple(Piece(re.compile("".join(each), re.DOTALL | re.ASCII), len(each)) for each in found)


def _class(text: str, start: int) -> tuple[str, int]:
    """The regular expression of `[…]`, empty where that has no end; and where it ends."""
    position = start + (text[start : start + 1] in {"!", "^"})
    members: list[str] = []
    first = True
    while first or text[position : position + 1] != "]":
        first = False
        if text.startswith("[:", position) and (end := text.find(":]", position)) > 0:
            members.append(_CLASSES.get(text[position + 2 : end], ""))
            position = end + 2
            continue
        low, position = _member(text, position)
        high = low
        if text[position : position + 1] == "-" and text[position + 1 : position + 2] not in {"", "]"}:
            high, position = _member(text, position + 1)
        if not low or not high:
            return "", position
        members += [f"{re.escape(low)}-{re.escape(high)}"] if low <= high else []
    inside = "".join(members)
    if position > start and text[start] in {"!", "^"}:
        return f"[^/{inside}]", position + 1
    return (f"(?!/)[{inside}]" if inside else "(?!)"), position + 1


def _member(text: str, position: int) -> tuple[str, int]:
    """A character of a class, and where the next one is."""
    position += text[position : position + 1] == "\\"
    return text[position : position + 1], position + 1


def _matches(segments: Sequence[Segment], parts: Sequence[str]) -> bool:
    """Whether a path has these segments. Only the last `**` ever takes more than it had to."""
    at = part = 0
    again: tuple[int, int] | None = None
    while part < len(parts):
        if at < len(segments) and segments[at] is None:
            at += 1
            again = at, part
        elif at < len(segments) and _fits(segments[at] or (), parts[part]):
            at, part = at + 1, part + 1
        elif again is not None:
            again = again[0], again[1] + 1
            at, part = again
        else:
            return False
    return at == len(segments)


def _fits(pieces: Sequence[Piece], name: str) -> bool:
    """Whether a name has these pieces in this order, the first at its start and the last at its end."""
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return len(name) == first.width and first.pattern.match(name) is not None
    end = len(name) - last.width
    if first.width > end or not first.pattern.match(name) or not last.pattern.match(name, max(end, 0)):
        return False
    position = first.width
    for piece in pieces[1:-1]:
        found = piece.pattern.search(name, position, end)
        if found is None:
            return False
        position = found.end()
    return True


_ANYTHING = Piece(re.compile(""), 0)
