"""A table with a row for each number."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Array
from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.layers import calls_of
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Argument
from keras_shapes.rules.training_views import trials


def candidates(case: Case) -> Iterator[Candidate]:
    """`vocab_size + 1` where that is the number, else the number."""
    for call in calls_of(case.subject.model):
        size = call.argument("input_dim", 0) if call.target.last == "Embedding" else None
        if size is None or size.value_span.start != case.diagnostic.span.start:
            continue
        rows = _rows(case)
        if rows is not None:
            new = _written(case, size, rows)
            yield Candidate(f"Change Embedding input_dim to {new}", (Edit(size.value_span, new),))
        return


def _written(case: Case, size: Argument, rows: int) -> str:
    written = case.document.slice(size.value_span)
    by_one = isinstance(size.value, int) and size.value + 1 == rows and not written.isdigit()
    return f"{written} + 1" if by_one else str(rows)


def _rows(case: Case) -> int | None:
    """What the vectorizer before it, or the data, can give."""
    for call in calls_of(case.subject.model):
        if call.target.last == "TextVectorization":
            tokens = call.argument("max_tokens", 0)
            return tokens.value if tokens is not None and isinstance(tokens.value, int) else None
    found = [
        array.maximum
        for trial in trials(case.subject)
        if trial.x is not None and isinstance(array := trial.x.array, Array) and array.maximum is not None
    ]
    return int(max(found)) + 1 if found else None
