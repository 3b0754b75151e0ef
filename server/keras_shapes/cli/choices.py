"""What the command line of `check` chooses, completed by the settings: which files, which rules, what is shown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keras_shapes.cli.complaints import NotCheckedError

if TYPE_CHECKING:
    from keras_shapes.api.checking import Wish
    from keras_shapes.api.project import ProjectSettings
    from keras_shapes.api.sharding import Shard
    from keras_shapes.settings import FailOn, OutputFormat, Settings
    from keras_shapes.source import Document


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
    watch: bool
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
        if self.watch and (self.reads_stdin or self.write_baseline):
            raise click.UsageError(
                "--watch is for files that change: it goes neither with - nor with --write-baseline."
            )

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


def settings_of(choices: Choices) -> ProjectSettings:
    """The settings of the repository, or of the file that is named, with what the command line chooses."""
    from keras_shapes.api.choosing import chosen
    from keras_shapes.api.project import project_settings, settings_in
    from keras_shapes.files import UnreadableFile

    try:
        settings = settings_in(choices.config) if choices.config else project_settings(Path.cwd())
    except (UnreadableFile, ValueError) as error:
        raise NotCheckedError(f"{choices.config}: {error}") from None
    return chosen(settings, select=choices.select, ignore=choices.ignore, exclude=choices.exclude)


def wish_of(choices: Choices, settings: ProjectSettings) -> Wish:
    """What is to be checked, and how."""
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
