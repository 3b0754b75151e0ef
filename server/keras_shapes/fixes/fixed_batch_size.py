"""One batch size for the model and for the call."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.inputs import written_sizes
from keras_shapes.fixes.layers import written_input
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.data_causes import data_clash
from keras_shapes.source import Span


def candidates(case: Case) -> Iterator[Candidate]:
    """The declared batch follows the written `batch_size`; a call that has none gets that of the model."""
    trial, declared = data_clash(case.subject, "batch size"), written_input(case)
    sizes = written_sizes(case, *declared) if declared is not None else None
    if (
        trial is None
        or declared is None
        or sizes is None
        or declared[1].name not in {"batch_shape", "batch_input_shape"}
    ):
        return
    start = declared[1].value_span.start + 1
    first = Span(start, start + len(sizes[0]))
    given = trial.call.argument("batch_size", 2)
    if case.document.slice(first) == sizes[0] and given is not None and isinstance(given.value, int):
        written = case.document.slice(given.value_span)
        new = ", ".join([written, *sizes[1:]])
        yield Candidate(f"Change {declared[1].name} to ({new})", (Edit(first, written),))
        yield Candidate(f"Change batch_size to {sizes[0]}", (Edit(given.value_span, sizes[0]),), rank=1)
    elif given is None and trial.call.arguments:
        end = trial.call.arguments[-1].span.end
        yield Candidate(f"Add batch_size={sizes[0]}", (Edit(Span(end, end), f", batch_size={sizes[0]}"),))
