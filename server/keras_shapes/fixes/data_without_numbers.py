"""Lists of different lengths, padded to one length."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.data import Fact
from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.imports import spelled
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.fixes.padding import is_array_of_lists, length_argument, padded
from keras_shapes.rules.data_causes import data_clash
from keras_shapes.rules.training_views import Side, Trial
from keras_shapes.source import Span


def candidates(case: Case) -> Iterator[Candidate]:
    """`np.array(sentences, dtype=object)` becomes `pad_sequences(sentences)`; other lists are padded where they go."""
    trial = data_clash(case.subject, "no numbers")
    side = trial.x if trial is not None else None
    if trial is None or side is None or side.array is None or Fact.RAGGED not in side.array.provenance:
        return
    yield from _where_made(case, trial, side)
    yield from padded(case, trial, rank=1)


def _where_made(case: Case, trial: Trial, side: Side) -> Iterator[Candidate]:
    call = _made(case, side, trial.call.span)
    if call is None:
        return
    lists, start, more = case.text.slice(call.args[0]), case.text.offsets.span(call).start, length_argument(case)
    shown = lists if len(lists) <= 20 else "…"
    function, imports = spelled(case.text, "keras.utils.pad_sequences", start)
    edit = Edit(case.text.offsets.span(call), f"{function}({lists}{more})")
    yield Candidate(f"Pad the sequences: pad_sequences({shown}{more})", (*imports, edit))


def _made(case: Case, side: Side, before: Span) -> ast.Call | None:
    """The call that makes an array of the lists: in the place of the data, or the last one assigned to their name."""
    found = [
        node.value
        for node in ast.walk(case.text.tree)
        if isinstance(node, ast.Assign)
        and [case.text.slice(target) for target in node.targets] == [case.document.slice(side.span)]
        and case.text.offsets.span(node).end <= before.start
    ]
    value = case.text.expression(side.span) if not found else max(found, key=case.text.offsets.span)
    return value if isinstance(value, ast.Call) and is_array_of_lists(case, value) else None
