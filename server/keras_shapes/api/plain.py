"""Results and orders as plain JSON, and back: for reports, and between processes of ours."""

from __future__ import annotations

import functools
import json
from typing import Any, TypeAlias, TypeVar

from cattrs.preconf.json import JsonConverter, make_converter

T = TypeVar("T")
Json: TypeAlias = dict[str, Any]


def to_plain(value: object) -> Any:
    """Dictionaries, lists, texts and numbers."""
    return _converter().unstructure(value)


def from_plain(plain: Any, kind: type[T]) -> T:
    """What `to_plain` was given."""
    return _converter().structure(plain, kind)


def to_line(message: Json) -> bytes:
    """A message as a line of ASCII: every pipe takes it, and every text survives, whatever was in a file's name."""
    return json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n"


@functools.cache
def _converter() -> JsonConverter:
    return make_converter()
