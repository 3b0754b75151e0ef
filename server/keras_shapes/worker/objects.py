"""The Keras objects that a recipe means, each made once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .forms import FORMS
from .recipes import children, parts
from .unreadable import Unreadable

_DEPENDS = ("unknown", "parameter", "ref", "apply", "attribute", "item", "code", "layer", "model")
"""Forms whose objects are others each time."""


@dataclass
class Frame:
    """One call of a readable function: its arguments, and what depends on them."""

    args: tuple[Any, ...]
    made: dict[int, Any] = field(default_factory=dict)


class Objects:
    """The Keras objects of one evaluation: each call of the recipe is made once, when it is first needed.

    `definitions` are the expressions of the recipe by id, `values` the stand-ins of unknown numbers. `failed` is the
    id of the innermost call that raised. `kept` are base models of an earlier evaluation, by id: to make one takes
    longer than all the rest.
    """

    def __init__(self, definitions: dict[int, Any], values: dict[int, Any], kept: dict[int, Any] | None = None) -> None:
        self.definitions = definitions
        self.values = values
        self.kept = {} if kept is None else kept
        self.made: dict[int, Any] = {}
        self.failed: int | None = None
        self.frames: list[Frame] = []
        self.traces = False
        self._under_way: set[int] = set()

    def id_of(self, thing: Any) -> int | None:
        """The id of the call that made an object."""
        return next((number for number, made in self.made.items() if made is thing), None)

    def make(self, node: Any) -> Any:
        """The object that an expression means.

        Raises:
            Unreadable: part of it is unknown.
            Exception: whatever Keras raises.
        """
        if isinstance(node, list):
            return [self.make(item) for item in node]
        if not isinstance(node, dict):
            return node
        if "ref" in node:
            return self._once(node["ref"])
        if "id" in node:
            self.definitions.setdefault(node["id"], node)
            return self._once(node["id"])
        return self._make(node)

    def begin(self, element: Any) -> None:
        """Make an element of the model; `failed` is about this one from here on."""
        self.failed = None
        self.make(element)

    @contextlib.contextmanager
    def called_with(self, args: tuple[Any, ...]) -> Iterator[None]:
        """Inside, the parameters of a readable function have these values."""
        self.frames.append(Frame(args))
        try:
            yield
        finally:
            self.frames.pop()

    @contextlib.contextmanager
    def tracing(self) -> Iterator[None]:
        """Inside, functions of TensorFlow may be called on symbolic tensors, as in the `call` of a layer."""
        before, self.traces = self.traces, True
        try:
            yield
        finally:
            self.traces = before

    def _once(self, number: int) -> Any:
        node = self.definitions[number]
        made = self.frames[-1].made if self.frames and _has_parameter(node) else self.made
        if number in made:
            return made[number]
        if number in self.kept:
            made[number] = self.kept[number]
            return made[number]
        if number in self._under_way:
            raise Unreadable("it contains itself")
        self._under_way.add(number)
        try:
            made[number] = self._make(node)
        except Unreadable:
            raise
        except Exception:
            if self.failed is None:
                self.failed = number
            raise
        finally:
            self._under_way.discard(number)
        if is_base_model(node) and made is self.made:
            self.kept[number] = made[number]
        return made[number]

    def _make(self, node: dict[str, Any]) -> Any:
        for form, make in FORMS.items():
            if form in node:
                return make(self, node)
        raise Unreadable("it has no form that is understood here")


def is_base_model(node: Any) -> bool:
    """Whether it is one of Keras' applications, made of what the source says alone."""
    called = isinstance(node, dict) and str(node.get("call", "")).startswith("keras.applications.")
    return called and not any(form in part for part in parts(node) for form in _DEPENDS)


def _has_parameter(node: Any) -> bool:
    return (isinstance(node, dict) and "parameter" in node) or any(_has_parameter(child) for child in children(node))
