"""`keras-shapes completion`: the script that lets a shell complete commands, options and names of rules."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

PROGRAM = "keras-shapes"
_VARIABLE = "_KERAS_SHAPES_COMPLETE"
"""By which the script asks; click derives it from the program's name."""


@click.command(short_help="Print the script that completes commands in a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    r"""Print the script that completes commands, options and rules in SHELL.

    \b
    bash  in ~/.bashrc:  eval "$(keras-shapes completion bash)"
    zsh   in ~/.zshrc:   eval "$(keras-shapes completion zsh)"
    fish  once:          keras-shapes completion fish > ~/.config/fish/completions/keras-shapes.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None, "click knows the three"
    source = kind(context.find_root().command, {}, PROGRAM, _VARIABLE).source_vars()
    click.echo(kind.source_template % source)
