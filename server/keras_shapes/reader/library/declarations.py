"""Shapes declared in comments: `# keras-shapes: shape (1000, 28, 28, 1) uint8 min 0 max 9`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library import dtypes
from keras_shapes.source import Span

_SYNTAX: Final = "write: # keras-shapes: shape (1000, 28, 28, 1) uint8 max 9"
_DECLARATION: Final = re.compile(r"#\s*keras-shapes\s*:\s*shape\b\s*(?P<rest>.*)")
_SHAPE: Final = re.compile(r"\((?P<sizes>[^()]*)\)\s*(?P<rest>.*)")
_NAME: Final = re.compile(r"[A-Za-z_]\w*")
_NUMBER: Final = re.compile(r"-?\d{1,18}(\.\d{1,18})?")
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class InvalidDeclaration:
    """A declaration that cannot be read; `message` says what is wrong and how it is written."""

    message: str
    span: Span | None


def parse(comment: str, span: Span | None) -> Array | InvalidDeclaration:
    """The array that a comment declares. For a layer its shape is that of the output, with the batch axis."""
    found = _DECLARATION.match(comment.strip()[:_LONGEST])
    shape = _SHAPE.match(found["rest"]) if found is not None else None
    if shape is None:
        return InvalidDeclaration(f"a declared shape stands in parentheses; {_SYNTAX}", span)
    sizes = _sizes(shape["sizes"])
    if isinstance(sizes, str):
        return InvalidDeclaration(f"{sizes} is no size; {_SYNTAX}", span)
    return _with_facts(sizes, shape["rest"].split(), span)


def _sizes(text: str) -> tuple[Size, ...] | str:
    """The sizes; the text of the first one that is none."""
    parts = [part.strip() for part in text.split(",")]
    if parts[-1] == "":
        parts.pop()
    sizes: list[Size] = []
    for part in parts:
        if part.isdecimal() and part.isascii():
            sizes.append(int(part))
        elif part == "None":
            sizes.append(None)
        elif part == "?" or _NAME.fullmatch(part):
            key = object() if part == "?" else ("declared", part)
            sizes.append(Unknown("declared without a number", name=None if part == "?" else part, kind="int", key=key))
        else:
            return part or "nothing"
    return tuple(sizes)


def _with_facts(sizes: tuple[Size, ...], words: list[str], span: Span | None) -> Array | InvalidDeclaration:
    dtype = None
    bounds: dict[str, float] = {}
    while words:
        word = words.pop(0)
        if word.startswith("#"):
            break
        if word in {"min", "max"}:
            number = words.pop(0) if words else ""
            if _NUMBER.fullmatch(number) is None:
                return InvalidDeclaration(f"{word} needs a number; {_SYNTAX}", span)
            bounds[word] = float(number) if "." in number else int(number)
        elif dtypes.dtype_of(word) is not None and dtype is None:
            dtype = dtypes.dtype_of(word)
        else:
            return InvalidDeclaration(f"{word} is no dtype; {_SYNTAX}", span)
    return Array(
        sizes,
        dtype,
        minimum=bounds.get("min"),
        maximum=bounds.get("max"),
        origin="declared here",
        span=span,
        provenance=frozenset({Fact.DECLARED} | ({Fact.EXACT} if "max" in bounds else set())),
        source=object(),
    )
