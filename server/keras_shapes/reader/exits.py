"""Ways that end early: `continue`, `break`, `return` and `raise` under a condition that is not known.

What is read behind them is the way that goes on. Where such a way ends (the turn, the loop, the function, the `try`),
the states of the ways that left early are put together with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keras_shapes.model import Unknown
from keras_shapes.reader.choices import choose, joined, joined_contents, state_in
from keras_shapes.reader.contents import look_of, unknown_length
from keras_shapes.reader.forgetting import lose, lose_options, opened
from keras_shapes.reader.scopes import MISSING, Journal, Outcome, snapshot
from keras_shapes.reader.values import Guard, Guards

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

_MOST_EXITS = 12


@dataclass(frozen=True, slots=True)
class Exit:
    """One way that left early: under which guards, and the state that it left."""

    guards: Guards
    journal: Journal
    outcome: Outcome


@dataclass(eq=False, slots=True)
class Catcher:
    """Where ways of some kinds end. `passed` are the guards of the ways that go on behind an exit."""

    kinds: frozenset[str]
    depth: int
    guards: int
    exits: list[Exit] = field(default_factory=list)
    passed: list[Guard] = field(default_factory=list)


@contextmanager
def catching(it: Interpreter, *kinds: str) -> Iterator[Catcher]:
    """Ways of `kinds` end with this block: afterwards the state is that of all of them."""
    catcher = Catcher(frozenset(kinds), len(it.journals), len(it.guards))
    it.catchers.append(catcher)
    with it.journal() as journal:
        try:
            yield catcher
        finally:
            it.catchers.remove(catcher)
    it.keep(journal)
    if catcher.exits:
        _put_together(it, catcher, journal)


def note_exit(it: Interpreter, kind: str) -> None:
    """A way ends here, under a condition that is not known."""
    catcher = catcher_of(it, kind)
    if catcher is None:
        return
    changes = Journal()
    for journal in it.journals[catcher.depth :]:
        changes.keep(journal)
    catcher.exits.append(Exit(it.guards[catcher.guards :], changes, snapshot(changes)))


def note_passed(it: Interpreter, kind: str, guard: Guard) -> None:
    """What follows is read under `guard`, until the ways of this kind have ended."""
    it.guards = (*it.guards, guard)
    catcher = catcher_of(it, kind)
    if catcher is not None:
        catcher.passed.append(guard)


def catcher_of(it: Interpreter, kind: str) -> Catcher | None:
    """Where a way that ends like this goes on."""
    return next((catcher for catcher in reversed(it.catchers) if kind in catcher.kinds), None)


def still_passed(it: Interpreter, before: Guards) -> Guards:
    """The guards after a block that began under `before`: those of exits to places further out stay."""
    passed = [guard for catcher in it.catchers for guard in catcher.passed]
    return (*before, *(guard for guard in it.guards[len(before) :] if any(guard is one for one in passed)))


def _put_together(it: Interpreter, catcher: Catcher, journal: Journal) -> None:
    changes = Journal()
    for one in (journal, *(leaving.journal for leaving in catcher.exits)):
        changes.keep(one)
    if len(catcher.exits) > _MOST_EXITS:
        _forget(it, changes)
        return
    state = last = snapshot(changes)
    for leaving in reversed(catcher.exits):
        inside = leaving.outcome
        for guard in reversed(leaving.guards):
            inside = _either(guard, inside, state, changes)
        state = inside
    _apply(it, changes, state, [last, *(leaving.outcome for leaving in catcher.exits)])


def _either(guard: Guard, inside: Outcome, outside: Outcome, changes: Journal) -> Outcome:
    """The state that is `inside` where the guard holds, and `outside` elsewhere."""
    ways = list(range(guard.decision.count))
    outcomes = [inside if way in guard.allowed else outside for way in ways]
    made = Outcome({}, {})
    for name, (_, _, old) in changes.entries.items():
        states = [state_in(outcome, name, old) for outcome in outcomes]
        made.entries[name] = joined(guard.decision, ways, states, choose)
    for number, (_, before) in changes.contents.items():
        contents = [outcome.contents.get(number, before) for outcome in outcomes]
        made.contents[number] = joined_contents(guard.decision, ways, before, contents)
    return made


def _apply(it: Interpreter, changes: Journal, state: Outcome, ways: Sequence[Outcome]) -> None:
    for name, (container, key, _) in changes.entries.items():
        value = state.entries[name]
        lose_options(it, value, [outcome.entries[name] for outcome in ways if name in outcome.entries])
        if value is MISSING:
            it.remove_entry(container, key)
        elif container.get(key, MISSING) is not value:
            it.set_entry(container, key, value)
    for number, (items, _) in changes.contents.items():
        it.replace(items, state.contents[number])


def _forget(it: Interpreter, changes: Journal) -> None:
    reason = Unknown("there are very many ways through the program")
    for container, key, old in changes.entries.values():
        lose(it, (old, container.get(key)), reason)
        it.set_entry(container, key, reason)
    for items, _ in changes.contents.values():
        it.replace(items, opened(items, unknown_length(reason), look_of(items)))
