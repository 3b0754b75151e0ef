"""The table of a model in Markdown, as for a README or a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from keras_shapes.features.markdown import code
from keras_shapes.features.summary import TO_THE_RIGHT, Summary

_SPECIAL = re.compile(r"([\\`*_<>\[\]|&])")


def markdown(tables: Sequence[Summary]) -> str:
    """A heading and a table for each model."""
    return "\n".join(line for table in tables for line in _model(table))


def _model(table: Summary) -> Iterator[str]:
    yield from (f"## Model {code(table.name)}", "")
    yield _row(table.headings)
    yield _row(["--:" if heading in TO_THE_RIGHT else "---" for heading in table.headings])
    for row in table.rows:
        yield _row([code(row.layer), code(row.output), row.params, *map(code, row.cells[3:])])
    yield ""
    yield from (f"- {_plain(line)}" for line in table.totals)
    yield from (_plain(table.message), "") if table.message else ("",)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """The text on one line, which may hold names of the user's; no more is escaped than must be, as people read it."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
