"""The whole server, put together; what `keras-shapes server` starts."""

from __future__ import annotations

import logging
import sys

from keras_shapes import tracing
from keras_shapes.lsp.ending import end_now, end_on_signals, end_soon
from keras_shapes.lsp.handlers import register
from keras_shapes.lsp.server import Options, Server
from keras_shapes.lsp.tools import make_room_for_recursion
from keras_shapes.lsp.transport import serve_stdio, serve_tcp

SWITCH_SECONDS = 0.0005
"""A thread that reads lets the event loop answer this soon; Python's own 5 ms would be felt."""


def make_server(options: Options) -> Server:
    """A server with all its features."""
    server = Server(options)
    register(server)
    return server


def serve(options: Options, port: int | None = None) -> None:
    """Serve one client over stdin and stdout, or over TCP from this machine only, and end the process.

    Its exit code is 0 after an orderly `shutdown`, 1 when the client ended without it, as the protocol asks.
    """
    make_room_for_recursion()
    if (problem := tracing.start()) is not None:
        logging.getLogger(__name__).warning(problem)
    sys.setswitchinterval(SWITCH_SECONDS)
    server = make_server(options)
    end_on_signals(server)
    try:
        if port is None:
            serve_stdio(server)
        else:
            serve_tcp(server, port)
    finally:
        end_soon(server)
        server.close()
        server.wait_for_keras()
        end_now(server, 0 if server.orderly else 1)
