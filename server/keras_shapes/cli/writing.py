"""What is written to a file, or to standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
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
        with output(path) as file:
            file.buffer.write(content.encode() if isinstance(content, str) else content)
    elif isinstance(content, bytes) and sys.stdout.isatty():
        raise NotCheckedError("a PNG is not for a terminal: give a file with -o")
    else:
        click.echo(content, nl=False)


@contextmanager
def output(path: Path | None) -> Iterator[TextIOWrapper]:
    """A file that is written, or standard output. Ends the command where it cannot be written."""
    if path is None:
        assert isinstance(sys.stdout, TextIOWrapper)
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8", errors="replace") as file:
            yield file
    except OSError as error:
        raise NotCheckedError(f"{path}: {error.strerror or error}, so that nothing is written") from None


def _advice() -> str:
    """How to install it where this program runs."""
    from keras_shapes.environments import choose_interpreter, command_to_install

    return command_to_install("resvg-py", choose_interpreter())
