"""`keras-shapes check`: what Keras refuses, in files, notebooks and folders."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from keras_shapes.cli.complaints import NOT_CHECKED, complain
from keras_shapes.cli.options import NamedPath, ShardType, interpreter_option, rule_names, run_code_option

if TYPE_CHECKING:
    from keras_shapes.api.checking import Check, Wish
    from keras_shapes.api.results import FileResult
    from keras_shapes.api.sharding import Shard
    from keras_shapes.cli.interrupting import Interruption
    from keras_shapes.cli.progress import Bar
    from keras_shapes.cli.tally import FailOn, Tally

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
@click.option(
    "--workers", metavar="N", type=click.IntRange(1), help="Processes that read files; as many as there are processors."
)
@click.option(
    "--shard", metavar="K/N", type=ShardType(), help="Check only part K of N parts of the files, always the same ones."
)
@interpreter_option
@run_code_option
def check(**values: Any) -> None:
    """Report the layers that Keras refuses, in files, notebooks and folders.

    PATHS are Python files, notebooks and folders; the current folder when none is given. In folders, what git ignores
    and virtual environments are left out. `[tool.keras-shapes]` in pyproject.toml sets the severities of rules and
    excludes more.

    None of the checked code is run. Exit codes: 0 nothing to report, 1 something was reported, 2 something could not be
    checked: a path that does not exist, a file that cannot be read, no Keras; 130 it was stopped with Ctrl-C.
    """
    sys.exit(_check(Choices(**values)))


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command line chooses, by the names of its options."""

    paths: Sequence[Path]
    output_format: str
    output_file: Path | None
    quiet: bool
    statistics: bool
    select: Sequence[str]
    ignore: Sequence[str]
    exclude: Sequence[str]
    hints: bool
    fail_on: FailOn
    exit_zero: bool
    no_keras: str
    fix: bool
    unsafe_fixes: bool
    show_diff: bool
    workers: int | None
    shard: Shard | None
    interpreter: Path | None
    run_code: bool

    def __post_init__(self) -> None:
        """Options that do not go together end the command."""
        if self.unsafe_fixes and not (self.fix or self.show_diff):
            raise click.UsageError("--unsafe-fixes goes with --fix or --diff.")
        for option, given in (("--diff is", self.show_diff), ("--statistics are", self.statistics)):
            if given and self.output_format != "text":
                they = "they do" if option.endswith("are") else "it does"
                raise click.UsageError(f"{option} text: {they} not go with --output-format {self.output_format}.")


def _check(choices: Choices) -> int:
    """Check, and show; the exit code."""
    from keras_shapes.api.checking import checking
    from keras_shapes.cli.formats import FORMATS
    from keras_shapes.cli.formats.report import Report
    from keras_shapes.cli.interrupting import INTERRUPTED, Interruption
    from keras_shapes.cli.progress import progress_bar
    from keras_shapes.cli.tally import Tally
    from keras_shapes.cli.writing import output

    tally, interruption = Tally(), Interruption()
    with (
        output(choices.output_file) as file,
        checking(_wish(choices)) as run,
        progress_bar(len(run.found)) as bar,
    ):
        files = _files(choices, run, bar, tally, interruption)
        report = Report(files, run.keras.versions, lambda: _closing(choices, bar, tally))
        FORMATS["statistics" if choices.statistics else choices.output_format](report, file)
        file.flush()
        if interruption.came:
            run.keras.kill()
        complaints = [*tally.complaints, *_without_verdict(choices, run, tally)]
    complain(complaints)
    if interruption.came:
        complain([f"stopped after {tally.files} of {len(run.found)} files"])
        return INTERRUPTED
    return NOT_CHECKED if complaints else _REPORTED if tally.fails(choices.fail_on) and not choices.exit_zero else 0


def _wish(choices: Choices) -> Wish:
    from keras_shapes.api.checking import Wish
    from keras_shapes.api.choosing import chosen
    from keras_shapes.api.order import Fixing
    from keras_shapes.api.project import project_settings

    settings = project_settings(Path.cwd())
    mends = choices.fix or choices.show_diff
    return Wish(
        choices.paths,
        chosen(settings, select=choices.select, ignore=choices.ignore, exclude=choices.exclude),
        choices.interpreter,
        run_code=choices.run_code,
        fixing=Fixing(unsafe=choices.unsafe_fixes, write=not choices.show_diff) if mends else None,
        workers=choices.workers,
        shard=choices.shard,
    )


def _files(choices: Choices, run: Check, bar: Bar, tally: Tally, interruption: Interruption) -> Iterator[FileResult]:
    """The files that are reported, each counted before it is written."""

    def tick(done: int, name: str) -> None:
        bar.tick(done, "starting Keras" if run.keras.state().phase == "starting" else name)

    for result in interruption.until(run.results(tick)):
        shown = result if choices.hints else _without_hints(result)
        tally.add(shown)
        if shown.diagnostics or shown.diff or shown.fixed:
            bar.pause()
        _tell_of_fixes(choices, shown)
        if shown.unchecked is None:
            yield shown


def _without_hints(file: FileResult) -> FileResult:
    return replace(file, diagnostics=tuple(each for each in file.diagnostics if each.severity != "hint"))


def _tell_of_fixes(choices: Choices, file: FileResult) -> None:
    """What was done to a file, or would be, where people read."""
    from keras_shapes.cli.safe import safe_line

    click.echo(file.diff, nl=False)
    for title in file.fixed if choices.output_format == "text" else ():
        click.echo(safe_line(f"{file.filename}: fixed: {title}"))


def _closing(choices: Choices, bar: Bar, tally: Tally) -> str | None:
    """The count at the end, where people read it and there is something to count."""
    bar.pause()
    return tally.closing_count() if tally.files and not choices.quiet else None


def _without_verdict(choices: Choices, run: Check, tally: Tally) -> Sequence[str]:
    """What is said of models on which Keras could not be asked."""
    state = run.keras.state()
    if choices.no_keras == "skip" or not tally.unanswered:
        return ()
    return (state.problem,) if state.phase == "off" and state.problem else tuple(tally.without_verdict())
