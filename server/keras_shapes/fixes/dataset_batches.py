"""Batch a dataset once."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import remove_statement
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.data_causes import cause_of, data_clash
from keras_shapes.source import Span

_BATCH_SIZE = 32
"""What `fit` takes for arrays."""


def candidates(case: Case) -> Iterator[Candidate]:
    """`.batch(32)` at the call, or one `.batch(…)` less."""
    trial = data_clash(case.subject, "not batched", "batched twice")
    if trial is None or trial.x is None:
        return
    if cause_of(trial) == "not batched":
        size = trial.call.argument("batch_size", 2)
        written = case.document.slice(size.value_span) if size is not None and size.value is not None else _BATCH_SIZE
        end = trial.x.span.end
        yield Candidate(f"Add .batch({written})", (Edit(Span(end, end), f".batch({written})"),))
        return
    yield from _without(case, trial.call.span.start)


def _without(case: Case, before: int) -> Iterator[Candidate]:
    """The later of the two goes; where it was all that a statement did, the statement."""
    for node in sorted(_batches(case, before), key=lambda each: -case.text.offsets.span(each).end)[:3]:
        assert isinstance(node.func, ast.Attribute)
        whole, kept = case.text.offsets.span(node), case.text.offsets.span(node.func.value)
        statement = case.text.parent(node)
        edit: Edit | None = None
        if isinstance(statement, ast.Assign):
            alone = [case.text.slice(each) for each in statement.targets] == [case.text.slice(node.func.value)]
            edit = remove_statement(case.text, statement) if alone else None
        title = f"Remove {case.document.slice(Span(kept.end, whole.end))}"
        yield Candidate(title, (edit or Edit(Span(kept.end, whole.end), ""),))
        return


def _batches(case: Case, before: int) -> Iterator[ast.Call]:
    for node in ast.walk(case.text.tree):
        is_batch = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "batch"
        if is_batch and isinstance(node, ast.Call) and case.text.offsets.span(node).end <= before:
            yield node
