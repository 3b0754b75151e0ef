"""What children answer is hostile until it has passed here: length, depth, numbers, characters."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from keras_shapes.worker.protocol import ANSWER_LIMIT

_MAX_DEPTH = 40
_MAX_NODES = 400_000
_MAX_TEXT = 20_000
_MAX_INTEGER = 1 << 128

# C0 and C1 controls but line breaks and tabs, soft hyphen, zero-width and bidirectional marks, line and paragraph
# separators, byte order marks, surrogates, tags: what hides text, turns it round, or steers a terminal.
_UNSAFE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    "\\ufeff\\ufff9-\\ufffb\\ud800-\\udfff\\U000e0000-\\U000e007f]"
)


class BadAnswerError(ValueError):
    """The text is no answer to anything."""


class BuildError(Exception):
    """Building itself failed in the child, with a reason; nothing was said about the model."""


def parse_answer(text: str) -> dict[str, Any]:
    """The reply in a child's answer, with harmless text in it.

    Raises:
        BuildError: the child reports that it could not build.
        BadAnswerError: it is too long or too deep, no JSON, or of no known form.
    """
    if len(text) > ANSWER_LIMIT:
        raise BadAnswerError("the answer is too long")
    try:
        answer = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadAnswerError("the answer is no JSON") from error
    match _Cleaner().clean(answer):
        case {"reply": dict() as reply, **rest} if not rest:
            return reply
        case {"error": str() as reason, **rest} if not rest:
            raise BuildError(clean_line(reason))
        case _:
            raise BadAnswerError("the answer has another form")


def clean_text(text: str) -> str:
    """The text without characters that hide, turn round or control, and not too long."""
    short = text[:_MAX_TEXT]
    return short if short.isascii() and short.isprintable() else _UNSAFE.sub("", short)


def clean_line(text: str, limit: int = 300) -> str:
    """The text as one short line."""
    line = " ".join(clean_text(text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


class _Cleaner:
    """Counts as it walks, so that a small text cannot stand for a large value."""

    def __init__(self) -> None:
        self._nodes = 0

    def clean(self, value: Any, depth: int = 0) -> Any:
        # Answers on large models have tens of thousands of parts: by exact type, and without a call for each number.
        kind = type(value)
        if kind is str:
            return clean_text(value)
        if kind is list:
            self._enter(len(value), depth)
            return [item if _is_plain(item) else self.clean(item, depth + 1) for item in value]
        if kind is dict:
            self._enter(len(value), depth)
            return {
                clean_text(key): item if _is_plain(item) else self.clean(item, depth + 1) for key, item in value.items()
            }
        if kind is float and not math.isfinite(value):
            raise BadAnswerError("a number is not finite")
        if kind is int and abs(value) > _MAX_INTEGER:
            raise BadAnswerError("a number is too large")
        return value

    def _enter(self, count: int, depth: int) -> None:
        self._nodes += count
        if depth >= _MAX_DEPTH or self._nodes > _MAX_NODES:
            raise BadAnswerError("the answer is too deep or has too many parts")


def _is_plain(value: Any) -> bool:
    return value is None or (type(value) is int and -_MAX_INTEGER < value < _MAX_INTEGER)


def _no_constant(name: str) -> Any:
    raise BadAnswerError(f"{name} is no number of ours")
