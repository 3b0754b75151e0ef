"""Leave the batch axis out of the declared shape."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.inputs import input_changed, sizes_of_data, written_sizes
from keras_shapes.fixes.layers import written_input
from keras_shapes.fixes.mending_case import Candidate, Case


def candidates(case: Case) -> Iterator[Candidate]:
    """The shape without its first axis; `X.shape` becomes `X.shape[1:]`."""
    declared = written_input(case)
    if declared is None:
        return
    call, argument = declared
    sizes = written_sizes(case, call, argument)
    if sizes is not None:
        found = input_changed(case, sizes[1:])
        if found is not None:
            yield found
    else:
        yield from sizes_of_data(case)
