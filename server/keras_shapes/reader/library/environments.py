"""Environments of gymnasium: the sizes of their spaces are not known, but of which type they are is."""

from __future__ import annotations

from typing import Final

from keras_shapes.model import Unknown
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.library.registry import LibraryCall, function, method
from keras_shapes.reader.values import Value
from keras_shapes.source import Span

_ENVIRONMENT: Final = "gymnasium.Env"
_SPACE: Final = "gymnasium.Space"
_METHODS: Final = ("reset", "step", "render", "close", "has_wrapper_attr", "get_wrapper_attr")


@function("gymnasium.make")
def _make(call: LibraryCall) -> Value:
    for name, _ in call.named():
        call.value(name, default=None)  # nothing is said that depends on them
    facts: dict[str, Value] = {name: _space(call.span) for name in ("action_space", "observation_space")}
    environment = LibraryObject(_ENVIRONMENT, facts=facts, span=call.span)
    facts["unwrapped"] = environment
    return environment


@method(*(f"{_ENVIRONMENT}.{name}" for name in _METHODS))
def _use(_value: LibraryObject, call: LibraryCall) -> Value:
    return Unknown(f"what {call.path.rpartition('.')[2]}() of an environment gives", call.span)


@method(f"{_SPACE}.sample", f"{_SPACE}.seed", f"{_SPACE}.contains")
def _sample(_value: LibraryObject, call: LibraryCall) -> Value:
    return Unknown("what a space gives", call.span)


def _space(span: Span | None) -> LibraryObject:
    """A space: `n` is a number of numpy, which Keras does not take for a size, the items of `shape` are Python's."""
    reason = "it depends on the environment"
    count = Unknown(reason, span, kind="numpy int", key=object(), low=0)
    return LibraryObject(_SPACE, facts={"n": count, "shape": Unknown(reason, span, key=("shape", object()))}, span=span)
