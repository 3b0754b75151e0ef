"""Bytes of a client -> bodies of messages. What does not fit its header is given up, and the next header is looked for.

No header can hide in a body: line breaks are escaped there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LARGEST_BODY = 256 << 20
LARGEST_HEADER = 4 << 10

_NAME = re.compile(rb"Content-Length:", re.IGNORECASE)
_NAME_BYTES = 15
_LENGTH = re.compile(rb"Content-Length:[ \t]*(\d{1,12})[ \t]*\r?\n", re.IGNORECASE)
_END = re.compile(rb"\r?\n\r?\n")


class Frames:
    """Feed it what was read; it gives the bodies that are complete. Never raises, and keeps no more than a message."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._length: int | None = None
        self._last = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The bodies that end in `data`. Take the next one when it is known what the last one was."""
        self._buffer += data
        while self._has_header() and self._length is not None and len(self._buffer) >= self._length:
            self._last = bytes(self._buffer[: self._length])
            del self._buffer[: self._length]
            self._length = None
            yield self._last

    def out_of_step(self) -> None:
        """The last body was none: its header lied. What it swallowed is looked through for the next header."""
        self._buffer[:0] = self._last
        self._last, self._length = b"", None

    def _has_header(self) -> bool:
        """Whether the header of the next body has been read. What stands before it is dropped."""
        while self._length is None and self._at_name():
            end = _END.search(self._buffer, 0, LARGEST_HEADER)
            if end is None and len(self._buffer) < LARGEST_HEADER:
                return False
            length = _LENGTH.match(self._buffer)
            if end is not None and length is not None and int(length[1]) <= LARGEST_BODY:
                self._length = int(length[1])
                del self._buffer[: end.end()]
            else:
                del self._buffer[:_NAME_BYTES]
        return self._length is not None

    def _at_name(self) -> bool:
        """Whether a header begins here; what cannot be the beginning of one is dropped."""
        name = _NAME.search(self._buffer)
        del self._buffer[: name.start() if name else -_NAME_BYTES]
        return name is not None
