"""Methods of a built model that take no data: what Keras says of what they are given."""

from __future__ import annotations

from typing import Any

from . import shortage
from .calls import UNKNOWN, error_facts, unknown
from .session import load_weights
from .training_step import unallocated

Plain = dict[str, Any]

METHODS = frozenset({"build", "load_weights", "save_weights", "save"})


def judge_other(model: Any, method: str, args: list[Any], kwargs: dict[str, Any], *, declared: bool) -> Plain:
    """The verdict on one call; `declared` says that the model was built before any data.

    The files that a call names are not there: only what is no path at all is asked about.
    """
    given = next(iter((*args, *kwargs.values())), UNKNOWN)
    if not model.built or (method == "build" and not declared):
        return unknown("the model is not built yet")
    if method == "build":
        return _build(model, given)
    if given is UNKNOWN or isinstance(given, (str, bytes)) or hasattr(given, "__fspath__"):
        return unknown("no file is looked at")
    function = load_weights if method == "load_weights" else getattr(type(model), method)
    return _asked(lambda: function(model, given), {})


def _build(model: Any, given: Any) -> Plain:
    shape = tuple(given) if isinstance(given, (tuple, list)) else None
    if shape is None or not all(size is None or isinstance(size, int) for size in shape):
        return unknown("the shape is not known")
    facts = {"x": list(shape), "input": _input_shape(model)}
    return _asked(lambda: model.build(shape), facts)


def _input_shape(model: Any) -> Any:
    try:
        shape = model.input_shape
    except (AttributeError, ValueError):  # it has none yet
        return None
    return list(shape) if isinstance(shape, tuple) else None


def _asked(question: Any, facts: Plain) -> Plain:
    """What Keras refuses for the kind of an argument or for its value; any other failure tells nothing."""
    try:
        with unallocated():
            question()
    except (TypeError, ValueError) as error:
        shortage.check(error)
        return {"outcome": "refused", "what": "call", **facts, **error_facts(error)}
    except Exception as error:  # noqa: BLE001 - the files and the weights are not there
        shortage.check(error)
        return unknown("no file is looked at")
    return {"outcome": "accepted", **facts}
