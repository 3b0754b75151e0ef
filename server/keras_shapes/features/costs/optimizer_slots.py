"""How many numbers an optimizer keeps for each number that it trains, by the name of its class in Keras."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from keras_shapes.analysis import ModelAnalysis
from keras_shapes.model import Call, Expression

_DEFAULT = "rmsprop"
"""What `compile` takes where it is not told."""


@dataclass(frozen=True, slots=True)
class Optimizer:
    """`name` for people; `slots` is None where it is not known how much it keeps."""

    name: str
    slots: int | None


def optimizer_of(model: ModelAnalysis) -> Optimizer | None:
    """The optimizer of the last `compile`; None where the program has none."""
    calls = [call for call in model.model.training if call.method == "compile"]
    if not calls:
        return None
    given = calls[-1].argument("optimizer", 0)
    return _optimizer(_DEFAULT if given is None else given.value)


def _optimizer(given: Expression) -> Optimizer:
    match given:
        case str() as name:
            return Optimizer(name, _slots(name, lambda _, default: default))
        case Call(target=target) if target.path.startswith("keras.optimizers."):
            return Optimizer(target.last, _slots(target.last, lambda name, default: _argument(given, name, default)))
    return Optimizer("optimizer", None)


def _argument(call: Call, name: str, default: object) -> object:
    given = call.argument(name)
    return default if given is None else given.value


def _slots(name: str, argument: Callable[[str, object], object]) -> int | None:
    """One for each moving value; None where an argument that decides it is not known."""
    plain = _SLOTS.get(name.lower())
    if plain is None:
        return None
    found = plain
    for option in (*_OPTIONS.get(name.lower(), ()), "use_ema", "gradient_accumulation_steps"):
        value = argument(option, None)
        if value is not None and not isinstance(value, bool | int | float):
            return None
        found += bool(value)
    return found


_SLOTS = {
    "sgd": 0,
    "rmsprop": 1,
    "adam": 2,
    "adamw": 2,
    "adadelta": 2,
    "adagrad": 1,
    "adamax": 2,
    "nadam": 2,
    "ftrl": 2,
    "lion": 1,
    "lamb": 2,
}
_OPTIONS = {
    "sgd": ("momentum",),
    "rmsprop": ("momentum", "centered"),
    "adam": ("amsgrad",),
    "adamw": ("amsgrad",),
}
"""Options that make it keep one more."""
