"""`keras-shapes server`: the language server."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import click

from keras_shapes.cli.options import NamedPath


@click.command()
@click.option("--stdio", is_flag=True, help="Speak over stdin and stdout (the default).")
@click.option("--tcp", type=click.IntRange(1, 65535), metavar="PORT", help="Listen on this machine only, to debug.")
@click.option(
    "--interpreter",
    metavar="PYTHON",
    type=NamedPath(),
    help="The Python whose Keras is asked. Without it: the client's setting, else the active environment, else that of "
    "a trusted workspace, else the Python that runs the server.",
)
@click.option("--trusted", is_flag=True, help="The workspace is trusted, whatever the client says.")
@click.option("--verbose", is_flag=True, help="Log everything that is sent to stderr.")
def server(*, stdio: bool, tcp: int | None, interpreter: Path | None, trusted: bool, verbose: bool) -> None:
    """Serve an editor that speaks the language server protocol.

    With --tcp, interpreter and trust are those of this command line: any program on this machine may connect. One
    client is served, and nothing that speaks as a browser does.
    """
    if stdio and tcp is not None:
        raise click.UsageError("--stdio or --tcp, not both")
    from keras_shapes.hardening import harden_process
    from keras_shapes.interpreters import ACTIVE

    active = {name: os.environ[name] for name in ACTIVE if name in os.environ}
    harden_process(forget_active=True)
    from keras_shapes.lsp.app import serve
    from keras_shapes.lsp.quiet import FewOfAKind
    from keras_shapes.lsp.server import Options

    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING,
        stream=sys.stderr,
        format="keras-shapes: %(levelname)s: %(message)s",
    )
    for handler in () if verbose else logging.getLogger().handlers:
        handler.addFilter(FewOfAKind())
    serve(Options(interpreter, trusted=trusted, only=tcp is not None, active=active), tcp)
