"""Where names live: module, class and function scopes, and the journal that lets a branch be undone."""

from __future__ import annotations

from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Journal:
    """What a branch changed: old values of dictionary entries (bindings, attributes, items) and old lists."""

    entries: dict[tuple[int, object], tuple[dict[object, Value], object, Value | Missing]] = field(default_factory=dict)
    lists: dict[int, tuple[list[Value], list[Value]]] = field(default_factory=dict)

    def note(self, container: dict[object, Value], key: object) -> None:
        """Remember an entry before it is written for the first time."""
        self.entries.setdefault((id(container), key), (container, key, container.get(key, MISSING)))

    def note_list(self, items: list[Value]) -> None:
        """Remember a list before it is changed for the first time."""
        if id(items) not in self.lists:
            self.lists[id(items)] = (items, list(items))


@dataclass(slots=True)
class Outcome:
    """The state that one branch left, for what any branch changed."""

    entries: dict[tuple[int, object], Value | Missing]
    lists: dict[int, list[Value]]


def undo(journal: Journal) -> Outcome:
    """Put everything back to how it was before the branch, and return what the branch had made of it."""
    outcome = Outcome({}, {})
    for name, (container, key, old) in journal.entries.items():
        outcome.entries[name] = container.get(key, MISSING)
        if isinstance(old, Missing):
            container.pop(key, None)
        else:
            container[key] = old
    for number, (items, before) in journal.lists.items():
        outcome.lists[number] = list(items)
        items[:] = before
    return outcome
