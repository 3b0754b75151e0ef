"""`keras-shapes check`: what Keras refuses, in files, notebooks and folders."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from keras_shapes.cli.complaints import NOT_CHECKED, NotCheckedError, complain
from keras_shapes.cli.options import (
    NamedPath,
    ShardType,
    complete_rules,
    interpreter_option,
    rule_names,
    run_code_option,
)

if TYPE_CHECKING:
    from keras_shapes.api.checking import Check, Wish
    from keras_shapes.api.project import ProjectSettings
    from keras_shapes.api.results import FileResult
    from keras_shapes.api.sharding import Shard
    from keras_shapes.cli.baseline import Baseline
    from keras_shapes.cli.progress import Bar
    from keras_shapes.cli.tally import Tally
    from keras_shapes.settings import FailOn, OutputFormat, Settings
    from keras_shapes.source import Document

    Until: TypeAlias = Callable[[Iterable[FileResult]], Iterator[FileResult]]

_REPORTED = 1
_FORMATS = ("text", "concise", "json", "github", "gitlab", "junit", "sarif")
"""The keys of `formats.FORMATS`, whose import the command line does not wait for."""


@click.command(short_help="Report the layers that Keras refuses.")
@click.argument("paths", nargs=-1, type=NamedPath())
@click.option(
    "--output-format",
    type=click.Choice(_FORMATS),
    help="Text for people (the default), or what a program reads: one line each, JSON, annotations of GitHub, the "
    "reports of GitLab, JUnit and SARIF.",
)
@click.option(
    "-o", "--output-file", metavar="FILE", type=NamedPath(), help="Write the report there, not to the screen."
)
@click.option("-q", "--quiet", is_flag=True, help="Print the diagnostics, and no count at the end.")
@click.option("--statistics", is_flag=True, help="Print how often each rule speaks, in place of the diagnostics.")
@click.option(
    "--select",
    metavar="RULES",
    callback=rule_names,
    shell_complete=complete_rules,
    help="Only these rules: names, with commas between them.",
)
@click.option(
    "--ignore", metavar="RULES", callback=rule_names, shell_complete=complete_rules, help="All but these rules."
)
@click.option("--exclude", metavar="PATTERN", multiple=True, help="Leave out more files: a pattern as in .gitignore.")
@click.option("--force-exclude", is_flag=True, help="Leave out also what is given by name, as pre-commit does.")
@click.option(
    "--config",
    metavar="FILE",
    type=NamedPath(),
    help="The settings of this file, not those of the nearest pyproject.toml: its table [tool.keras-shapes], in a "
    "file of another name the whole of it.",
)
@click.option(
    "--stdin-filename", metavar="FILE", type=NamedPath(), help="With - as the path: the name of what stdin holds."
)
@click.option(
    "--baseline",
    metavar="FILE",
    type=NamedPath(),
    help="What this file knows is not reported again, until the text of its line changes.",
)
@click.option("--write-baseline", is_flag=True, help="Write all that is found into the --baseline, and report nothing.")
@click.option("--hints", is_flag=True, help="Report hints too, not only errors and warnings.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "unknown"]),
    help="The least that makes the exit code 1: an error, a warning (the default), or a model that could not be "
    "understood.",
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
@click.option("--no-cache", is_flag=True, help="Neither take answers of Keras from the disk nor keep them there.")
@interpreter_option
@run_code_option
def check(**values: Any) -> None:
    """Report the layers that Keras refuses, in files, notebooks and folders.

    PATHS are Python files, notebooks and folders; the current folder when none is given, and stdin for -. In folders,
    what git ignores and virtual environments are left out. `[tool.keras-shapes]` in pyproject.toml excludes more, and
    chooses rules, their severities, the format and what fails.

    None of the checked code is run. Exit codes: 0 nothing to report, 1 something was reported, 2 something could not be
    checked: a path that does not exist, a file that cannot be read, no Keras; 130 it was stopped with Ctrl-C.
    """
    choices = Choices(**values)
    settings = _settings(choices)
    sys.exit(_check(choices.completed(settings.settings), settings))


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command line chooses, by the names of its options."""

    paths: Sequence[Path]
    output_format: OutputFormat | None
    output_file: Path | None
    quiet: bool
    statistics: bool
    select: Sequence[str]
    ignore: Sequence[str]
    exclude: Sequence[str]
    force_exclude: bool
    config: Path | None
    stdin_filename: Path | None
    baseline: Path | None
    write_baseline: bool
    hints: bool
    fail_on: FailOn | None
    exit_zero: bool
    no_keras: str
    fix: bool
    unsafe_fixes: bool
    show_diff: bool
    workers: int | None
    shard: Shard | None
    no_cache: bool
    interpreter: Path | None
    run_code: bool

    def __post_init__(self) -> None:
        """Options that do not go together end the command."""
        if self.unsafe_fixes and not (self.fix or self.show_diff):
            raise click.UsageError("--unsafe-fixes goes with --fix or --diff.")
        for option, given in (("--diff is", self.show_diff), ("--statistics are", self.statistics)):
            if given and self.output_format not in (None, "text"):
                they = "they do" if option.endswith("are") else "it does"
                raise click.UsageError(f"{option} text: {they} not go with --output-format {self.output_format}.")
        if self.write_baseline and not self.baseline:
            raise click.UsageError("--write-baseline goes with --baseline.")
        if self.stdin_filename and not self.reads_stdin:
            raise click.UsageError("--stdin-filename goes with - as the path.")
        if self.reads_stdin and (len(self.paths) > 1 or self.fix or self.shard):
            raise click.UsageError("- is a text alone: it goes neither with other paths nor with --fix or --shard.")

    @property
    def reads_stdin(self) -> bool:
        """Whether a text is checked that is in no file."""
        return Path("-") in self.paths

    def completed(self, settings: Settings) -> Choices:
        """With what the settings say where the command line does not."""
        as_text = self.show_diff or self.statistics
        return replace(
            self,
            output_format=self.output_format or ("text" if as_text else settings.output_format),
            fail_on=self.fail_on or settings.fail_on,
        )


