"""`check` at work: one round over the files, or a round after each change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TextIO, TypeAlias

import click

from keras_shapes.api.checking import Check, checking, found_files, renewed
from keras_shapes.api.results import FileResult
from keras_shapes.cli.baseline import Baseline, read_baseline
from keras_shapes.cli.choices import Choices, settings_of, wish_of
from keras_shapes.cli.complaints import NOT_CHECKED, complain
from keras_shapes.cli.formats import FORMATS
from keras_shapes.cli.formats.report import Report
from keras_shapes.cli.interrupting import INTERRUPTED, Interruption
from keras_shapes.cli.progress import Bar, progress_bar
from keras_shapes.cli.safe import safe_line
from keras_shapes.cli.tally import Tally
from keras_shapes.cli.watching import Watched
from keras_shapes.cli.writing import output

Until: TypeAlias = Callable[[Iterable[FileResult]], Iterator[FileResult]]

_REPORTED = 1


def check_once(choices: Choices) -> int:
    """Check, and show; the exit code."""
    settings = settings_of(choices)
    choices = choices.completed(settings.settings)
    with output(choices.output_file) as file, checking(wish_of(choices, settings)) as run:
        return _round(choices, run, file)


def check_and_watch(choices: Choices) -> int:
    """Check after each change, with one Keras, until somebody stops it; the exit code."""
    with checking(wish_of(choices, settings_of(choices))) as check:
        while True:
            settings = settings_of(choices)  # they may have changed too
            wish = wish_of(choices, settings)
            run = renewed(check, wish)
            watched = Watched(partial(found_files, wish, settings), [settings.folder / "pyproject.toml"])
            with output(choices.output_file) as file:
                code = _round(choices.completed(settings.settings), run, file)
            if code == INTERRUPTED:
                return code
            try:
                changed = watched.next_change()
            except KeyboardInterrupt:
                return INTERRUPTED
            click.clear()  # a terminal; elsewhere, one round comes after the other
            click.echo(safe_line(f"{changed} has changed"), err=True)


def _round(choices: Choices, run: Check, file: TextIO) -> int:
    """Check all files, and show; the exit code."""
    tally, interruption, baseline = Tally(), Interruption(), _baseline(choices)
    with progress_bar(len(run.found)) as bar:
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
    if complaints:
        return NOT_CHECKED
    return _REPORTED if tally.fails(choices.fail_on or "warning") and not choices.exit_zero else 0


def _baseline(choices: Choices) -> Baseline | None:
    """What is known already; with `--write-baseline`, nothing yet."""
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
