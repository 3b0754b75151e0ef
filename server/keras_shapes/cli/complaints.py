"""What could not be checked, and why: one line on stderr, exit code 2."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import IO, Any

import click

from keras_shapes.cli.safe import safe_line

NOT_CHECKED = 2
"""Exit code of every command that could not do what it was asked."""


class NotCheckedError(click.ClickException):
    """Ends the command with one line and exit code 2."""

    exit_code = NOT_CHECKED

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(_line(self.message), file=file, err=True)


def complain(complaints: Sequence[str]) -> None:
    """Print one line for each."""
    for complaint in complaints:
        click.echo(_line(complaint), err=True)


def show_warnings(*, verbose: bool) -> None:
    """Let warnings of the program itself appear, without tracebacks unless they are asked for."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter() if verbose else _OneLine())
    logging.basicConfig(handlers=[handler], level=logging.DEBUG if verbose else logging.WARNING)


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _line(record.getMessage())


def _line(text: str) -> str:
    return f"keras-shapes: {safe_line(text)}"
