"""What the two sides of the pipe agree on: JSON lines that carry the protocol's version.

server -> worker   {"start": {…}}                                     once, before anything heavy is imported
                   {"id": 7, "child": "spec", "seconds": 10, "request": {…}}
worker -> server   {"hello": {…}}                                     once, when Keras is there or will never be
                   {"id": 7, "answer": "…"}                           the text that the child wrote: hostile
                   {"id": 7, "failure": "timeout", "reason": "…"}

A child's text is itself JSON, `{"reply": {…}}` or `{"error": "…"}`; only the server ever parses it.
"""

from __future__ import annotations

import json
from typing import Any

VERSION = 1

ANSWER_LIMIT = 4 << 20
"""Bytes that one child may answer."""

LINE_LIMIT = 6 * ANSWER_LIMIT
"""Bytes of one line between server and worker; a character of an answer can take six when it is escaped."""

PATIENCE = 4
"""Seconds of a request are those of the processor; by the clock they may be so many times as many."""


# Kinds of children: for models made of Keras' own layers, for their training calls, for what runs the user's code.
SPEC = "spec"
TRAINING = "training"
CODE = "code"

# Kinds of failure.
DIED = "died"
TIMEOUT = "timeout"
OVERSIZED = "oversized"


class ProtocolError(ValueError):
    """A line that the other side would never have written."""


def pack(**fields: Any) -> bytes:
    """One message as a line."""
    return json.dumps({"protocol": VERSION, **fields}).encode("ascii") + b"\n"


def unpack(line: bytes) -> dict[str, Any]:
    """The message of one line.

    Raises:
        ProtocolError: it is no JSON object, or one of another protocol version.
    """
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("not JSON") from error
    if not isinstance(message, dict) or message.get("protocol") != VERSION:
        raise ProtocolError(f"not a message of protocol {VERSION}")
    return message
