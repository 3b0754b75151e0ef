"""`keras-shapes check`: what Keras refuses, in files, notebooks and folders."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from keras_shapes.cli.complaints import NOT_CHECKED, NotCheckedError, complain
from keras_shapes.cli.options import NamedPath, interpreter_option, rule_names, run_code_option, start

if TYPE_CHECKING:
    from keras_shapes.analysis import Analysis
    from keras_shapes.cli.batch import Checked
    from keras_shapes.cli.formats.report import Report
    from keras_shapes.diagnostic import Diagnostic
    from keras_shapes.keras_process import Keras
    from keras_shapes.python_files import Problem
    from keras_shapes.rules import Selection

FailOn = Literal["error", "warning", "unknown"]

_REPORTED = 1
_FORMATS = ("text", "concise", "json", "github", "gitlab", "junit", "sarif")
"""The keys of `formats.FORMATS`, whose import the command line does not wait for."""


@click.command(short_help="Report the layers that Keras refuses.")
@click.argument("paths", nargs=-1, type=NamedPath())
@click.option(
    "--output-format",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="Text for people, or what a program reads: one line each, JSON, annotations of GitHub, the reports of GitLab, "
    "JUnit and SARIF.",
)
@click.option(
    "-o", "--output-file", metavar="FILE", type=NamedPath(), help="Write the report there, not to the screen."
)
@click.option("-q", "--quiet", is_flag=True, help="Print the diagnostics, and no count at the end.")
@click.option("--statistics", is_flag=True, help="Print how often each rule speaks, in place of the diagnostics.")
@click.option(
    "--select", metavar="RULES", callback=rule_names, help="Only these rules: names, with commas between them."
)
@click.option("--ignore", metavar="RULES", callback=rule_names, help="All but these rules.")
@click.option("--exclude", metavar="PATTERN", multiple=True, help="Leave out more files: a pattern as in .gitignore.")
@click.option("--hints", is_flag=True, help="Report hints too, not only errors and warnings.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "unknown"]),
    default="warning",
    show_default=True,
    help="The least that makes the exit code 1: an error, a warning, or a model that could not be understood.",
)
@click.option("--exit-zero", is_flag=True, help="Exit code 0 also where something is reported.")
@click.option(
    "--no-keras",
    type=click.Choice(["skip", "fail"]),
    default="fail",
    show_default=True,
    help="Where Keras cannot be asked: count the models as unknown, or end with exit code 2.",
)
@click.option(
    "--fix", is_flag=True, help="Write the safe fixes into the files: those that are proven and leave no choice."
)
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: the other preferred fixes too.")
@click.option("--diff", "show_diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@interpreter_option
@run_code_option
def check(
    paths: Sequence[Path],
    output_format: str,
    *,
    output_file: Path | None,
    quiet: bool,
    statistics: bool,
    select: Sequence[str],
    ignore: Sequence[str],
    exclude: Sequence[str],
    hints: bool,
    fail_on: FailOn,
    exit_zero: bool,
    no_keras: str,
    fix: bool,
    unsafe_fixes: bool,
    show_diff: bool,
    interpreter: Path | None,
    run_code: bool,
) -> None:
    """Report the layers that Keras refuses, in files, notebooks and folders.

    PATHS are Python files, notebooks and folders; the current folder when none is given. In folders, what git ignores
    and virtual environments are left out. `[tool.keras-shapes]` in pyproject.toml sets the severities of rules and
    excludes more.

    None of the checked code is run. Exit codes: 0 nothing to report, 1 something was reported, 2 something could not be
    checked: a path that does not exist, a file that cannot be read, no Keras.
    """
    from keras_shapes.cli.batch import Checked
    from keras_shapes.cli.choosing import chosen
    from keras_shapes.cli.formats.report import Report
    from keras_shapes.cli.project import project_settings
    from keras_shapes.python_files import Problem, find_files

    if unsafe_fixes and not (fix or show_diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff.")
    if show_diff and output_format != "text":
        raise click.UsageError(f"--diff is text: it does not go with --output-format {output_format}.")
    if statistics and output_format != "text":
        raise click.UsageError(f"--statistics are text: they do not go with --output-format {output_format}.")
    found = list(find_files(paths or [Path()]))
    project = chosen(project_settings(Path.cwd()), select=select, ignore=ignore, exclude=exclude)
    files = [path for path in found if isinstance(path, Path)]
    wanted = {*paths, *project.leave_out(files)}
    keras = start(interpreter, next(iter(paths), None), run_code=run_code)
    try:
        results = _check([path for path in files if path in wanted], keras, project.selection)
        problems = [each for each in (*found, *results) if isinstance(each, Problem)]
        checked = [each for each in results if isinstance(each, Checked)]
        if show_diff:
            _show_diff(checked, keras, project.selection, unsafe=unsafe_fixes)
        elif fix:
            told = output_format == "text"
            checked, unwritten = _fix(checked, keras, project.selection, unsafe=unsafe_fixes, told=told)
            problems += unwritten
        complaints = [f"{problem.path}: {problem.reason}" for problem in problems]
        if no_keras == "fail":
            complaints += _without_verdict(checked, keras)
        report = Report(checked, [_selected(file, hints=hints) for file in checked], keras.versions(), quiet=quiet)
        _write(report, "statistics" if statistics else output_format, output_file)
    finally:
        keras.close()
    sys.stdout.flush()
    complain(complaints)
    reported = not exit_zero and _fails(checked, report.diagnostics, fail_on)
    sys.exit(NOT_CHECKED if complaints else _REPORTED if reported else 0)


def _check(files: Sequence[Path], keras: Keras, selection: Selection) -> list[object]:
    from keras_shapes.cli.batch import check_files
    from keras_shapes.cli.progress import progress_bar

    gc.freeze()  # what is loaded stays: looking through it again and again would cost more than reading

    def describe() -> str:
        return "starting Keras" if keras.state().phase == "starting" else "checking"

    with progress_bar(len(files), describe) as tick:
        return list(check_files(files, keras, selection=selection, on_tick=tick))


def _show_diff(checked: Sequence[Checked], keras: Keras, selection: Selection, *, unsafe: bool) -> None:
    from keras_shapes.cli.fixing import diff

    for file in checked:
        click.echo(diff(file, keras, unsafe=unsafe, selection=selection), nl=False)


def _fix(
    checked: Sequence[Checked], keras: Keras, selection: Selection, *, unsafe: bool, told: bool
) -> tuple[list[Checked], list[Problem]]:
    """Mend the files, and say what was done where people read."""
    from keras_shapes.cli.fixing import mend
    from keras_shapes.cli.safe import safe_line

    mended = [mend(file, keras, unsafe=unsafe, selection=selection) for file in checked]
    for each in mended if told else ():
        for title in each.titles:
            click.echo(safe_line(f"{each.checked.path}: fixed: {title}"))
    return [each.checked for each in mended], [each.problem for each in mended if each.problem]


def _without_verdict(checked: Sequence[Checked], keras: Keras) -> list[str]:
    """One line for each reason why Keras could not be asked about a model, with the first place."""
    from keras_shapes.cli.formats.text import place_text
    from keras_shapes.verdict import Unavailable

    places: dict[str, list[str]] = {}
    for file in checked:
        if file.analysis is None:
            continue
        for model in file.analysis.models:
            if isinstance(model.verdict, Unavailable):
                place = place_text(file.path, file.analysis.document, model.model.span.start)
                places.setdefault(model.verdict.reason, []).append(place)
    state = keras.state()
    if places and state.phase == "off" and state.problem:
        return [state.problem]
    return [f"{found[0]}: {reason}{_more(len(found) - 1)}" for reason, found in places.items()]


def _more(others: int) -> str:
    return f" (and {others} more model{'' if others == 1 else 's'})" if others else ""


def _selected(file: Checked, *, hints: bool) -> list[Diagnostic]:
    found = file.analysis.diagnostics if file.analysis else ()
    return [diagnostic for diagnostic in found if hints or diagnostic.severity != "hint"]


def _write(report: Report, output_format: str, path: Path | None) -> None:
    """Write the report to the screen, or to a file."""
    from keras_shapes.cli.formats import FORMATS

    write = FORMATS[output_format]
    if path is None:
        write(report, sys.stdout)
        return
    try:
        with path.open("w", encoding="utf-8") as file:
            write(report, file)
    except OSError as error:
        raise NotCheckedError(f"{path}: {error.strerror}, so that the report is not written") from None


def _fails(checked: Sequence[Checked], diagnostics: Sequence[Sequence[Diagnostic]], fail_on: FailOn) -> bool:
    severities = {diagnostic.severity for found in diagnostics for diagnostic in found}
    if "error" in severities or (fail_on != "error" and "warning" in severities):
        return True
    analysed = [file.analysis for file in checked if file.analysis]
    return fail_on == "unknown" and any(map(_is_unknown, analysed))


def _is_unknown(analysis: Analysis) -> bool:
    """Whether something of a file is not known."""
    from keras_shapes.analysis import count

    reading = analysis.reading
    return bool(count(analysis.models).unknown or reading.unread) or reading.problem is not None
