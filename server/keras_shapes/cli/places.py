"""Places in files, as people write them."""

from __future__ import annotations

from pathlib import Path

from keras_shapes.cli.safe import safe_line
from keras_shapes.source import Location


def place_text(file: str | Path, place: Location, *, column: bool = False) -> str:
    """`a.py:4`, `a.py:4:9`, `a.ipynb:cell 2:4`."""
    cell = f"cell {place.cell}:" if place.cell is not None else ""
    return safe_line(f"{file}:{cell}{place.row}") + (f":{place.column}" if column else "")
