"""Loops: known ones turn as often as they do, unknown ones are read 0, 1 and 2 times."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.assignment import assign
from keras_shapes.reader.choices import merge, settled, unknown_after_loop
from keras_shapes.reader.interpreter import BREAK, NORMAL, RAISE, RETURN, Completion
from keras_shapes.reader.iteration import item_of_unknown, items_of
from keras_shapes.reader.limits import OutOfSteps
from keras_shapes.reader.operators import truth
from keras_shapes.reader.scopes import MISSING, Journal, Outcome, undo
from keras_shapes.reader.values import Choice, Decision, Event, Guarded, Items, Obscured, Trained, Value, changed_since

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope

Turn = Callable[[], Completion]


def execute_for(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    """`for`."""
    assert isinstance(node, (ast.For, ast.AsyncFor))
    iterable = settled(it.evaluate(node.iter, scope), it.guards)
    items = items_of(it, iterable, node.iter)

    def turn(item: Value) -> Completion:
        assign(it, node.target, item, scope)
        return it.execute(node.body, scope)

    if isinstance(items, list) and len(items) > it.budget.limits.turns:
        return _bounded(it, node, lambda: _too_many_turns(it, node, lambda: turn(_like_each(it, items, node))))
    if not isinstance(items, list):
        item = item_of_unknown(it, items, node.target, node.iter)
        _unknown_turns(it, node, _bounds(items), lambda: turn(item))
        return it.execute(node.orelse, scope)
    return _bounded(it, node, lambda: _known_turns(it, node, items, turn, scope))


def execute_while(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    """`while`: as long as the condition is known; from then on an unknown number of turns."""
    assert isinstance(node, ast.While)
    return _bounded(it, node, lambda: _while(it, node, scope))


def _while(it: Interpreter, node: ast.While, scope: Scope) -> Completion:
    turns = 0
    while True:
        test = settled(it.evaluate(node.test, scope), it.guards)
        holds = None if isinstance(test, Choice) else truth(test)
        if holds is False:
            return it.execute(node.orelse, scope)
        if holds is None:
            _unknown_turns(it, node, (0, 2), lambda: it.execute(node.body, scope))
            return it.execute(node.orelse, scope)
        turns += 1
        if turns > it.budget.limits.turns:
            raise OutOfSteps
        guards = it.guards
        completion = it.execute(node.body, scope)
        if completion.kind in {BREAK, RETURN, RAISE}:
            return NORMAL if completion.kind == BREAK else completion
        if it.guards is not guards:
            return NORMAL


def _known_turns(
    it: Interpreter, node: ast.For | ast.AsyncFor, items: list[Value], turn: Callable[[Value], Completion], scope: Scope
) -> Completion:
    for item in items:
        if isinstance(item, Guarded):
            _guarded_turn(it, node, item, turn)
            continue
        completion = turn(item)
        if completion.kind == BREAK:
            return NORMAL
        if completion.kind in {RETURN, RAISE}:
            return completion
    return it.execute(node.orelse, scope)


def _too_many_turns(it: Interpreter, node: ast.AST, turn: Turn) -> Completion:
    """A loop that turns too often to be read: what it changes is unknown, and so is how long its lists of data are."""
    counts = {id(model): len(model.events) for model in it.models}
    with it.journal() as journal:
        _unknown_turns(it, node, (0, 2), turn)
        for model in it.models:
            before = counts.get(id(model), 0)
            if changed_since(model, before):
                # the ways through the loop would be variants of a model that is not known anyway
                happened = [event.happening for event in model.events[before:]]
                model.events[before:] = [Event((), next(one for one in happened if not isinstance(one, Trained)))]
        _forget(it, journal, node, counts, keep=_holds_data)
    it.keep(journal)
    return NORMAL


def _like_each(it: Interpreter, items: list[Value], node: ast.AST) -> Value:
    """An item that stands for every one of many."""
    numbers = [item for item in items if isinstance(item, int) and not isinstance(item, bool)]
    if len(numbers) < len(items):
        return items[0]
    return it.unknown("the turn of a loop", node, kind="int", key=object(), low=min(numbers), high=max(numbers))


def _holds_data(items: list[Value]) -> bool:
    values = [item.value if isinstance(item, Guarded) else item for item in items]
    numbers = (bool, int, float, NumpyNumber, Array)
    return all(isinstance(value, numbers) or getattr(value, "kind", None) is not None for value in values)


def _guarded_turn(it: Interpreter, node: ast.AST, item: Guarded, turn: Callable[[Value], Completion]) -> None:
    """A turn that happens only where its item is in the list."""
    guard = item.guards[0]
    inner: Value = Guarded(item.guards[1:], item.value) if len(item.guards) > 1 else item.value
    with it.journal() as journal:
        with it.guarded(guard.decision, sorted(guard.allowed)):
            if isinstance(inner, Guarded):
                _guarded_turn(it, node, inner, turn)
            else:
                turn(inner)
        outcome = undo(journal)
    nothing = Outcome({}, {})
    ways = [outcome if way in guard.allowed else nothing for way in range(guard.decision.count)]
    merge(it, guard.decision, [journal], ways)


def _unknown_turns(it: Interpreter, node: ast.AST, bounds: tuple[int, int], turn: Turn) -> None:
    """Read a loop for every number of turns from `bounds[0]` to `bounds[1]`."""
    fewest, most = bounds
    decision = Decision(most - fewest + 1, f"the loop in line {getattr(node, 'lineno', 0)}", it.span(node))
    outcomes: list[Outcome | None] = []
    guards = it.guards
    with it.journal() as journal:
        for number in range(most + 1):
            if number >= fewest:
                outcomes.append(_snapshot(journal))
            if number < most:
                with it.guarded(decision, range(max(0, number + 1 - fewest), decision.count)):
                    turn()
        undo(journal)
    it.guards = guards
    merge(it, decision, [journal], outcomes, unknown_after_loop)


def _snapshot(journal: Journal) -> Outcome:
    entries = {name: container.get(key, MISSING) for name, (container, key, _) in journal.entries.items()}
    return Outcome(entries, {name: list(items) for name, (items, _) in journal.lists.items()})


def _bounds(items: Unknown | Items) -> tuple[int, int]:
    length = items.length if isinstance(items, Items) else items
    low, high = getattr(length, "low", None), getattr(length, "high", None)
    if low is not None and high is not None and 0 <= low <= high <= 3:
        return low, high
    return 0, 2


def _bounded(it: Interpreter, node: ast.AST, loop: Callable[[], Completion]) -> Completion:
    """A loop may use a part of the steps that are left; where that is not enough, what it changes is unknown."""
    reserve = max(it.budget.left // 2, it.budget.left - it.budget.limits.loop_steps)
    it.budget.left -= reserve
    guards = it.guards
    counts = {id(model): len(model.events) for model in it.models}
    with it.journal() as journal:
        try:
            completion = loop()
        except OutOfSteps:
            if it.budget.total >= it.budget.limits.total_steps:
                raise
            it.guards = guards
            it.budget.left = 0
            _forget(it, journal, node, counts)
            completion = NORMAL
    it.keep(journal)
    it.budget.left += reserve
    return completion


def _forget(
    it: Interpreter,
    journal: Journal,
    node: ast.AST,
    counts: dict[int, int],
    keep: Callable[[list[Value]], bool] = lambda _items: False,
) -> None:
    reason = it.unknown("a loop that is too long to be read", node)
    for container, key, _ in journal.entries.values():
        container[key] = reason
    for items, _ in journal.lists.values():
        if not keep(items):
            items[:] = [reason]
    for model in it.models:
        if changed_since(model, counts.get(id(model), 0)):
            it.happen(model, Obscured(reason))
