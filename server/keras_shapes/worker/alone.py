"""The worker where there is no `fork`: one process, one request after the other, no user code."""

from __future__ import annotations

import os
import sys
from typing import Any, Optional

from . import child, code, protocol
from .pipes import CHUNK, Lines, readable, write

NO_CODE = "user code needs a process of its own, and there is no fork here"


def serve(requests: int, replies: int, hello: dict[str, Any], start: dict[str, Any]) -> int:
    """Answer until the server closes its end, or nothing came for a while."""
    sandbox = {protocol.SPEC: confine(), protocol.CODE: NO_CODE}
    write(replies, protocol.pack(hello={**hello, "parallel": 1, "sandbox": sandbox}))
    lines = Lines()
    while readable(requests, start["idle_seconds"]):
        data = os.read(requests, CHUNK)
        if not data:
            break
        for line in lines.feed(data):
            message = protocol.unpack(line)
            write(replies, protocol.pack(id=message["id"], answer=child.answer(message["request"])))
    return 0


def confine() -> Optional[str]:
    """Confine this process where that is possible; None, or the reason why not."""
    if sys.platform != "linux":
        return f"there is no sandbox for {sys.platform}"
    from . import lockdown

    try:
        lockdown.confine_spec(child.warm_up, compiles=child.COMPILES)
    except OSError as error:
        return error.strerror or str(error)
    code.expect_sandbox()
    return None
