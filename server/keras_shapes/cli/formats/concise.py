"""One line a diagnostic, for `grep` and for editors that read compilers' output."""

from __future__ import annotations

from typing import TextIO

from keras_shapes.cli.formats.report import Report
from keras_shapes.cli.places import place_text
from keras_shapes.cli.safe import safe_line


def write(report: Report, file: TextIO) -> None:
    """`a.py:4:9: error[reshape-size]: …`."""
    for found in report.found():
        one = found.diagnostic
        place = place_text(found.file.filename, found.start, column=True)
        print(f"{place}: {one.severity}[{one.code}]: {safe_line(one.message)}", file=file)
