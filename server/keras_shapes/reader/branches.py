"""Branches: a known condition takes its way, an unknown one is read on every way."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from keras_shapes.model import Unknown
from keras_shapes.reader.choices import merge, settled
from keras_shapes.reader.dead_code import execute_dead
from keras_shapes.reader.exits import catcher_of, note_exit, note_passed
from keras_shapes.reader.interpreter import BREAK, CONTINUE, NORMAL, RETURN, Completion
from keras_shapes.reader.operators import truth
from keras_shapes.reader.scopes import Journal, Outcome, undo
from keras_shapes.reader.symbolic import is_asked
from keras_shapes.reader.values import Choice, Decision, Guard, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope

Block = Sequence[ast.stmt]


def execute_if(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    """`if … elif … else`."""
    assert isinstance(node, ast.If)
    from keras_shapes.reader.expressions import condition

    test = settled(it.evaluate(node.test, scope), it.guards)
    if all(type(each) is ast.Pass for each in (*node.body, *node.orelse)):
        return NORMAL
    if isinstance(test, Choice):
        return _on_choice(it, test, node.body, node.orelse, scope)
    decision = condition(it, test, node.test)
    if isinstance(decision, bool):
        taken, left = (node.body, node.orelse) if decision else (node.orelse, node.body)
        execute_dead(it, left, scope)
        return it.execute(taken, scope)
    ways = it.ways(decision)
    if len(ways) == 1:
        return it.execute(node.body if 0 in ways else node.orelse, scope)
    return on_every_way(it, decision, [node.body, node.orelse], scope)


def on_every_way(it: Interpreter, decision: Decision, blocks: Sequence[Block], scope: Scope) -> Completion:
    """Run each block as if `decision` went its way, and put the results together."""
    journals: list[Journal] = []
    outcomes: list[Outcome | None] = []
    completions: list[Completion] = []
    for way, block in enumerate(blocks):
        with it.guarded(decision, [way]), it.journal() as journal:
            completions.append(it.execute(block, scope))
            journals.append(journal)
            if completions[-1].ends:
                note_exit(it, completions[-1].kind)
            outcomes.append(undo(journal))
    going = [way for way, completion in enumerate(completions) if not completion.ends]
    last = None if going else _last(completions)
    live = going if last is None else [last]
    if last is not None:
        _forget_exit(it, completions[last].kind, decision, last)
    merge(it, decision, journals, [outcome if way in live else None for way, outcome in enumerate(outcomes)])
    return _joined(it, decision, completions, last)


def _last(completions: list[Completion]) -> int:
    """The way whose end is that of the whole, where none goes on."""
    kinds = [completion.kind for completion in completions]
    for kind in (RETURN, CONTINUE, BREAK):
        if kind in kinds:
            return len(kinds) - 1 - kinds[::-1].index(kind)
    return 0


def _forget_exit(it: Interpreter, kind: str, decision: Decision, way: int) -> None:
    """The end of the last way is no early one."""
    catcher = catcher_of(it, kind)
    if catcher is None:
        return
    for leaving in reversed(catcher.exits):
        if leaving.guards and leaving.guards[-1] == Guard(decision, frozenset({way})):
            catcher.exits.remove(leaving)
            return


def _joined(it: Interpreter, decision: Decision, completions: list[Completion], last: int | None) -> Completion:
    """How the whole ended: early returns are kept, and what follows is read on the ways that go on."""
    for way, completion in enumerate(completions):
        if completion.kind == RETURN and way != last and it.frames:
            guards = (*it.guards, Guard(decision, frozenset({way})))
            it.frames[-1].returned.append((guards, completion.value))
    if last is not None:
        return completions[last]
    for kind in (RETURN, CONTINUE, BREAK):
        ended = [way for way, completion in enumerate(completions) if completion.kind == kind]
        if ended:
            note_passed(it, kind, Guard(decision, frozenset(ended)).otherwise())
    return NORMAL


def _on_choice(it: Interpreter, test: Choice, body: Block, orelse: Block, scope: Scope) -> Completion:
    """The condition follows from an earlier decision: the same ways are taken again."""
    known = [truth(option) if not isinstance(option, Choice) else None for option in test.options]
    if None in known:
        asked = test if is_asked(test) else None
        decision = Decision(2, test.decision.text, test.decision.span, asked)
        return on_every_way(it, decision, [body, orelse], scope)
    return on_every_way(it, test.decision, [body if holds else orelse for holds in known], scope)


def execute_match(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    """`match`: literal patterns against a known subject; otherwise every case."""
    assert isinstance(node, ast.Match)
    subject = it.evaluate(node.subject, scope)
    for case in node.cases:
        fits = _fits(it, case.pattern, subject, scope) if case.guard is None else None
        if fits:
            return it.execute(case.body, scope)
        if fits is None:
            break
    else:
        return NORMAL
    blocks = [case.body for case in node.cases][: it.budget.limits.variants]
    for case in node.cases:
        _bind_captures(it, case.pattern, scope)
    if len(blocks) == 1:
        blocks.append([])
    return on_every_way(it, Decision(len(blocks), "match", it.span(node)), blocks, scope)


def _fits(it: Interpreter, pattern: ast.pattern, subject: Value, scope: Scope) -> bool | None:
    match pattern:
        case ast.MatchAs(pattern=None, name=name):
            if name is not None:
                it.bind(scope, name, subject)
            return True
        case ast.MatchSingleton(value=value) if not isinstance(subject, (Unknown, Choice)):
            return subject is value
        case ast.MatchValue(value=value) if isinstance(subject, (bool, int, float, str)):
            wanted = it.evaluate(value, scope)
            return wanted == subject if isinstance(wanted, (bool, int, float, str)) else None
        case ast.MatchOr(patterns=patterns):
            results = [_fits(it, one, subject, scope) for one in patterns]
            return True if True in results else None if None in results else False
        case _:
            return None


def _bind_captures(it: Interpreter, pattern: ast.pattern, scope: Scope) -> None:
    for node in ast.walk(pattern):
        name = getattr(node, "name", None)
        if isinstance(name, str):
            it.bind(scope, name, it.unknown(f"{name} is matched from a value that is not known", node, name=name))
