"""Loops: known ones turn as often as they do, unknown ones are read 0, 1 and 2 times."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import Unknown
from keras_shapes.reader.assignment import assign
from keras_shapes.reader.choices import merge, same, settled, unknown_after_loop
from keras_shapes.reader.contents import is_guarded, look_of, open_contents, unknown_length
from keras_shapes.reader.exits import Catcher, catching, note_exit, note_passed, still_passed
from keras_shapes.reader.forgetting import lose, opened
from keras_shapes.reader.interpreter import BREAK, CONTINUE, NORMAL, RAISE, RETURN, Completion
from keras_shapes.reader.iteration import item_of_unknown, items_of
from keras_shapes.reader.library.arrays import counted, either
from keras_shapes.reader.limits import OutOfSteps
from keras_shapes.reader.operators import number_kind, truth
from keras_shapes.reader.scopes import Container, Journal, Missing, Outcome, copied, snapshot, undo
from keras_shapes.reader.unread import leave_unread
from keras_shapes.reader.values import (
    Choice,
    Decision,
    Deque,
    Guard,
    Guarded,
    Items,
    Obscured,
    Once,
    Rest,
    Value,
    changed_since,
)
from keras_shapes.reader.widening import widen

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Changes, Interpreter
    from keras_shapes.reader.scopes import Scope

_ENDS = (ast.Break, ast.Return, ast.Raise)
_FEW_TURNS = 6
"""So many turns are read of any loop: the first ones may do more than the others."""
Turn = Callable[[], Completion]


def execute_for(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    """`for`."""
    assert isinstance(node, (ast.For, ast.AsyncFor))
    iterable = settled(it.evaluate(node.iter, scope), it.guards)
    items = items_of(it, iterable, node.iter)

    def turn(item: Value) -> Completion:
        assign(it, node.target, item, scope)
        return it.execute(node.body, scope)

    if isinstance(items, list) and len(items) > it.budget.limits.turns and not is_guarded(items):
        return _bounded(
            it, node, scope, lambda: _many_turns(it, node, len(items), lambda: turn(_like_each(it, items, node)))
        )
    if not isinstance(items, list):
        look = item_of_unknown(it, items, node.target, node.iter)
        count = counted(items.length) if isinstance(items, Items) else items
        if isinstance(count, int):
            return _bounded(it, node, scope, lambda: _many_turns(it, node, count, lambda: turn(look)))
        return _unknown_turns(it, node, _bounds(items), lambda: turn(look), scope)
    if isinstance(iterable, Once) and any(isinstance(one, _ENDS) for one in ast.walk(node)):
        # what it did not give yet, it gives later
        it.replace(iterable.items, open_contents(it.unknown("an iterator of which some items were taken", node)))
    source = iterable if isinstance(iterable, (list, Once)) else None
    return _bounded(it, node, scope, lambda: _known_turns(it, node, items, source, turn, scope))


def execute_while(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    """`while`: as long as the condition is known; from then on an unknown number of turns."""
    assert isinstance(node, ast.While)
    return _bounded(it, node, scope, lambda: _while(it, node, scope))


def _while(it: Interpreter, node: ast.While, scope: Scope) -> Completion:
    before = it.guards
    with catching(it, BREAK) as breaks:
        completion = _turns_while(it, node, breaks, scope)
    it.guards = still_passed(it, before)
    return completion


def _turns_while(it: Interpreter, node: ast.While, breaks: Catcher, scope: Scope) -> Completion:
    for _ in range(it.budget.limits.turns + 1):
        test = settled(it.evaluate(node.test, scope), it.guards)
        holds = None if isinstance(test, Choice) else truth(test)
        if holds is False:
            return it.execute(node.orelse, scope)
        if holds is None or breaks.exits:
            # it may have ended already, or may go on: how often it turns is not known
            return _unknown_turns(it, node, (0, 2), lambda: it.execute(node.body, scope), scope)
        completion = _turn(it, lambda: it.execute(node.body, scope))
        if completion.kind in {BREAK, RETURN, RAISE}:
            return NORMAL if completion.kind == BREAK else completion
    raise OutOfSteps


def _turn(it: Interpreter, turn: Turn) -> Completion:
    """One turn: a `continue` ends it, and no more. Where some ways went on so, the others may end the loop."""
    before = it.guards
    with catching(it, CONTINUE) as continued:
        completion = turn()
        passed = it.guards[len(before) :]
        if leaves := bool(continued.exits) and completion.kind in {BREAK, RETURN, RAISE}:
            note_exit(it, completion.kind)
            if completion.kind == RETURN and it.frames:
                it.frames[-1].returned.append((it.guards, completion.value))
    it.guards = still_passed(it, before)
    if leaves and len(passed) == 1:
        note_passed(it, completion.kind, passed[0].otherwise())
    return NORMAL if leaves or completion.kind == CONTINUE else completion


def _known_turns(
    it: Interpreter,
    node: ast.For | ast.AsyncFor,
    items: list[Value],
    source: list[Value] | Once | None,
    turn: Callable[[Value], Completion],
    scope: Scope,
) -> Completion:
    before = it.guards
    with catching(it, BREAK):
        completion = _turns_until_break(it, node, items, source, turn)
    it.guards = still_passed(it, before)
    if completion is not None:
        return NORMAL if completion.kind == BREAK else completion
    return it.execute(node.orelse, scope)


def _turns_until_break(
    it: Interpreter,
    node: ast.AST,
    items: list[Value],
    source: list[Value] | Once | None,
    turn: Callable[[Value], Completion],
) -> Completion | None:
    ends = _may_end(node)
    for number, item in enumerate(items):
        if not _is_as_it_was(source, items):
            # the list changes while it is walked over: which items are met, and how many, is not known
            raise OutOfSteps
        if isinstance(item, Guarded):
            _guarded_turn(it, node, item, turn)
            continue
        before = it.budget.left
        completion = _turn(it, lambda item=item: turn(item))  # type: ignore[misc]
        if completion.kind in {BREAK, RETURN, RAISE}:
            return completion
        if not ends and _is_too_long(it, before - it.budget.left, number + 1, len(items)):
            it.budget.left = -1  # as if it had been read until there are no more steps
            raise OutOfSteps
    return None


def _may_end(loop: ast.AST) -> bool:
    """Whether something in a loop may end it before its last turn: a `break` of a loop inside ends only that."""
    waiting: list[tuple[ast.AST, bool]] = [(child, False) for child in ast.iter_child_nodes(loop)]
    while waiting:
        node, inside = waiting.pop()
        if isinstance(node, (ast.Return, ast.Raise)) or (isinstance(node, ast.Break) and not inside):
            return True
        inside = inside or isinstance(node, (ast.For, ast.AsyncFor, ast.While))
        waiting += [(child, inside) for child in ast.iter_child_nodes(node)]
    return False


def _is_too_long(it: Interpreter, steps: int, turns: int, count: int) -> bool:
    """Whether the steps that are left are not enough for the other turns, if these take as many as the last one.

    What a loop does that is not read to its end is unknown, however many of its turns were read.
    """
    needed = steps * (count - turns)
    return turns >= _FEW_TURNS and needed > it.budget.left * (2 if turns < 3 * _FEW_TURNS else 1)


def _is_as_it_was(source: list[Value] | Once | None, items: list[Value]) -> bool:
    """Whether what a loop walks over holds what it held when the loop began."""
    match source:
        case None:
            return True
        case Once(born=born):
            return source.is_fresh(born if born is not None else -1)
        case _:
            return len(source) == len(items) and all(map(operator.is_, source, items))


def _many_turns(it: Interpreter, node: ast.For | ast.AsyncFor, count: int, turn: Turn) -> Completion:
    """A loop that turns too often to be read turn by turn: what it changes is unknown, but for lists that only grow.

    One turn is read to see what it changes; then one more over unknown values of that, which stands for all of them.
    """
    guards, before = it.guards, Journal()
    with it.journal() as journal, it.watching_models() as changes:
        may_end = _whole_turn(it, turn)
        before.keep(journal)
        first = _growth(journal, {number: old for number, (_, old) in journal.contents.items()})
        undo(journal)
    _forget_models(it, node, changes)
    with it.journal() as journal, it.watching_models() as again:
        reason = it.unknown("a loop that is too long to be read", node)
        _make_unknown(it, before, reason)
        assumed = {name: container.get(key) for name, (container, key, _) in before.entries.items()}
        starts = {number: copied(container) for number, (container, _) in before.contents.items()}
        with it.journal() as grown:
            ends = _whole_turn(it, turn)
        it.keep(grown)
        growth = {} if ends or may_end else _growth(grown, starts)
        _make_unknown(it, grown, reason, assumed)
        for number, (items, more) in growth.items():
            if number in first:
                added = len(first[number][1]) + (count - 1) * len(more)
                length = Unknown(reason.reason, reason.span, kind="int", key=object(), low=added, high=added)
                look = look_of([*more, *first[number][1]])
                it.replace(items, [*before.contents[number][1], Rest(look, length)])
    it.keep(journal)
    it.guards = guards
    _forget_models(it, node, again | changes)
    return NORMAL


def _whole_turn(it: Interpreter, turn: Turn) -> bool:
    """One turn of a loop; whether the loop may end in it."""
    exits, guards = sum(len(catcher.exits) for catcher in it.catchers), it.guards
    with catching(it, BREAK) as breaks:
        completion = _turn(it, turn)
    it.guards = still_passed(it, guards)
    return completion.ends or bool(breaks.exits) or sum(len(catcher.exits) for catcher in it.catchers) > exits


def _growth(grown: Journal, starts: dict[int, Container]) -> dict[int, tuple[list[Value], list[Value]]]:
    """The lists that a turn does nothing to but put items at their ends, with these items."""
    found: dict[int, tuple[list[Value], list[Value]]] = {}
    for number, (items, _) in grown.contents.items():
        start = starts.get(number)
        if not isinstance(items, list) or start is None or isinstance(items, Deque):
            continue
        more = items[len(start) :]
        kept = len(items) >= len(start) and all(a is b for a, b in zip(items, start, strict=False))
        if kept and more and not is_guarded(more):
            found[number] = items, more
    return found


def _make_unknown(
    it: Interpreter, journal: Journal, reason: Unknown, assumed: dict[tuple[int, object], Value] | None = None
) -> None:
    """Whatever was changed may be anything now. Of an array that was `assumed` and came back, shape and dtype stay."""
    # what is lost may be noted in the same journal
    for name, (container, key, old) in list(journal.entries.items()):
        lose(it, (old, container.get(key)), reason)
        known = _of_its_kind(old, container.get(key, old), reason)
        if isinstance(known, Array) and assumed is not None and not _is_like(known, assumed.get(name)):
            known = reason
        it.set_entry(container, key, known)
    for items, old in journal.contents.values():
        it.replace(items, opened(items, unknown_length(reason), look_of([*items, *old])))


def _is_like(array: Array, assumed: Value) -> bool:
    return isinstance(assumed, Array) and array.dtype == assumed.dtype and same(array, assumed)


def _of_its_kind(old: Value | Missing, new: Value | Missing, reason: Unknown) -> Value:
    """A number that a loop changes stays a number, an array whose items it sets keeps its shape."""
    if isinstance(old, Array) and isinstance(new, Array) and old.shape is not None:
        joined = either([replace(one, minimum=None, maximum=None, values=None) for one in (old, new)])
        return reason if joined.shape is None else replace(joined, source=object())
    kinds = {number_kind(value) for value in (old, new) if not isinstance(value, Missing)}
    kind = kinds.pop() if len(kinds) == 1 else None
    return Unknown(reason.reason, reason.span, kind=kind, key=object() if kind else None)  # type: ignore[arg-type]


def _forget_models(it: Interpreter, node: ast.AST, changes: Changes) -> None:
    reason = it.unknown("a loop that is too long to be read", node)
    for model, before in changes.items():
        if changed_since(model, before):
            # the ways through the loop would be variants of a model that is not known anyway
            del model.events[before:]
            it.happen(model, Obscured(reason))


def _like_each(it: Interpreter, items: list[Value], node: ast.AST) -> Value:
    """An item that stands for every one of many."""
    numbers = [item for item in items if isinstance(item, int) and not isinstance(item, bool)]
    if len(numbers) < len(items):
        return look_of(items)
    return it.unknown("the turn of a loop", node, kind="int", key=object(), low=min(numbers), high=max(numbers))


def _guarded_turn(it: Interpreter, node: ast.AST, item: Guarded, turn: Callable[[Value], Completion]) -> None:
    """A turn that happens only where its item is in the list."""
    guard = item.guards[0]
    inner: Value = Guarded(item.guards[1:], item.value) if len(item.guards) > 1 else item.value
    with it.journal() as journal:
        with it.guarded(guard.decision, sorted(guard.allowed)):
            if isinstance(inner, Guarded):
                _guarded_turn(it, node, inner, turn)
            else:
                _turn(it, lambda: turn(inner))
        outcome = undo(journal)
    nothing = Outcome({}, {})
    ways = [outcome if way in guard.allowed else nothing for way in range(guard.decision.count)]
    merge(it, guard.decision, [journal], ways)


def _unknown_turns(
    it: Interpreter,
    node: ast.For | ast.AsyncFor | ast.While,
    bounds: tuple[int, int],
    turn: Turn,
    scope: Scope,
) -> Completion:
    """Read a loop for every number of turns from `bounds[0]` to `bounds[1]`."""
    fewest, most = bounds
    decision = Decision(most - fewest + 1, f"the loop in line {getattr(node, 'lineno', 0)}", it.span(node))
    outcomes: list[Outcome | None] = []
    guards, ended = it.guards, False
    with it.journal() as journal:
        for number in range(most + 1):
            if number >= fewest:
                outcomes.append(None if ended else snapshot(journal))
            if number < most and not ended:
                ways = range(max(0, number + 1 - fewest), decision.count)
                with it.guarded(decision, ways):
                    before = it.guards
                    with catching(it, BREAK):
                        completion = _turn(it, turn)
                    it.guards = still_passed(it, before)
                ended = completion.kind in {RETURN, RAISE}
                if number == 0 and bounds == (0, 2):
                    widen(it, journal, it.unknown(f"changed in {decision.text}", node))
                if completion.kind == RETURN and it.frames:
                    it.frames[-1].returned.append(((*it.guards, Guard(decision, frozenset(ways))), completion.value))
        undo(journal)
    it.guards = guards
    merge(it, decision, [journal], outcomes, unknown_after_loop)
    if ended:
        going = frozenset(way for way, outcome in enumerate(outcomes) if outcome is not None)
        note_passed(it, RETURN, Guard(decision, going))
    return it.execute(node.orelse, scope)


def _bounds(items: Unknown | Items) -> tuple[int, int]:
    length = items.length if isinstance(items, Items) else items
    low, high = getattr(length, "low", None), getattr(length, "high", None)
    if low is not None and high is not None and 0 <= low <= high <= 3:
        return low, high
    return 0, 2


def _bounded(it: Interpreter, node: ast.AST, scope: Scope, loop: Callable[[], Completion]) -> Completion:
    """A loop may use a part of the steps that are left; where that is not enough, what it changes is unknown."""
    reserve = max(it.budget.left // 2, it.budget.left - it.budget.limits.loop_steps)
    it.budget.left -= reserve
    guards = it.guards
    with it.journal() as journal, it.watching_models() as changes:
        try:
            completion = loop()
        except OutOfSteps:
            if it.budget.total >= it.budget.limits.total_steps:
                raise
            it.guards = guards
            unread = it.budget.left < 0
            it.budget.left, reserve = reserve, 0
            reason = it.unknown("a loop that is too long to be read", node)
            _make_unknown(it, journal, reason)
            _obscure(it, node, changes)
            if unread:
                left = it.budget.left
                leave_unread(it, node, scope, reason)
                it.budget.left = left
            completion = NORMAL
    it.keep(journal)
    it.budget.left += reserve
    return completion


def _obscure(it: Interpreter, node: ast.AST, changes: Changes) -> None:
    for model, before in list(changes.items()):
        if changed_since(model, before):
            it.happen(model, Obscured(it.unknown("a loop that is too long to be read", node)))
