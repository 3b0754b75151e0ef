"""How it stands with Keras, for people and for those who decide what to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from keras_shapes.environments import Environment
from keras_shapes.keras_process.answers import clean_line

Phase = Literal["off", "cold", "starting", "ready"]


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions of the user's libraries as they name them: "3.15.1", "2.21.0", "tensorflow"."""

    keras: str
    backend_version: str
    backend: str = "tensorflow"


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What the self-test at start-up measured: for each kind of child None when it is confined, else why not."""

    layers: str | None
    code: str | None


@dataclass(frozen=True, slots=True)
class State:
    """How it stands with Keras now.

    `phase` is "off" where there will be no verdict (`problem` says why), "cold" while nothing is started, "starting"
    while Keras is imported, "ready" then. `sandbox` is known from then on. `code_off` says why the user's own code
    is not run, None where it is.
    """

    phase: Phase
    problem: str | None = None
    sandbox: Sandbox | None = None
    code_off: str | None = None


@dataclass(frozen=True, slots=True)
class Hello:
    """What a worker says of itself when Keras is imported; `problem` when it cannot judge models."""

    versions: Versions | None
    sandbox: Sandbox
    problem: str | None


def read_hello(message: dict[str, Any], environment: Environment) -> Hello:
    """A hello message, read with distrust."""
    keras, backend, version = (_text(message.get(name)) for name in ("keras", "backend", "backend_version"))
    error = _text(message.get("error"))
    versions = Versions(keras, version, backend or "tensorflow") if keras and version else None
    problem = None if versions is not None else f"Keras of {environment.python} does not say which version it is"
    if error is not None:
        problem = f"Keras of {environment.python} does not start: {error}"
    return Hello(versions, _sandbox(message.get("sandbox")), problem)


def _sandbox(value: Any) -> Sandbox:
    match value:
        case {"spec": str() | None as layers, "code": str() | None as code}:
            return Sandbox(_text(layers), _text(code))
        case _:
            return Sandbox("not tested", "not tested")


def _text(value: Any) -> str | None:
    return clean_line(value) if isinstance(value, str) else None
