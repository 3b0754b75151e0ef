"""Reading and writing lines over plain descriptors."""

from __future__ import annotations

import os
import select
import sys

CHUNK = 1 << 16


class Lines:
    """Bytes go in, whole lines come out."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def __len__(self) -> int:
        """How many bytes wait for the end of their line."""
        return len(self._rest)

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that `data` completes, without their line breaks."""
        self._rest += data
        *lines, rest = self._rest.split(b"\n")
        self._rest = rest
        return [bytes(line) for line in lines]


def read_line(descriptor: int) -> bytes:
    """One line, read so that nothing behind it is taken; empty at the end of the input."""
    line = bytearray()
    while not line.endswith(b"\n"):
        byte = os.read(descriptor, 1)
        if not byte:
            return b""
        line += byte
    return bytes(line)


def write(descriptor: int, data: bytes) -> None:
    """Write everything, however long the other side takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def readable(descriptor: int, seconds: float) -> bool:
    """Wait until there is something to read, or the end of it; False when `seconds` passed first."""
    if sys.platform == "win32":  # where only sockets can be waited for
        return True
    return bool(select.select([descriptor], [], [], seconds)[0])
