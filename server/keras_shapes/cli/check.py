"""`keras-shapes check`: what Keras refuses, in files, notebooks and folders."""

from __future__ import annotations

import sys
from typing import Any

import click

from keras_shapes.cli.choices import Choices
from keras_shapes.cli.options import (
    NamedPath,
    ShardType,
    complete_rules,
    interpreter_option,
    rule_names,
    run_code_option,
)

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
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
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
    from keras_shapes.cli.rounds import check_and_watch, check_once

    choices = Choices(**values)
    sys.exit(check_and_watch(choices) if choices.watch else check_once(choices))
