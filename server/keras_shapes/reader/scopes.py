"""Where names live: module, class and function scopes, and the journal that lets a branch be undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from keras_shapes.reader.values import Value


class Missing:
    """The absence of a binding."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()


@dataclass(eq=False, slots=True)
class Scope:
    """Bindings of one module, class body or function call. Class scopes are not seen by functions inside them."""

    module: Scope | None = None
    parent: Scope | None = None
    bindings: dict[str, Value] = field(default_factory=dict)
    global_names: set[str] = field(default_factory=set)
    nonlocal_names: set[str] = field(default_factory=set)
    is_class: bool = False
    name: str = ""

    def find(self, name: str) -> Value | Missing:
        """The value of a name as Python looks it up, or MISSING."""
        scope: Scope | None = self._module() if name in self.global_names else self
        first = True
        while scope is not None:
            if (first or not scope.is_class) and name in scope.bindings:
                return scope.bindings[name]
            first = False
            scope = scope.parent
        return MISSING

    def home(self, name: str) -> dict[str, Value]:
        """The bindings that an assignment to `name` changes."""
        if name in self.global_names:
            return self._module().bindings
        if name in self.nonlocal_names:
            scope = self.parent
            while scope is not None and name not in scope.bindings:
                scope = scope.parent
            if scope is not None:
                return scope.bindings
        return self.bindings

    def _module(self) -> Scope:
        return self.module or self


Container: TypeAlias = "list[Value] | set[Value] | dict[Value, Value]"


@dataclass(slots=True)
class Journal:
    """What a branch changed: old values of bindings, attributes and facts, and old contents of containers."""

    entries: dict[tuple[int, object], tuple[dict[object, Value], object, Value | Missing]] = field(default_factory=dict)
    contents: dict[int, tuple[Container, Container]] = field(default_factory=dict)

    def note(self, container: dict[object, Value], key: object) -> None:
        """Remember an entry before it is written for the first time."""
        self.entries.setdefault((id(container), key), (container, key, container.get(key, MISSING)))

    def note_contents(self, container: Container) -> None:
        """Remember a list, set or dictionary before it is changed for the first time."""
        if id(container) not in self.contents:
            self.contents[id(container)] = (container, copied(container))

    def keep(self, inner: Journal) -> None:
        """What a block changed was changed in the block around it."""
        for name, entry in inner.entries.items():
            self.entries.setdefault(name, entry)
        for number, contents in inner.contents.items():
            self.contents.setdefault(number, contents)


@dataclass(slots=True)
class Outcome:
    """The state that one branch left, for what any branch changed."""

    entries: dict[tuple[int, object], Value | Missing]
    contents: dict[int, Container]


def copied(container: Container) -> Container:
    """The same items in a container of their own."""
    return container.copy()


def refill(container: Container, contents: Container) -> None:
    """Give a container the contents of another one of its kind."""
    if container is contents:
        return
    container.clear()
    if isinstance(container, list):
        container.extend(contents)
    else:
        container.update(contents)  # type: ignore[arg-type]


def snapshot(journal: Journal) -> Outcome:
    """The state now, for what the journal has noted."""
    entries = {name: container.get(key, MISSING) for name, (container, key, _) in journal.entries.items()}
    return Outcome(entries, {number: copied(container) for number, (container, _) in journal.contents.items()})


def undo(journal: Journal) -> Outcome:
    """Put everything back to how it was before the branch, and return what the branch had made of it."""
    outcome = snapshot(journal)
    for container, key, old in journal.entries.values():
        if isinstance(old, Missing):
            container.pop(key, None)
        else:
            container[key] = old
    for items, before in journal.contents.values():
        refill(items, before)
    return outcome


def restore(journal: Journal, outcome: Outcome) -> None:
    """Make the state of `outcome` the present one, for what the journal has noted."""
    for name, (container, key, old) in journal.entries.items():
        value = outcome.entries.get(name, old)
        if isinstance(value, Missing):
            container.pop(key, None)
        else:
            container[key] = value
    for number, (items, before) in journal.contents.items():
        refill(items, outcome.contents.get(number, before))
