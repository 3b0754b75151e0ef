"""What `%shapes` and `%%shapes` do: the cells that were run are read as one notebook, and Keras is asked about it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from keras_shapes.analysis import Analysis, ModelAnalysis
from keras_shapes.api.session import Session, session
from keras_shapes.features.chosen_models import chosen_models
from keras_shapes.jupyter.showing import Shapes, Shown
from keras_shapes.notebook import cells_document
from keras_shapes.source import Cell


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line says: the name of a model, if one is meant, and how."""

    name: str | None
    alone: bool
    run: bool
    run_code: bool


@click.command("shapes", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name", required=False)
@click.option("--alone", is_flag=True, help="Read this cell alone, not those that were run before.")
@click.option("--run", is_flag=True, help="With %%shapes: run the cell too, unless there is an error in it.")
@click.option("--run-code", is_flag=True, help="Let custom layers run, in a sandbox, to learn their shapes.")
def _line(name: str | None, *, alone: bool, run: bool, run_code: bool) -> Asked:
    """Show the shapes of the model NAME, or of every model, without building it here.

    %shapes shows those of the cells that were run; %%shapes at the head of a cell shows those of that cell, which is
    not run.
    """
    return Asked(name, alone, run, run_code)


@dataclass(slots=True, eq=False)
class Magics:
    """The magics of one shell, and the Keras that answers: that of the running interpreter, in a process of its own."""

    shell: Any
    _sessions: dict[bool, Session] = field(default_factory=dict)
    _open: ExitStack = field(default_factory=ExitStack)

    def shapes(self, line: str, cell: str | None = None) -> Shapes | None:
        """Show the shapes of the models of a cell, or of the cells that were run."""
        asked = _asked(line)
        if asked is None:
            return None
        sources = _sources(self.shell.history_manager.input_hist_raw[1:], line, cell, alone=asked.alone)
        analysis = self._session(run_code=asked.run_code).analyse(cells_document(_path(), sources))
        document = analysis.document
        own = document.cells[-1] if cell is not None and document.cells else None
        shown = Shapes(asked.name, _chosen(analysis, asked.name, own))
        if cell is not None and asked.run and not shown.has_errors:
            print(shown)  # noqa: T201 - what the cell gives is shown as usual
            self.shell.run_cell(cell, store_history=False)
            return None
        return shown

    def close(self) -> None:
        """End Keras' process."""
        self._sessions.clear()
        self._open.close()

    def _session(self, *, run_code: bool) -> Session:
        if run_code not in self._sessions:
            opened = session(interpreter=Path(sys.executable), run_code=run_code)
            self._sessions[run_code] = self._open.enter_context(opened)
        return self._sessions[run_code]


def _path() -> str:
    """Where the notebook would be, for what it imports of its project: nobody tells a kernel its name."""
    return str(Path.cwd() / "notebook.ipynb")


def _asked(line: str) -> Asked | None:
    """What a line asks for; None where it is wrong, or asks for help, and that is told."""
    try:
        asked: Asked | int = _line.main(shlex.split(line), prog_name="%shapes", standalone_mode=False)
    except (click.ClickException, ValueError) as error:
        print(f"%shapes: {error.format_message() if isinstance(error, click.ClickException) else error}")  # noqa: T201
        return None
    return asked if isinstance(asked, Asked) else None


def _sources(run: Sequence[str], line: str, cell: str | None, *, alone: bool) -> list[str]:
    """The cells to read. The one with the magic is the last that was run, unless it is not kept in the history."""
    if cell is None:
        return list(run[-1:] if alone else run)
    whole = f"%%shapes {line}".rstrip() + f"\n{cell}"
    before = run[:-1] if run and run[-1].strip().startswith("%%shapes") else run
    return [whole] if alone else [*before, whole]


def _chosen(analysis: Analysis, name: str | None, own: Cell | None) -> list[Shown]:
    """The models to show. A cell that was run twice has made its model twice: the last one counts."""
    models = [model for model in chosen_models(analysis) if name in (None, model.model.name)]
    last = {model.model.name: model.model.span for model in models}
    latest = [model for model in models if model.model.span == last[model.model.name]]
    return [Shown(analysis, model) for model in latest if own is None or _concerns(model, own)]


def _concerns(model: ModelAnalysis, cell: Cell) -> bool:
    """Whether something of a model stands in a cell: where it is made, a layer, a call of `fit`."""
    spans = [model.model.span, *(node.span for node in model.model.nodes)]
    spans += [call.span for call in model.model.training]
    return any(cell.span.encloses(span) for span in spans)
