"""Which argument of a refused call is at fault: asked of Keras, by leaving arguments out."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Any

from . import allowed, arguments, keras_api, shortage
from .keras_api import keras
from .objects import Objects
from .roles import kinds_of, roles_of
from .unreadable import Unreadable

_OTHER_TYPES = ("float", "numpy int", "numpy float")


@dataclass(frozen=True)
class Blame:
    """Names of a constructor's `parameters`, the required ones `missing`, and the given ones `blamed`.

    `certain` says that no value of the unknown arguments would change the refusal.
    """

    parameters: list[str]
    missing: list[str]
    blamed: list[str]
    certain: bool


def blame(objects: Objects, number: int | None) -> Blame:
    """Who is to blame for the refusal of the call with this id."""
    node = objects.definitions.get(number, {}) if number is not None else {}
    if "call" not in node:
        return Blame([], [], [], certain=not roles_of(node))
    function = allowed.public_object(node["call"], node.get("from", "keras"))
    names = constructor_parameters(function)
    named = arguments.named(function, node["args"], dict(node["kwargs"]))
    given = [name for name, _ in named]
    missing = [name for name, parameter in arguments.parameters(function).items() if _required(parameter)]
    missing = [name for name in missing if name not in given]
    unnamed = [name for name in given if name not in names]
    blamed = unnamed or [name for name in given if _accepted(objects, node, function, name)]
    guessed = any(_is_guessed(function, name, value) for name, value in named)
    certain = (
        bool(missing) or bool(unnamed) or (not roles_of(node) and not guessed) or _wrong_type(objects, node, blamed)
    )
    return Blame(names, missing, blamed, certain)


def constructor_parameters(function: Any) -> list[str]:
    """Names that a constructor takes, in order; those of `keras.Layer` included where it passes them on."""
    names = list(arguments.parameters(function))
    if isinstance(function, type) and issubclass(function, keras.layers.Layer) and _takes_keywords(function):
        names += keras_api.LAYER_KEYWORDS
        base = arguments.parameters(keras.layers.Layer.__init__)
        names += [name for name in base if name not in ("self", *names)]
    return names


def _takes_keywords(function: Any) -> bool:
    kinds = [parameter.kind for parameter in inspect.signature(function).parameters.values()]
    return inspect.Parameter.VAR_KEYWORD in kinds


def _required(parameter: inspect.Parameter) -> bool:
    return parameter.default is inspect.Parameter.empty


def _accepted(objects: Objects, node: dict[str, Any], function: Any, name: str) -> bool:
    """Whether Keras accepts the call without the argument; a required one is 1 instead."""
    parameter = arguments.parameters(function).get(name)
    given = dict(arguments.named(function, node["args"], dict(node["kwargs"])))
    if parameter is not None and _required(parameter):
        given[name] = 1
    else:
        del given[name]
    return _succeeds(objects, {**node, "args": [], "kwargs": list(given.items())})


def _is_guessed(function: Any, name: str, value: Any) -> bool:
    """Whether a value that is no default stands for an unknown one."""
    return bool(kinds_of(value)) and arguments.is_neutral(name) and not arguments.has_default(function, name)


def _wrong_type(objects: Objects, node: dict[str, Any], blamed: list[str]) -> bool:
    """Whether one unknown is refused for its type, which is known: the same number as an `int` is accepted."""
    kinds = {number: kind for number, kind in kinds_of(node).items() if number in roles_of(node)}
    if len(blamed) != 1 or len(kinds) != 1:
        return False
    [(number, kind)] = kinds.items()
    if kind not in _OTHER_TYPES or number not in objects.values:
        return False
    values = {**objects.values, number: int(objects.values[number])}
    return _succeeds(Objects(objects.definitions, values), node)


def _succeeds(objects: Objects, node: dict[str, Any]) -> bool:
    call = {key: value for key, value in node.items() if key != "id"}
    try:
        Objects(objects.definitions, objects.values).make(call)
    except Unreadable:
        return False
    except Exception as error:  # noqa: BLE001 - whatever Keras raises is a refusal
        shortage.check(error)
        return False
    return True
