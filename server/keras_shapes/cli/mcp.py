"""`keras-shapes mcp`: shapes and mistakes for coding agents."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from keras_shapes.cli.complaints import NotCheckedError
from keras_shapes.cli.options import interpreter_option, run_code_option


@click.command(short_help="Answer coding agents (MCP), over stdin and stdout.")
@interpreter_option
@run_code_option
def mcp(*, interpreter: Path | None, run_code: bool) -> None:
    """Answer coding agents that speak the Model Context Protocol, over stdin and stdout.

    The tools check, summary, explain and apply_fix see the files of the current folder, and none outside of it. Needs
    the extra `mcp`.
    """
    from keras_shapes.cli.interrupting import INTERRUPTED

    try:
        from keras_shapes.agents.server import serve
    except ImportError:
        raise NotCheckedError(f"coding agents need the package mcp, 2.0 or newer: {_advice()}") from None
    try:
        serve(Path.cwd(), interpreter, run_code=run_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _advice() -> str:
    """How to install it where this program runs."""
    from keras_shapes.environments import choose_interpreter, command_to_install

    return command_to_install("mcp", choose_interpreter())
