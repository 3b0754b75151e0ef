"""The command line. A command is imported when it is run, so that `--version` waits for nothing."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path

import click

from keras_shapes import __version__
from keras_shapes.cli.complaints import NotCheckedError, show_warnings
from keras_shapes.hardening import harden_process

__all__ = ["main"]

_COMMANDS = ("check", "summary", "rule", "server", "mcp", "doctor", "completion")


class _Commands(click.Group):
    """Each command is the function of the same name in the module of the same name of this folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [name for name in _COMMANDS if importlib.util.find_spec(f"{__name__}.{name}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = getattr(importlib.import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="keras-shapes", message="%(prog)s %(version)s")
@click.option("-v", "--verbose", is_flag=True, help="Tell on stderr what goes on inside, with tracebacks.")
@click.pass_context
def main(context: click.Context, *, verbose: bool) -> None:
    """See the output shape of every layer of a Keras model, and the layer that will fail.

    The program is read and never run; what is shown is what the Keras of your own environment says.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show an arrow gets a question mark, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    harden_process()
    show_warnings(verbose=verbose)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    elif context.invoked_subcommand != "server":
        _expect_folder()


def _expect_folder() -> None:
    """Paths and settings are looked for from the current folder on."""
    try:
        Path.cwd()
    except OSError:
        raise NotCheckedError("the current folder is gone") from None
