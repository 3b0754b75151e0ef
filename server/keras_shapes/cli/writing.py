"""Pictures and tables as bytes for a file, or for standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from keras_shapes.cli.complaints import NotCheckedError

PNG_SCALE = 2
"""Pixels of a PNG for each of the SVG: sharp in print and on fine screens."""


def png(svg: str) -> bytes:
    """An SVG as PNG. Ends the command where the library for it is not installed."""
    try:
        import resvg_py  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError:
        raise NotCheckedError(f"a PNG needs the package resvg-py: {_advice()}") from None
    drawn: Any = resvg_py.svg_to_bytes(svg_string=svg, zoom=PNG_SCALE)
    return bytes(drawn)


def write(content: str | bytes, path: Path | None) -> None:
    """Write to a file, or to standard output; a terminal gets no PNG."""
    if path is not None:
        _write_file(content.encode() if isinstance(content, str) else content, path)
    elif isinstance(content, str):
        click.echo(content, nl=False)
    elif sys.stdout.isatty():
        raise NotCheckedError("a PNG is not for a terminal: give a file with -o")
    else:
        click.echo(content, nl=False)


def _write_file(content: bytes, path: Path) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise NotCheckedError(f"{path}: {error.strerror or error}") from None


def _advice() -> str:
    """How to install it where this program runs."""
    from keras_shapes.environments import choose_interpreter, command_to_install

    return command_to_install("resvg-py", choose_interpreter())
