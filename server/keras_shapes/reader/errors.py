"""`try` and `raise`: what is known behind a block that may have stopped anywhere."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from keras_shapes.model import Unknown
from keras_shapes.reader.choices import merge
from keras_shapes.reader.contents import look_of, unknown_length
from keras_shapes.reader.exits import catching
from keras_shapes.reader.forgetting import lose, opened
from keras_shapes.reader.interpreter import NORMAL, RAISE, Completion
from keras_shapes.reader.scopes import MISSING, Journal, Outcome, undo
from keras_shapes.reader.values import Decision

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.scopes import Scope


def execute_try(it: Interpreter, node: ast.stmt, scope: Scope) -> Completion:
    """`try`: the body is read; where it may stop early, what its handlers leave is possible too."""
    assert isinstance(node, ast.Try) or type(node).__name__ == "TryStar"
    handlers: list[ast.ExceptHandler] = node.handlers  # type: ignore[attr-defined]
    completion = may_stop(it, node.body, handlers, scope) if handlers else it.execute(node.body, scope)  # type: ignore[attr-defined]
    if not completion.ends:
        completion = it.execute(node.orelse, scope)  # type: ignore[attr-defined]
    final = it.execute(node.finalbody, scope)  # type: ignore[attr-defined]
    return final if final.ends else completion


def may_stop(it: Interpreter, body: list[ast.stmt], handlers: list[ast.ExceptHandler], scope: Scope) -> Completion:
    """Run a block whose errors are caught: by the handlers, or without a word where there are none."""
    before, it.caught = it.caught, True
    risks = it.risks
    with it.journal() as journal:
        with catching(it, RAISE) as catcher:
            try:
                completion = it.execute(body, scope)
            finally:
                it.caught = before
        stops = it.risks > risks or bool(catcher.exits)
        raised = completion.kind == RAISE
        outcome = undo(journal) if stops and not raised else None
    if raised:
        it.keep(journal)
        return _handled(it, handlers, scope)
    if outcome is None:
        it.keep(journal)
        _bind_missing(it, handlers, scope)
        return completion
    _either(it, journal, outcome, handlers, scope, several=len(body) > 1)
    return completion


def _either(
    it: Interpreter,
    journal: Journal,
    outcome: Outcome,
    handlers: list[ast.ExceptHandler],
    scope: Scope,
    *,
    several: bool,
) -> None:
    """The body ran to its end, or stopped somewhere and one of the handlers ran."""
    decision = Decision(2, "an error", it.span(handlers[0]) if handlers else None)
    before, it.expects_error = it.expects_error, True
    with it.guarded(decision, [1]), it.journal() as stopped:
        if several:
            _half_done(it, journal, outcome)
        ended = bool(handlers) and all(_handler(it, handler, scope).ends for handler in handlers)
        other = undo(stopped)
    it.expects_error = before
    merge(it, decision, [journal, stopped], [outcome, None if ended else other])


def _half_done(it: Interpreter, journal: Journal, outcome: Outcome) -> None:
    """What a body of several statements changes may have been changed when it stopped, or not."""
    reason = Unknown("it depends on an error")
    for name, (container, key, old) in journal.entries.items():
        if old is not MISSING and outcome.entries[name] is not old:
            lose(it, (old, outcome.entries[name]), reason)
            it.set_entry(container, key, reason)
    for number, (items, _) in journal.contents.items():
        it.replace(items, opened(items, unknown_length(reason), look_of([*items, *outcome.contents[number]])))


def _handled(it: Interpreter, handlers: list[ast.ExceptHandler], scope: Scope) -> Completion:
    """The body surely raised: one of the handlers goes on from there."""
    if len(handlers) == 1:
        return _handler(it, handlers[0], scope)
    if not handlers:
        return NORMAL
    from keras_shapes.reader.branches import on_every_way

    decision = Decision(len(handlers), "the kind of an error", it.span(handlers[0]))
    return on_every_way(it, decision, [handler.body for handler in handlers], scope)


def _bind_missing(it: Interpreter, handlers: list[ast.ExceptHandler], scope: Scope) -> None:
    """Nothing that can fail was seen: the handlers give the names that would otherwise stay unbound."""
    for handler in handlers:
        before, it.expects_error = it.expects_error, True
        decision = Decision(2, "an error", it.span(handler))
        with it.guarded(decision, [1]), it.journal() as journal:
            _handler(it, handler, scope)
            outcome = undo(journal)
        it.expects_error = before
        for name, (container, key, old) in journal.entries.items():
            value = outcome.entries[name]
            if old is MISSING and value is not MISSING and isinstance(key, str):
                it.set_entry(container, key, value)


def _handler(it: Interpreter, handler: ast.ExceptHandler, scope: Scope) -> Completion:
    if handler.name is not None:
        it.bind(scope, handler.name, it.unknown("an error", handler))
    return it.execute(handler.body, scope)
