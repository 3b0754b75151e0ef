"""Give the open size a number: pool it away, or declare what the data say."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.imports import replaced
from keras_shapes.fixes.inputs import data_sizes, input_changed, written_sizes
from keras_shapes.fixes.layers import class_of, written_input
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Call
from keras_shapes.rules.refusal_facts import Step, origin, steps_before


def candidates(case: Case) -> Iterator[Candidate]:
    """A pooling over all of the map takes any size."""
    refusal = case.subject.refusal
    if refusal is None:
        return
    steps = steps_before(case.subject, refusal)
    above = origin(steps)
    if above is not None and class_of(above.element) == "Flatten":
        yield from _pooled(case, above, convolved=any(class_of(step.element) == "Conv1D" for step in steps))
    data, declared = data_sizes(case), written_input(case)
    sizes = written_sizes(case, *declared) if declared is not None else None
    if data is not None and sizes is not None and len(sizes) == len(data):
        new = [number if size == "None" else size for size, number in zip(sizes, data, strict=True)]
        found = input_changed(case, new, rank=0)
        if found is not None:
            yield found


def _pooled(case: Case, above: Step, *, convolved: bool) -> Iterator[Candidate]:
    shape, flatten = above.verdict.input_shape, above.element.expression
    if not isinstance(shape, tuple) or not 3 <= len(shape) <= 5 or not isinstance(flatten, Call):
        return
    kinds = ("Max", "Average") if convolved else ("Average", "Max")
    for rank, kind in enumerate(kinds, start=1):
        layer = f"Global{kind}Pooling{len(shape) - 2}D"
        name, imports = replaced(case.text, flatten, f"keras.layers.{layer}", flatten.span.start)
        edit = Edit(flatten.span, f"{name}()")
        yield Candidate(f"Replace Flatten() with {layer}()", (*imports, edit), rank)
