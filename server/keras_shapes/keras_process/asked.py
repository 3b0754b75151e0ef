"""Which Keras of an environment a model is asked of: what the program chooses, else what the user has chosen."""

from __future__ import annotations

from dataclasses import dataclass

from keras_shapes.environments import BACKENDS, LEGACY_VALUES, Environment
from keras_shapes.model import Model, family


@dataclass(frozen=True, slots=True)
class Asked:
    """A backend of Keras 3; or, with `legacy`, the `tf_keras` that lies beside it.

    With `instead_of` it stands for another backend, which the program chooses and this environment does not have.
    """

    backend: str = "tensorflow"
    legacy: bool = False
    instead_of: str | None = None

    @property
    def missing(self) -> str:
        """What one line says of the backend that is not there."""
        name = BACKENDS.get(self.instead_of or "", self.instead_of)
        return f"the program chooses the backend {self.instead_of}, and there is no {name} in this environment"


def usual(environment: Environment) -> Asked:
    """The Keras of a program that chooses nothing."""
    if environment.generation == 2:
        return Asked()
    if environment.legacy and environment.tf_keras:
        return Asked(legacy=True)
    return Asked(environment.backend)


def asked_of(model: Model, environment: Environment) -> Asked | str:
    """The Keras of a model, or one line that says why it cannot be asked."""
    if environment.generation == 2:
        return Asked()
    if "?" in (model.settings.backend, model.settings.legacy):
        return "which Keras the program chooses is not known"
    if family(model.flavour, legacy=is_legacy(model, environment)) == "tf_keras":
        if environment.tf_keras:
            return Asked(legacy=True)
        if model.flavour == "tf.keras":
            return "TF_USE_LEGACY_KERAS is set, and there is no tf_keras in this environment: pip install tf_keras"
    chosen = model.settings.backend
    if chosen is None:
        return Asked(environment.backend)
    if chosen not in BACKENDS:
        return f"the program chooses the backend {chosen}, and only {', '.join(BACKENDS)} are asked"
    if environment.backend_version(chosen) is None:
        # Shapes are the same with every backend (measured: Keras 3.15, 3,564 layers); what is refused is not asked.
        return Asked(environment.backend, instead_of=chosen)
    return Asked(chosen)


def generation_asked(environment: Environment, asked: Asked) -> int | None:
    """2 or 3: the Keras that answers; None where there is none."""
    return 2 if asked.legacy else environment.generation


def is_legacy(model: Model, environment: Environment) -> bool:
    """Whether `tf.keras` means `tf_keras` in the program of a model."""
    chosen = model.settings.legacy
    return environment.legacy if chosen is None else chosen.lower() in LEGACY_VALUES
