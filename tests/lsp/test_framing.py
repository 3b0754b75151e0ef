"""Messages out of bytes, whatever the bytes are: who is out of step comes in step again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from keras_shapes.lsp.framing import LARGEST_BODY, LARGEST_HEADER, Frames

GOOD = [b'{"n": %d}' % number for number in range(3)]


def framed(body: bytes, length: object = None, name: bytes = b"Content-Length") -> bytes:
    return b"%s: %s\r\n\r\n%s" % (name, str(len(body) if length is None else length).encode(), body)


def read(data: bytes, chunk: int = 7) -> list[bytes]:
    """The bodies that are JSON; after another one the frames are told that they are out of step."""
    frames, found = Frames(), []
    for start in range(0, len(data), chunk):
        for body in frames.feed(data[start : start + chunk]):
            try:
                json.loads(body)
            except ValueError:
                frames.out_of_step()
            else:
                found.append(body)
    return found


@pytest.mark.parametrize("chunk", [1, 7, 1000])
@pytest.mark.parametrize(
    "first",
    [
        b"",
        framed(b"[1]", 1),
        framed(b"[1]", 2),
        framed(b"[1]", 4),
        framed(b"[1]", 30),
        framed(b"[1]", 0),
        framed(b"[1]", -3),
        framed(b"[1]", "many"),
        framed(b"[1]", LARGEST_BODY + 1),
        framed(b"[1]", "9" * 5000),
        framed(b"no json", None),
        b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n",
        b"Content-Length: 5\r\n" * 2000,
        b"Content-Length: " + b"x" * 2 * LARGEST_HEADER,
        bytes(range(256)) * 40,
    ],
)
def test_the_messages_behind_nonsense_are_read(first, chunk):
    found = read(first + b"".join(map(framed, GOOD)), chunk)
    assert found[-2:] == GOOD[1:]  # the first one may have been swallowed


def test_spellings_of_the_header():
    body = GOOD[0]
    for header in (b"content-length:7", b"CONTENT-LENGTH:  7 ", b"Content-Length: 7\r\nContent-Type: a/b"):
        assert read(b"%s\r\n\r\n%s" % (header, body)) == [body[:7]] or len(body) != 7
        assert read(header.replace(b"7", b"8") + b"\r\n\r\n" + body) == [body]


@settings(max_examples=300, deadline=None)
@given(
    some.lists(
        some.one_of(
            some.builds(framed, some.sampled_from(GOOD), some.one_of(some.none(), some.integers(-2, 40))),
            some.binary(max_size=60),
            some.sampled_from([b"Content-Length:", b"\r\n\r\n", b": 3"]),
        ),
        max_size=8,
    ),
    some.integers(1, 50),
)
def test_nothing_keeps_out_of_step(parts, chunk):
    found = read(b"".join(parts) + framed(b" " * 80) + b"".join(map(framed, GOOD)), chunk)
    assert found[-1:] == GOOD[-1:]
