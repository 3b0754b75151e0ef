"""What waits for nothing, and the help."""

from __future__ import annotations

import subprocess
import sys

import click

from keras_shapes import __version__
from keras_shapes.cli import main

HEAVY = {"jedi", "parso", "pygls", "lsprotocol", "rich", "pathspec", "keras", "tensorflow", "numpy"}


def test_version(run, tmp_path):
    result = run("--version", cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, f"keras-shapes {__version__}\n", "")


def test_version_imports_nothing_heavy():
    program = (
        "import sys; from keras_shapes.cli import main; main(['--version'], standalone_mode=False); print(*sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "click" in result.stdout.split()
    assert not HEAVY & set(result.stdout.split())


def test_alone_it_shows_help(run, tmp_path):
    result = run(cwd=tmp_path)
    assert result.returncode == 0
    assert result.stdout == run("--help", cwd=tmp_path).stdout
    assert "check" in result.stdout
    assert "summary" in result.stdout


def test_every_command_and_option_is_explained():
    context = click.Context(main)
    commands = [main, *(main.get_command(context, name) for name in main.list_commands(context))]
    assert len(commands) > 2
    assert all(command.help for command in commands)
    options = [option for command in commands for option in command.params if isinstance(option, click.Option)]
    assert all(option.help for option in options)


def test_it_is_a_module_too(tmp_path):
    command = [sys.executable, "-m", "keras_shapes", "--version"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stdout == f"keras-shapes {__version__}\n"


def test_unknown_option(run, tmp_path):
    result = run("check", "--no-such-option", cwd=tmp_path)
    assert result.returncode == 2
    assert "--no-such-option" in result.stderr
