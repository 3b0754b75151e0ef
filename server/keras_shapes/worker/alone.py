"""The worker where there is no `fork`: one process, one request after the other, no user code."""

from __future__ import annotations

import os
from typing import Any

from . import child, protocol
from .pipes import CHUNK, Lines, readable, write

NO_FORK = "user code needs a process of its own, and there is no fork here"


def serve(requests: int, replies: int, hello: dict[str, Any], start: dict[str, Any]) -> int:
    """Answer until the server closes its end, or nothing came for a while."""
    write(replies, protocol.pack(hello={**hello, "parallel": 1, "sandbox": {"spec": NO_FORK, "code": NO_FORK}}))
    lines = Lines()
    while readable(requests, start["idle_seconds"]):
        data = os.read(requests, CHUNK)
        if not data:
            break
        for line in lines.feed(data):
            message = protocol.unpack(line)
            write(replies, protocol.pack(id=message["id"], answer=child.answer(message["request"])))
    return 0
