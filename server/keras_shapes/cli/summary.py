"""`keras-shapes summary`: the table of `model.summary()`, or a picture of the model, without running the file."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import click

from keras_shapes.cli.complaints import NOT_CHECKED, NotCheckedError
from keras_shapes.cli.options import NamedPath, interpreter_option, run_code_option, start

if TYPE_CHECKING:
    from rich.console import Console

    from keras_shapes.analysis import Analysis, ModelAnalysis

Format: TypeAlias = Literal["text", "svg", "png", "mermaid", "dot", "markdown", "json"]

_REFUSED = 1
_TABLES: tuple[Format, ...] = ("text", "markdown", "json")
_BY_SUFFIX: dict[str, Format] = {
    ".svg": "svg",
    ".png": "png",
    ".mmd": "mermaid",
    ".dot": "dot",
    ".gv": "dot",
    ".md": "markdown",
    ".json": "json",
}


@click.command(short_help="Print the table of model.summary(), or draw the model, without running the file.")
@click.argument("place", metavar="FILE[:LINE]")
@click.option(
    "--output-format",
    type=click.Choice(get_args(Format)),
    help="A table for people (text, markdown) or programs (json), a picture (svg, png), or the source of one "
    "(mermaid, dot). "
    "Without it, what the name of the output file says, else text.",
)
@click.option("-o", "--output-file", metavar="PATH", type=NamedPath(), help="Write there instead of printing.")
@click.option("--costs", is_flag=True, help="Also say what each layer costs: FLOPs, memory, receptive field.")
@interpreter_option
@run_code_option
def summary(
    place: str,
    *,
    output_format: Format | None,
    output_file: Path | None,
    costs: bool,
    interpreter: Path | None,
    run_code: bool,
) -> None:
    """Print the table of model.summary(), or draw the model, without running the file.

    FILE is a Python file or a notebook. With LINE, only the model that is defined there.

    Of a model that Keras refuses, the table ends at the refused layer. A PNG needs the extra `png`. Exit codes: 0 all
    models are built as far as they are known, 1 a model is refused, 2 the file or the line has no model, Keras could
    not be asked, or the output could not be written.
    """
    from keras_shapes.cli.writing import write
    from keras_shapes.features.chosen_models import chosen_models

    path, line = _path_and_line(place)
    if not place:
        raise NotCheckedError("FILE[:LINE] is empty: give a file")
    suffix = output_file.suffix.lower() if output_file else ""
    wanted = output_format or _BY_SUFFIX.get(suffix, "text")
    if costs and wanted not in _TABLES:
        raise NotCheckedError(f"--costs is for a table, not for {wanted}: {', '.join(_TABLES)}")
    analysis = _analysis(path, interpreter, run_code=run_code)
    models = chosen_models(analysis, line)
    if not models:
        where = f" at line {line}" if line is not None else ""
        raise NotCheckedError(f"{path}: no Keras model{where}")
    if wanted == "text" and output_file is None:
        _print(path, analysis, models, costs=costs)
    else:
        write(_content(path, analysis, models, wanted, costs=costs), output_file)
    sys.exit(_exit_code(models))


def _content(
    path: Path, analysis: Analysis, models: Sequence[ModelAnalysis], wanted: Format, *, costs: bool
) -> str | bytes:
    """What goes into a file, or through a pipe."""
    from keras_shapes.cli.formats.summary_json import summary_json
    from keras_shapes.cli.writing import png
    from keras_shapes.features.pictures.formats import picture

    match wanted:
        case "text":
            text = io.StringIO()
            _print(path, analysis, models, text, costs=costs)
            return text.getvalue()
        case "json":
            return summary_json(str(path), analysis, models, costs=costs)
        case "png":
            return png(picture(analysis, models, "svg"))
        case _:
            return picture(analysis, models, wanted, costs=costs)


def _path_and_line(place: str) -> tuple[Path, int | None]:
    """A file whose name ends like a line number is a file all the same."""
    name, _, number = place.rpartition(":")
    if name and number.isdecimal() and not Path(place).exists():
        return Path(name), int(number)
    return Path(place), None


def _analysis(path: Path, interpreter: Path | None, *, run_code: bool) -> Analysis:
    from keras_shapes.api.driver import check_files
    from keras_shapes.cli.progress import progress_bar
    from keras_shapes.python_files import Problem, find_files

    if path.is_dir():
        raise NotCheckedError(f"{path}: a folder, and summary takes one file")
    keras = start(interpreter, path, run_code=run_code)
    (found,) = find_files([path])
    try:
        with progress_bar(1) as bar:
            result = (
                found
                if isinstance(found, Problem)
                else next(check_files([found], keras, on_tick=lambda: bar.tick(0, "starting Keras")))
            )
    finally:
        problem = keras.state().problem
        keras.close()
    if isinstance(result, Problem):
        raise NotCheckedError(f"{path}: {result.reason}")
    if result.analysis is None:
        raise NotCheckedError(f"{path}: no Keras model")
    if result.analysis.models and problem:
        raise NotCheckedError(problem)
    return result.analysis


def _print(
    path: Path,
    analysis: Analysis,
    models: Sequence[ModelAnalysis],
    file: io.StringIO | None = None,
    *,
    costs: bool,
) -> None:
    from rich.console import Console

    from keras_shapes.cli.places import place_text

    console = Console(file=file, highlight=False, emoji=False, markup=False)
    for number, model in enumerate(models):
        if number:
            console.print()
        place = place_text(path, analysis.document.location(model.model.span.start))
        _print_model(console, place, analysis, model, costs=costs)


def _print_model(console: Console, place: str, analysis: Analysis, model: ModelAnalysis, *, costs: bool) -> None:
    from rich.box import HEAVY_HEAD
    from rich.table import Table
    from rich.text import Text

    from keras_shapes.cli.safe import safe_block, safe_line
    from keras_shapes.features.summary import TO_THE_RIGHT
    from keras_shapes.features.summary import summary as summarise

    table = summarise(analysis, model, costs=costs)
    console.print(Text(f'Model: "{safe_line(table.name)}"', style="bold").append(f" at {place}", style="dim"))
    grid = Table(box=HEAVY_HEAD, show_lines=False)
    for heading in table.headings:
        grid.add_column(heading, justify="right" if heading in TO_THE_RIGHT else "left", overflow="fold")
    for row in table.rows:
        style = "red" if row.kind == "refused" else None
        grid.add_row(*(Text(safe_line(text)) for text in row.cells), style=style)
    console.print(grid)
    for line in table.totals:
        console.print(Text(f" {line}"))
    if table.message:
        console.print(
            Text(f" {safe_block(table.message)}", style="red" if model.status.kind == "refused" else "yellow")
        )


def _exit_code(models: Sequence[ModelAnalysis]) -> int:
    from keras_shapes.verdict import Unavailable

    if any(isinstance(model.verdict, Unavailable) for model in models):
        return NOT_CHECKED
    return _REFUSED if any(model.status.kind == "refused" for model in models) else 0
