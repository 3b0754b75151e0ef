"""Options that several commands share, and what they start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from keras_shapes.keras_process import Keras

interpreter_option = click.option(
    "--interpreter",
    metavar="PYTHON",
    type=click.Path(path_type=Path),
    help="The Python, or the folder of the environment, whose Keras is asked. "
    "Without it: the active environment, else the Python that runs this program.",
)
run_code_option = click.option(
    "--run-code",
    is_flag=True,
    help="Let custom layers and functions run, in a sandbox, to learn their shapes. Only for code that you trust.",
)


def start(interpreter: Path | None, *, run_code: bool) -> Keras:
    """Keras of the chosen interpreter; its process is started when it is first needed."""
    from keras_shapes.environments import choose_interpreter
    from keras_shapes.keras_process import start_keras

    return start_keras(choose_interpreter(interpreter, use_active=True), run_code=run_code, workspace=Path.cwd())
