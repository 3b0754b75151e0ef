"""`keras-shapes doctor`: which Keras is asked, how it is guarded, and what is therefore on or off."""

from __future__ import annotations

import platform
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keras_shapes import __version__
from keras_shapes.cli.options import interpreter_option

if TYPE_CHECKING:
    from keras_shapes.environments import Environment
    from keras_shapes.keras_process import State, Versions

CANNOT_CHECK = 2


@click.command()
@interpreter_option
def doctor(interpreter: Path | None) -> None:
    """Show which Keras is asked, how it is guarded, and what is on and off.

    The exit code is 2 when there is no Keras to ask.
    """
    from keras_shapes.environments import choose_interpreter
    from keras_shapes.keras_process import start_keras

    environment = choose_interpreter(interpreter, use_active=True, project=Path.cwd())
    keras = start_keras(environment, run_code=True, workspace=Path.cwd())
    begun = time.monotonic()
    state = keras.wait()
    seconds = time.monotonic() - begun
    versions = keras.versions()
    keras.close()
    for name, *lines in (
        ("program", f"keras-shapes {__version__}, Python {platform.python_version()} on {sys.platform}"),
        ("interpreter", str(environment.python), f"because {environment.why}", _versions(environment, versions)),
        ("start", f"{seconds:.1f} s") if state.phase == "ready" else ("problem", state.problem or "it did not start"),
        ("sandbox", *_sandbox(state)),
        ("cache", _cache()),
        ("shapes", "on" if state.phase == "ready" else "off: no Keras"),
        ("your code", _code(state)),
    ):
        click.echo(f"{name:<13}{lines[0]}")
        for line in lines[1:]:
            click.echo(f"{'':<13}{line}")
    if state.phase != "ready":
        sys.exit(CANNOT_CHECK)


def _versions(environment: Environment, versions: Versions | None) -> str:
    """Versions of the running Keras, else those that lie there."""
    from keras_shapes.environments import BACKENDS

    python, backend = environment.python_version or "version unknown", environment.backend
    keras, version = environment.keras, environment.backend_version(backend)
    if versions is not None:
        keras, backend, version = versions.keras, versions.backend, versions.backend_version
    library = f"{BACKENDS.get(backend, backend)} {version or 'not found'}"
    others = [
        f"{BACKENDS[other]} {found}"
        for other in BACKENDS
        if other != backend and (found := environment.backend_version(other))
    ]
    others += [f"tf_keras {environment.tf_keras}"] if environment.tf_keras else []
    beside = f" (beside it: {', '.join(others)})" if others else ""
    return f"Python {python}, Keras {keras or 'not found'}, {library}, backend {backend}{beside}"


def _sandbox(state: State) -> list[str]:
    if state.sandbox is None:
        return ["not tested"]
    parts = (("Keras' own layers", state.sandbox.layers), ("your code", state.sandbox.code))
    return [f"{what}: {'confined' if reason is None else reason}" for what, reason in parts]


def _cache() -> str:
    from keras_shapes.keras_process.disk import Disk, cache_file

    file = cache_file()
    if file is None:
        return "in memory only: there is no cache folder in your home"
    return f"{file}, {Disk(file).count() if file.exists() else 0} answers"


def _code(state: State) -> str:
    """Whether the user's own layers and functions can be run."""
    if state.phase != "ready":
        return "off: no Keras"
    if state.sandbox is None or state.sandbox.code is not None:
        return "off: it runs in a sandbox only; custom layers are unknown"
    return "runs with check --run-code, and in editors when the workspace is trusted"
