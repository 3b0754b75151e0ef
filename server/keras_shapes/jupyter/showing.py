"""What the magics show: a table and what is wrong with the model, as HTML in a notebook and as text elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from keras_shapes.analysis import Analysis, ModelAnalysis
from keras_shapes.api.describing import marked_lines
from keras_shapes.cli.formats.excerpt import Mark, excerpt
from keras_shapes.cli.safe import safe_block, safe_line
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.features.problems import problems_of
from keras_shapes.features.summary import Summary, summary
from keras_shapes.source import Document, Span

_COLOURS = {"error": "#c62828", "warning": "#b26a00"}
_WIDTH = 120


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """One model of a notebook."""

    analysis: Analysis
    model: ModelAnalysis

    @property
    def table(self) -> Summary:
        """Its layers; a message only where no diagnostic tells it."""
        return summary(self.analysis, self.model)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What is wrong with it."""
        return tuple(
            found for severity in ("error", "warning") for found in problems_of(self.analysis, self.model, severity)
        )

    def place(self, diagnostic: Diagnostic) -> str:
        """`In [3], line 4`."""
        where = self.analysis.document.location(diagnostic.span.start)
        return f"In [{where.cell}], line {where.row}"

    def excerpt(self, diagnostic: Diagnostic) -> str:
        """The lines in question, with marks, and how to mend them."""
        document = self.analysis.document
        marks = [_mark(document, diagnostic.span, primary=True)]
        marks += [_mark(document, one.span, one.message) for one in diagnostic.related]
        source = tuple(marked_lines(document, [diagnostic]))
        lines = [line.plain for line in excerpt(source, marks, "", _WIDTH)]
        return "\n".join([*lines, *(f"  = help: {safe_line(fix.title)}" for fix in diagnostic.fixes)])

    @property
    def message(self) -> str | None:
        """Why there is no more in the table, where no problem says so."""
        text = self.table.message
        return None if text is None or any(each.message == text for each in self.problems) else safe_block(text)


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """The models that were asked for, by `name` or all; IPython shows it as it can."""

    name: str | None
    models: Sequence[Shown]

    @property
    def has_errors(self) -> bool:
        """Whether a cell with these models would fail."""
        return any(one.severity == "error" for model in self.models for one in model.problems)

    def __repr__(self) -> str:
        return "\n\n".join("\n".join(_text(model)) for model in self.models) or self._nothing()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text("…" if cycle else repr(self))

    def _repr_html_(self) -> str:
        return "".join("".join(_html(model)) for model in self.models) or f"<p>{escape(self._nothing())}</p>"

    def _nothing(self) -> str:
        what = f"no Keras model {self.name}" if self.name else "no Keras model"
        return f"There is {what} in the cells that were read."


def _mark(document: Document, span: Span, label: str = "", *, primary: bool = False) -> Mark:
    return Mark(document.location(span.start), document.location(span.end), label, primary)


def _text(shown: Shown) -> Iterator[str]:
    yield from map(safe_line, shown.table.lines())
    if shown.message:
        yield shown.message
    for one in shown.problems:
        yield f"\n{shown.place(one)}: {one.severity}[{one.code}]: {safe_line(one.message)}\n{shown.excerpt(one)}"


def _html(shown: Shown) -> Iterator[str]:
    """No script, no style sheet and nothing from elsewhere: notebooks keep it, and show it to others."""
    table = shown.table
    yield f"<p><b>Model: &quot;{_safe(table.name)}&quot;</b></p>"
    yield f'<table class="dataframe"><thead><tr>{_cells("th", table.headings)}</tr></thead><tbody>'
    for row in table.rows:
        style = f' style="color: {_COLOURS["error"]}"' if row.kind == "refused" else ""
        yield f"<tr{style}>{_cells('td', row.cells)}</tr>"
    yield "</tbody></table>"
    yield "".join(f"<div>{_safe(line)}</div>" for line in table.totals)
    if shown.message:
        yield f"<p>{escape(shown.message)}</p>"
    for one in shown.problems:
        colour = _COLOURS[one.severity]
        yield f'<p>{shown.place(one)}: <b style="color: {colour}">{one.severity}[{escape(one.code)}]</b>: '
        yield f"{_safe(one.message)}</p><pre>{escape(shown.excerpt(one))}</pre>"


def _cells(tag: str, texts: Sequence[str]) -> str:
    return "".join(f'<{tag} style="text-align: left">{_safe(text)}</{tag}>' for text in texts)


def _safe(text: str) -> str:
    return escape(safe_line(text))
