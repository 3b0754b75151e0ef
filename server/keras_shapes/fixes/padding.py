"""`pad_sequences` around lists of different lengths, where they meet the model."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.data import Array, Fact
from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.imports import spelled
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.training_views import Side, Trial, item_spans
from keras_shapes.source import Span
from keras_shapes.verdict import Built

_MAKERS = frozenset({"array", "asarray"})


def is_ragged(value: object) -> bool:
    """Whether data are lists of numbers of different lengths."""
    if isinstance(value, Array):
        return Fact.RAGGED in value.provenance
    if not isinstance(value, list) or not all(isinstance(item, list | tuple) for item in value):
        return False
    return len({len(item) for item in value}) > 1


def padded(case: Case, trial: Trial, rank: int = 0) -> Iterator[Candidate]:
    """All such data that this model gets, padded to the length that it declares, if it does."""
    if trial.x is None or not is_ragged(trial.x.value):
        return
    function, imports = spelled(case.text, "keras.utils.pad_sequences", trial.call.span.start)
    more = length_argument(case)
    places = {trial.x.span: trial.x, **{side.span: side for side in _ragged(case)}}
    edits = tuple(Edit(span, f"{function}({_lists(case, span)}{more})") for span in places)
    shown = _lists(case, trial.x.span)
    title = f"pad_sequences({shown if len(shown) <= 20 else '…'}{more})"
    yield Candidate(f"Pad the sequences: {title}", (*imports, *edits), rank)


def length_argument(case: Case) -> str:
    """`, maxlen=100` for a model that takes rows of that length."""
    verdict = case.subject.verdict
    taken = verdict.input_shape if isinstance(verdict, Built) else None
    length = taken[1] if isinstance(taken, tuple) and len(taken) > 1 else None
    return f", maxlen={length}" if isinstance(length, int) else ""


def is_array_of_lists(case: Case, node: ast.expr | None) -> bool:
    """Whether an expression is `np.array(…)`."""
    if not isinstance(node, ast.Call) or not node.args:
        return False
    return case.text.slice(node.func).rpartition(".")[2] in _MAKERS


def _lists(case: Case, span: Span) -> str:
    """The text of the lists: `np.array(lists, dtype=object)` only gets in the way."""
    node = case.text.expression(span)
    made = isinstance(node, ast.Call) and is_array_of_lists(case, node)
    return case.text.slice(node.args[0]) if made and isinstance(node, ast.Call) else case.document.slice(span)


def _ragged(case: Case) -> Iterator[Side]:
    """The lists of different lengths in all calls of the model."""
    for call in case.subject.model.training:
        given = call.argument("x", 0)
        if given is not None and is_ragged(given.value):
            yield Side(given.value, given.value_span, case.document.slice(given.value_span))
        validation = call.argument("validation_data")
        if validation is not None and isinstance(validation.value, tuple | list):
            spans = item_spans(case.document, validation.value_span)
            for value, span in list(zip(validation.value, spans, strict=False))[:1]:
                if is_ragged(value):
                    yield Side(value, span, case.document.slice(span))
