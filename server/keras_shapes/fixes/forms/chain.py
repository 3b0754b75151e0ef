"""What the forms of a chain have in common, and layers as texts that can stand elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from keras_shapes.fixes.text import Text
from keras_shapes.source import Span

Form: TypeAlias = Literal["list", "adds", "functional"]

_GAP_LINE = re.compile(r"(?:[ \t\f]*[,;])?([ \t\f]*)(#.*)?")
_LINE_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Piece:
    """One layer: its expression, the comments and blank lines above it, and the comment behind it, as written."""

    layer: ast.expr
    span: Span
    above: tuple[str, ...] = ()
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of layers. `span` is that of its statements, `made` that of the name that is called: `keras.Sequential`.

    `arguments` are those of the model itself (`name="net"`), `head` a comment behind the opening bracket, `tail` the
    lines behind the last layer. `names` are those of the tensors.
    """

    form: Form
    target: str
    made: Span
    span: Span
    pieces: tuple[Piece, ...]
    block: Sequence[ast.stmt]
    arguments: str = ""
    head: str = ""
    tail: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


def gap(written: str) -> tuple[str, tuple[str, ...]] | None:
    """What stands between two layers: the comment behind the first one, and the lines above the second one.

    None where there is anything else than a comma, comments and blank lines.
    """
    lines = _LINE_BREAK.split(written)
    found = [_GAP_LINE.fullmatch(line) for line in lines]
    if not all(found):
        return None
    behind = "".join(part or "" for part in found[0].groups()) if found[0] and found[0][2] else ""
    middle = list(zip(lines[1:-1], found[1:-1], strict=True))
    above = tuple((match[2] or "").rstrip() for line, match in middle if match and (match[2] or not line.strip()))
    return behind.rstrip(), above


def with_gaps(pieces: Sequence[Piece], gaps: Sequence[str]) -> tuple[str, tuple[Piece, ...], tuple[str, ...]] | None:
    """The head, the pieces with their comments, and the tail; `gaps` are the texts before each piece and at the end."""
    read = [gap(each) for each in gaps]
    if any(each is None for each in read):
        return None
    known = [each for each in read if each is not None]
    dressed = tuple(
        Piece(piece.layer, piece.span, above[1], behind[0])
        for piece, above, behind in zip(pieces, known[:-1], known[1:], strict=True)
    )
    return known[0][0], dressed, known[-1][1]


def placed(text: Text, piece: Piece, column: int, indent: str, written: str | None = None) -> str:
    """The layer's text for another place: lines below the first one keep their distance to what they hang on.

    `written` is another text for it.
    """
    document = text.document
    written = document.slice(piece.span) if written is None else written
    line = document.line_span(document.line(piece.span.start))
    first, *rest = written.splitlines(keepends=True)
    if not rest or _has_long_string(text, piece.layer):
        return written
    old = document.text[line.start : line.end]
    old_indent = old[: len(old) - len(old.lstrip(" \t\f"))]
    if first.split("#")[0].rstrip()[-1:] in "([{":
        return "".join([first, *(_hung(each, old_indent, indent) for each in rest)])
    return "".join([first, *(_shifted(each, column - (piece.span.start - line.start)) for each in rest)])


def _has_long_string(text: Text, layer: ast.expr) -> bool:
    """Whether a string may go on over a line: its blanks are its own."""
    written = text.slice(layer)
    return any(mark in written for mark in ('"""', "'''", "\\\n", "\\\r"))


def _hung(line: str, old: str, new: str) -> str:
    return new + line[len(old) :] if line.startswith(old) and line.strip() else line


def _shifted(line: str, distance: int) -> str:
    blanks = len(line) - len(line.lstrip(" "))
    return " " * max(blanks + distance, 0) + line[blanks:] if line.strip() else line