def _settings(choices: Choices) -> ProjectSettings:
    """The settings of the repository, or of the file that is named, with what the command line chooses."""
    from keras_shapes.api.choosing import chosen
    from keras_shapes.api.project import project_settings, settings_in
    from keras_shapes.files import UnreadableFile

    try:
        settings = settings_in(choices.config) if choices.config else project_settings(Path.cwd())
    except (UnreadableFile, ValueError) as error:
        raise NotCheckedError(f"{choices.config}: {error}") from None
    return chosen(settings, select=choices.select, ignore=choices.ignore, exclude=choices.exclude)


def _check(choices: Choices, settings: ProjectSettings) -> int:
    """Check, and show; the exit code."""
    from keras_shapes.api.checking import checking
    from keras_shapes.cli.formats import FORMATS
    from keras_shapes.cli.formats.report import Report
    from keras_shapes.cli.interrupting import INTERRUPTED, Interruption
    from keras_shapes.cli.progress import progress_bar
    from keras_shapes.cli.tally import Tally
    from keras_shapes.cli.writing import output

    tally, interruption, baseline = Tally(), Interruption(), _baseline(choices)
    with (
        output(choices.output_file) as file,
        checking(_wish(choices, settings)) as run,
        progress_bar(len(run.found)) as bar,
    ):
        files = _files(choices, run, bar, tally, interruption.until, baseline)
        report = Report(files, run.keras.versions, lambda: _closing(choices, bar, tally))
        FORMATS["statistics" if choices.statistics else choices.output_format or "text"](report, file)
        file.flush()
        if interruption.came:
            run.keras.kill()
        complaints = [*tally.complaints, *_without_verdict(choices, run, tally)]
    complain(complaints)
    if interruption.came:
        complain([f"stopped after {tally.files} of {len(run.found)} files"])
        return INTERRUPTED
    if baseline is not None and baseline.recording:
        baseline.write()
    return (
        NOT_CHECKED
        if complaints
        else _REPORTED
        if tally.fails(choices.fail_on or "warning") and not choices.exit_zero
        else 0
    )


def _wish(choices: Choices, settings: ProjectSettings) -> Wish:
    from keras_shapes.api.checking import Wish
    from keras_shapes.api.order import Fixing

    mends = choices.fix or choices.show_diff
    return Wish(
        (choices.stdin_filename or Path("-"),) if choices.reads_stdin else choices.paths,
        settings,
        choices.interpreter,
        run_code=choices.run_code,
        fixing=Fixing(unsafe=choices.unsafe_fixes, write=not choices.show_diff) if mends else None,
        workers=choices.workers,
        shard=choices.shard,
        cache=not choices.no_cache,
        force_exclude=choices.force_exclude,
        text=_stdin(choices) if choices.reads_stdin else None,
    )


def _stdin(choices: Choices) -> Document:
    """What stdin holds, as the file that it is said to be."""
    from keras_shapes.files import UnreadableFile, document_of, most_bytes

    path = choices.stdin_filename
    most = most_bytes(path or Path())
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise NotCheckedError(f"{path or '-'}: larger than {most // 1_000_000} MB")
    try:
        return document_of("" if path is None else str(path.absolute()), data)
    except UnreadableFile as error:
        raise NotCheckedError(f"{path or '-'}: {error}") from None


def _baseline(choices: Choices) -> Baseline | None:
    """What is known already; with `--write-baseline`, nothing yet."""
    from keras_shapes.cli.baseline import Baseline, read_baseline

    if choices.baseline is None:
        return None
    return Baseline(choices.baseline, recording=True) if choices.write_baseline else read_baseline(choices.baseline)


def _files(
    choices: Choices, run: Check, bar: Bar, tally: Tally, until: Until, baseline: Baseline | None
) -> Iterator[FileResult]:
    """The files that are reported, each counted before it is written."""

    def tick(done: int, name: str) -> None:
        bar.tick(done, "starting Keras" if run.keras.state().phase == "starting" else name)

    for result in until(run.results(tick)):
        found = result if choices.hints else _without_hints(result)
        shown = found if baseline is None else baseline.silenced(found)
        tally.add(shown, known=len(found.diagnostics) - len(shown.diagnostics))
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
