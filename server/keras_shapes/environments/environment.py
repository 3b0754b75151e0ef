"""An interpreter with what is installed there, and the line that says why no model can be judged with it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from keras_shapes.advice import how_to_install
from keras_shapes.environments.installed import is_compiled, layout, settings_of, versions
from keras_shapes.environments.keras_json import backend_of

BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
"""The backends of Keras 3 that are asked, in the order in which one is taken that nobody chose."""
LEGACY_VALUES = ("1", "true")
"""What `TF_USE_LEGACY_KERAS` is set to where `tf.keras` is to be Keras 2."""
OLDEST_PYTHON = (3, 9)
"""The oldest Python that any Keras is asked in."""
_OLDEST = (2, 10)
"""The oldest Keras that is asked."""


@dataclass(frozen=True, slots=True)
class Environment:
    """An interpreter, why it was chosen, and the versions of Keras and TensorFlow that lie there (None: not found).

    `problem` is one line for people when no model can be judged with it.
    `python_version` is "3.12" or more exact, None where files do not tell. `user_site` is a folder that `python -I`
    leaves out and that Keras needs.
    `compiled` says that byte code lies beside the libraries, as pip leaves it, and uv does not.
    `tf_keras`, `jax` and `torch` are versions, too. `backend` is what the user has chosen for Keras 3, else what is
    there; `legacy` says that `tf.keras` means `tf_keras` where the program does not choose.
    """

    python: Path
    why: str
    keras: str | None = None
    tensorflow: str | None = None
    problem: str | None = None
    python_version: str | None = None
    user_site: Path | None = None
    tf_keras: str | None = None
    jax: str | None = None
    torch: str | None = None
    backend: str = "tensorflow"
    legacy: bool = False
    compiled: bool = True

    @property
    def generation(self) -> int | None:
        """2 or 3: which Keras `import keras` means there; None where there is none."""
        return generation_of(self.keras)

    def backend_version(self, backend: str) -> str | None:
        """The version of a backend; None where it is not there."""
        return {"tensorflow": self.tensorflow, "jax": self.jax, "torch": self.torch}.get(backend)


def generation_of(keras: str | None) -> int | None:
    """2 or 3, by the version of a Keras."""
    if keras is None:
        return None
    return 2 if keras.startswith(("0.", "1.", "2.")) else 3


def inspect(python: Path, why: str, variables: Mapping[str, str] = os.environ) -> Environment:
    """What lies beside an interpreter."""
    if not python.is_file():
        return Environment(python, why, problem=f"no interpreter at {python}")
    version, folders, user_site = layout(python)
    found = versions(folders)
    if not found.keys() & BACKENDS.keys() and user_site is not None:
        found = {**found, **versions([user_site])}
    else:
        user_site = None
    there = [backend for backend in BACKENDS if backend in found]
    environment = Environment(
        python,
        why,
        found.get("keras"),
        found.get("tensorflow"),
        None,
        version,
        user_site if there else None,
        found.get("tf_keras"),
        found.get("jax"),
        found.get("torch"),
        backend_of(generation_of(found.get("keras")), there, variables),
        variables.get("TF_USE_LEGACY_KERAS", "").lower() in LEGACY_VALUES,
        is_compiled([*folders, *([user_site] if user_site else [])]),
    )
    return replace(environment, problem=describe_problem(environment))


def describe_problem(environment: Environment) -> str | None:
    """One line that says why an environment cannot judge a model, and what to do; None when it can."""
    version, keras, backend = environment.python_version, environment.keras, environment.backend
    where = f"{environment.python} (Python {version})" if version else str(environment.python)
    if backend not in BACKENDS:
        return f"the backend {backend} is chosen, and only {', '.join(BACKENDS)} are asked"
    if not any(map(environment.backend_version, BACKENDS)):
        return f"no TensorFlow in {where}: {command_to_install('tensorflow', environment)}"
    if environment.backend_version(backend) is None:
        install = command_to_install(backend, environment)
        return f"the backend {backend} is chosen, and there is no {BACKENDS[backend]} in {where}: {install}"
    if keras is None:
        return f"no Keras in {where}: {command_to_install('keras', environment)}"
    if numbers(keras) < _OLDEST:
        install = command_to_install("tensorflow", environment).replace("install ", "install -U ", 1)
        return f"Keras {keras} in {where}, and 2.10 is the oldest that is asked: {install}"
    if environment.generation == 2 and environment.tensorflow is None:
        return f"Keras {keras} in {where}, and no TensorFlow: {command_to_install('tensorflow', environment)}"
    return None


def command_to_install(package: str, environment: Environment) -> str:
    """The command that installs a package in an environment."""
    python = environment.python
    return how_to_install(package, python, environment.python_version, settings_of(python))


def numbers(version: str) -> tuple[int, ...]:
    """The first two numbers of a version, to compare it by."""
    return tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())


def name_of(python: Path) -> str:
    """The short name of an interpreter: that of its environment's folder, or its own."""
    folder = python.parent.parent if python.parent.name in {"bin", "Scripts"} else python.parent
    own = (folder / "pyvenv.cfg").is_file() or (folder / "conda-meta").is_dir()
    return folder.name if own else python.stem if os.name == "nt" else python.name
