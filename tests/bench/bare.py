"""A language server of pygls that does nothing: what the protocol alone costs here. It answers `bench/echo`."""

from __future__ import annotations

from pygls.lsp.server import LanguageServer

server = LanguageServer("bare", "1")


@server.feature("bench/echo")
def echo(params):
    return params


if __name__ == "__main__":
    server.start_io()
