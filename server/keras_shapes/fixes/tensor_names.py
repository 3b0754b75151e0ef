"""Which name holds a tensor at a place of the program."""

from __future__ import annotations

import ast

from keras_shapes.fixes.mending_case import Case
from keras_shapes.source import Span


def target_of(case: Case, span: Span) -> str | None:
    """The name that the statement around an expression assigns."""
    node = case.text.expression(span)
    statement = None if node is None else case.text.statement(node)
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return None
    target = statement.targets[0]
    return target.id if isinstance(target, ast.Name) else None


def tensor_before(case: Case, span: Span) -> str | None:
    """The name of the last tensor that the program makes before a place, in the same function.

    That is the name which the place itself assigns, where it holds a tensor already: `x = Dense(1)` goes on with `x`.
    """
    function = _function(case, span)
    nodes = [node for node in _nodes(case) if node.end <= span.start and _function(case, node) is function]
    names = [name for node in sorted(nodes) if (name := target_of(case, node)) is not None]
    own = target_of(case, span)
    return own if own in names else names[-1] if names else None


def _nodes(case: Case) -> list[Span]:
    subjects = (case.subject, *case.subject.siblings)
    return [node.span for subject in subjects if subject.model.kind != "sequential" for node in subject.model.nodes]


def _function(case: Case, span: Span) -> ast.AST | None:
    node: ast.AST | None = case.text.expression(span)
    while node is not None and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
        node = case.text.parent(node)
    return node
