"""Call the layer on the tensor that was there before, or on those that its constructor got."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.edits import insertion
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.fixes.tensor_names import tensor_before
from keras_shapes.model import Call, UserCode
from keras_shapes.rules.not_a_tensor import uncalled


def candidates(case: Case) -> Iterator[Candidate]:
    """`Dense(10)` becomes `Dense(10)(x)`, `Concatenate([a, b])` becomes `Concatenate()([a, b])`."""
    refusal = case.subject.refusal
    found = uncalled(case.subject, refusal) if refusal is not None else None
    if found is None or not isinstance(found.layer, Call | UserCode):
        return
    layer, name = found.layer, case.document.slice(found.layer.name_span)
    if found.has_tensors:
        yield Candidate(f"Call {name}() on them", (insertion(layer.name_span.end, "()"),))
        return
    tensor = tensor_before(case, layer.span)
    if tensor is not None:
        yield Candidate(f"Add ({tensor})", (insertion(layer.span.end, f"({tensor})"),))
