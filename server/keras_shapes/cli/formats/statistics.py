"""How often each rule speaks, the commonest first."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from keras_shapes.cli.formats.report import Report


def write(report: Report, file: TextIO) -> None:
    """`12  error  reshape-size`, a line for each rule."""
    counts = Counter((found.diagnostic.severity, found.diagnostic.code) for found in report.found())
    width = len(str(max(counts.values(), default=0)))
    for (severity, code), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:>{width}}  {severity:<7}  {code}", file=file)
