"""How messages come in: over stdin, or from one client over TCP on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import logging
import re
import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest, JsonRpcParseError
from pygls.io_ import StdoutWriter

from keras_shapes.lsp.framing import Frames
from keras_shapes.lsp.protocol import Protocol
from keras_shapes.lsp.server import Server
from keras_shapes.tracing import span

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
CHUNK = 1 << 16
PATIENCE_SECONDS = 10.0
"""A connection that says nothing for so long is closed."""

_GREETING = re.compile(rb"content-(?:length|type):", re.IGNORECASE)
"""What a client of ours begins with. A browser begins with a method."""

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter, bytes]


def serve_stdio(server: Server) -> None:
    """Serve the client that started this process, until it goes."""
    server.protocol.set_writer(StdoutWriter(sys.stdout.buffer))

    def read() -> Awaitable[bytes]:
        return asyncio.get_running_loop().run_in_executor(server.thread_pool, sys.stdin.buffer.read1, CHUNK)  # type: ignore[union-attr]

    _run(_converse(server, read))


def serve_tcp(server: Server, port: int) -> None:
    """Serve the first client that connects and speaks as one, until it goes."""
    _run(_serve_one(server, port))


def _run(conversation: Coroutine[Any, Any, None]) -> None:
    """The thread that waits for input is not waited for: it may get none."""
    try:
        asyncio.run(conversation)
    except BrokenPipeError:
        logger.info("the client is gone")
    except (KeyboardInterrupt, SystemExit):
        pass


async def _serve_one(server: Server, port: int) -> None:
    chosen: asyncio.Future[Connection] = asyncio.get_running_loop().create_future()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        greeting = await _greeting(reader) if _is_local(writer) else None
        if greeting is None or chosen.done():
            writer.close()
        else:
            chosen.set_result((reader, writer, greeting))

    listening = await asyncio.start_server(connected, HOST, port)
    reader, writer, greeting = await chosen
    listening.close()
    server.protocol.set_writer(writer)
    with contextlib.suppress(ConnectionError):
        await _converse(server, lambda: reader.read(CHUNK), greeting)


def _is_local(writer: asyncio.StreamWriter) -> bool:
    return ipaddress.ip_address(writer.get_extra_info("peername")[0]).is_loopback


async def _greeting(reader: asyncio.StreamReader) -> bytes | None:
    """The first line of a client; None where it is none of ours."""
    try:
        line = await asyncio.wait_for(reader.readline(), PATIENCE_SECONDS)
    except (asyncio.TimeoutError, ConnectionError, ValueError):
        return None
    return line if _GREETING.match(line) else None


async def _converse(server: Server, read: Callable[[], Awaitable[bytes]], data: bytes = b"") -> None:
    """Handle messages until there are no more."""
    frames = Frames()
    while data := data or await read():
        for body in frames.feed(data):
            if not _handled(server, body):
                frames.out_of_step()
            await asyncio.sleep(0)  # what a message has begun goes on before the next one is handled
        data = b""


def _handled(server: Server, body: bytes) -> bool:
    """Handle a message; False where the body is no JSON, so that its length cannot have been right."""
    try:
        with span("receive"):
            data = json.loads(body)
    except (ValueError, RecursionError):
        server.protocol.refuse(None, JsonRpcParseError())
        return False
    try:
        _pass_on(server.protocol, data)
    except Exception as error:  # noqa: BLE001 - one message's trouble is not the next one's
        server.report_server_error(error, JsonRpcException)
    return True


def _pass_on(protocol: Protocol, data: Any) -> None:
    if not isinstance(data, dict) or data.get("jsonrpc") != protocol.VERSION:
        protocol.refuse(data.get("id") if isinstance(data, dict) else None, JsonRpcInvalidRequest())
        return
    with span("structure"):
        message = protocol.structure_message(data)
    if "method" in data and "id" in data and not hasattr(message, "id"):
        protocol.refuse(data["id"], JsonRpcInvalidRequest(f"{data['method']} is a notification"))
    else:
        with span("handle"):
            protocol.handle_message(message)
