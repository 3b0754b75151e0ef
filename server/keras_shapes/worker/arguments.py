"""What the arguments of layers decide: the tables for arguments whose value is unknown.

Only names of arguments are kept here, never what Keras computes from them.
"""

from __future__ import annotations

import functools
import inspect
from typing import Any

SIZES: frozenset[str] = frozenset(
    """
    units filters output_dim input_dim batch_size n height width num_tokens depth_multiplier classes
    output_sequence_length num_bins
    """.split()
)
"""Arguments that are sizes: an unknown one is built with stand-ins."""

SHAPES: frozenset[str] = frozenset({"shape", "batch_shape", "input_shape", "batch_input_shape", "target_shape"})
"""Arguments that are shapes: the unknown sizes in them are built with stand-ins."""

WINDOWS: frozenset[str] = frozenset(
    """
    kernel_size pool_size strides dilation_rate size cropping padding crop_to_aspect_ratio
    """.split()
)
"""Arguments that are small numbers: a few values for an unknown one tell which sizes depend on it."""

_NEUTRAL: dict[str, Any] = {
    "activation": "linear",
    "recurrent_activation": "linear",
    "factor": 0.1,
    "height_factor": 0.1,
    "width_factor": 0.1,
    "name": None,
    "rate": 0.5,
    "scale": 1.0,
    "seed": None,
    "stddev": 0.5,
    "trainable": True,
    "dropout": 0.0,
    "recurrent_dropout": 0.0,
    "momentum": 0.9,
    "epsilon": 1e-3,
    "alpha": 0.1,
    "negative_slope": 0.1,
    "weights": None,
    "mask_value": 0.0,
}
"""Arguments that cannot influence a shape, with a value for those that have no default."""

_NEUTRAL_ENDINGS = ("_initializer", "_regularizer", "_constraint")


def is_neutral(name: str) -> bool:
    """Whether no value of the argument changes a shape."""
    return name in _NEUTRAL or name.endswith(_NEUTRAL_ENDINGS)


def neutral_value(function: Any, name: str) -> Any:
    """What stands for an unknown value of a neutral argument: its default where it has one."""
    return default(function, name, _NEUTRAL.get(name))


def default(function: Any, name: str, otherwise: Any = None) -> Any:
    """The default of a parameter."""
    return parameters(function)[name].default if has_default(function, name) else otherwise


def has_default(function: Any, name: str) -> bool:
    """Whether the parameter may be left out."""
    parameter = parameters(function).get(name)
    return parameter is not None and parameter.default is not inspect.Parameter.empty


@functools.lru_cache(maxsize=1_000)
def parameters(function: Any) -> dict[str, inspect.Parameter]:
    """The named parameters of a class or function, in order."""
    if getattr(function, "__name__", "") == "Model":
        function = _functional
    try:
        found = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return {}
    return {
        name: parameter
        for name, parameter in found.items()
        if parameter.kind not in (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    }


def _functional(inputs: Any, outputs: Any, name: Any = None, trainable: Any = True) -> None:
    """What `keras.Model` takes: its own signature hides it."""


def named(function: Any, args: list[Any], kwargs: dict[str, Any]) -> list[tuple[str, Any]]:
    """The arguments of a call with their names; a positional argument too many has the name of its position."""
    names = list(parameters(function))
    positional = [(names[index] if index < len(names) else str(index), value) for index, value in enumerate(args)]
    return positional + list(kwargs.items())
