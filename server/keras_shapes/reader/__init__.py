"""The reader: a bounded, total interpreter of Python source. Text in, models out; nothing is ever executed."""

from __future__ import annotations

import ast
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass

from keras_shapes.model import Model
from keras_shapes.reader import expressions, statements  # noqa: F401 - they fill the interpreter's tables
from keras_shapes.reader.finish import finish, unread_models
from keras_shapes.reader.interpreter import NORMAL, RAISE, Changes, Completion, Interpreter, Seen
from keras_shapes.reader.limits import Budget, Cancelled, Limits, OutOfSteps, never
from keras_shapes.reader.project import Modules, NoProject, Project
from keras_shapes.reader.sources import Source
from keras_shapes.reader.uncalled import read_uncalled
from keras_shapes.reader.unread import leave_unread
from keras_shapes.reader.values import Obscured, changed_since
from keras_shapes.repair import Offsets, Parsed
from keras_shapes.source import Cell, Document, Span

__all__ = ["Cancelled", "Limits", "NoProject", "Project", "Reading", "Seen", "may_hold_models", "read"]

logger = logging.getLogger(__name__)

# one nested expression takes several Python calls, and the depth of expressions is bounded by Limits
sys.setrecursionlimit(max(sys.getrecursionlimit(), 12_000))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says. `models` are in source order; those of one site share their span.

    `names` are the names in the text that stand for data or models. `broken` are statements that do not parse.
    `unread` are the places where subclassed models are made whose `call` could not be read.
    `problem` says why nothing was read, where that is so.
    """

    models: tuple[Model, ...]
    names: tuple[Seen, ...]
    broken: tuple[Span, ...]
    unread: tuple[Span, ...]
    problem: str | None = None


def may_hold_models(text: str) -> bool:
    """Whether there may be a model in a text: one that has none of these words does not use Keras."""
    return any(word in text for word in ("Sequential", "keras", "Model"))


def read(
    document: Document,
    project: Project | None = None,
    limits: Limits | None = None,
    cancelled: Callable[[], bool] = never,
) -> Reading:
    """Read a document. Never fails and ends soon; raises Cancelled when `cancelled()` says so."""
    budget = Budget(limits or Limits(), cancelled)
    project = project or NoProject()
    parsed = project.parse(document, budget.look)
    if not parsed.is_python:
        return Reading((), (), parsed.broken, (), "very much of it does not parse")
    it = Interpreter(Source(document, Offsets(document), parsed.tree), budget, Modules(project))
    _run(it, document, parsed)
    read_uncalled(it)
    names = tuple(it.seen[start] for start in sorted(it.seen))
    models = finish(it)
    return Reading(models, names, parsed.broken, unread_models(it), _problem(it, models))


def _problem(it: Interpreter, models: tuple[Model, ...]) -> str | None:
    """Why a text is as good as not read: reading ended before the first model."""
    found = any(model.kind in ("sequential", "functional") for model in models)
    return None if found or not it.budget.exhausted else "there is more to compute here than is read"


def _run(it: Interpreter, document: Document, parsed: Parsed) -> None:
    stopped_in: Cell | None = None
    for statement in parsed.tree.body:
        it.budget.refill()
        if it.budget.exhausted:
            _give_up(it, statement, dict.fromkeys(it.models, 0), unseen=True)
            break
        if it.expects_error and document.cell(it.source.span(statement).start) is not stopped_in:
            # a cell that raises stops itself; people go on with the next one
            it.expects_error = False
        if _run_statement(it, document, statement).kind == RAISE and not it.expects_error:
            it.expects_error, stopped_in = True, document.cell(it.source.span(statement).start)
        it.guards = ()
    it.expects_error = False


def _run_statement(it: Interpreter, document: Document, statement: ast.stmt) -> Completion:
    with it.watching_models() as changes:
        try:
            return it.execute([statement], it.globals)
        except OutOfSteps:
            pass
        except Cancelled:
            raise
        except RecursionError:
            logger.info("%s line %d is nested too deeply", document.path, statement.lineno)
        except Exception:  # a fault of the reader costs one statement, never the file
            logger.exception("could not read %s line %d", document.path, statement.lineno)
    _give_up(it, statement, changes)
    return NORMAL


def _give_up(it: Interpreter, statement: ast.stmt, changes: Changes, *, unseen: bool = False) -> None:
    """Models that a statement changed which was not read to its end are not known from there on.

    `unseen` says that it may have changed all of them.
    """
    reason = it.unknown("there is more to compute here than is read", statement)
    for model, count in changes.items():
        if unseen or changed_since(model, count):
            it.happen(model, Obscured(reason))
    leave_unread(it, statement, it.globals, reason)
