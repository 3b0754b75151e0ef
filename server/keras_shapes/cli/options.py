"""Options that several commands share, and what they start."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from keras_shapes.cli.complaints import NotCheckedError

if TYPE_CHECKING:
    from keras_shapes.keras_process import Keras


class NamedPath(click.Path):
    """A path that has a name. An empty one, of a variable that is not set, would be the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or the end of the command."""
        if value in ("", b""):
            raise NotCheckedError(f"{param.get_error_hint(ctx) if param and ctx else 'a path'} is empty: give a path")
        return super().convert(value, param, ctx)


def rule_names(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Names of rules, with commas between them; ends the command at one that there is not."""
    return tuple(known_rule(name.strip()) for name in (value or "").split(",") if name.strip())


def known_rule(name: str) -> str:
    """The name, if there is such a rule; else the end of the command."""
    from keras_shapes.rules import rules

    known = [rule.name for rule in rules()]
    if name not in known:
        near = get_close_matches(name, known, 1)
        raise NotCheckedError(f"there is no rule {name}" + (f": {near[0]} is meant?" if near else ""))
    return name


def complete_rules(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Names of rules that go on from what is typed; before it may stand others, with commas between them."""
    from keras_shapes.rules import rules

    before, comma, begun = incomplete.rpartition(",")
    return [f"{before}{comma}{rule.name}" for rule in rules() if rule.name.startswith(begun)]


class ShardType(click.ParamType):  # type: ignore[type-arg, unused-ignore] # generic from Click 8.4 on
    """`2/4`: the second of four parts."""

    name = "K/N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The part, or the end of the command."""
        from keras_shapes.api.sharding import Shard

        number, _, count = str(value).partition("/")
        if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
            self.fail(f"{value!r} is no part of a whole: 1/4 is the first of four.", param, ctx)
        return Shard(int(number), int(count))


interpreter_option = click.option(
    "--interpreter",
    metavar="PYTHON",
    type=NamedPath(),
    help="The Python, or the folder of the environment, whose Keras is asked. "
    "Without it: the active environment, else .venv or venv of the project, else the Python that runs this program.",
)
run_code_option = click.option(
    "--run-code",
    is_flag=True,
    help="Let custom layers and functions run, in a sandbox, to learn their shapes. Only for code that you trust.",
)


def start(interpreter: Path | None, near: Path | None = None, *, run_code: bool) -> Keras:
    """Keras of the interpreter that is chosen, or found `near` a file; its process starts when it is first needed."""
    from keras_shapes.api.checking import folder_of
    from keras_shapes.environments import choose_interpreter
    from keras_shapes.keras_process import start_keras

    environment = choose_interpreter(interpreter, use_active=True, project=folder_of(near))
    return start_keras(environment, run_code=run_code, workspace=Path.cwd())
