"""Make an array of the list."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.data_edits import numpy_function
from keras_shapes.fixes.edits import wrapped
from keras_shapes.fixes.imports import spelled
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.fixes.padding import is_ragged, padded
from keras_shapes.rules.data_causes import data_clash, is_list
from keras_shapes.rules.training_views import Side


def candidates(case: Case) -> Iterator[Candidate]:
    """`np.array(…)` around each list of the call."""
    trial = data_clash(case.subject, "list")
    sides: tuple[Side | None, ...] = (trial.x, trial.y) if trial is not None else ()
    lists = [side for side in sides if side is not None and is_list(side.value)]
    if not lists or trial is None:
        return
    if any(is_ragged(side.value) for side in lists):
        yield from padded(case, trial)
        return
    texts = any(isinstance(item, str) for side in lists if isinstance(side.value, list) for item in side.value)
    if texts:
        function, imports = spelled(case.text, "tensorflow.constant", trial.call.span.start)
    else:
        function, imports = numpy_function(case, "array", trial.call.span.start)
    edits = tuple(edit for side in lists for edit in wrapped(side.span, f"{function}(", ")"))
    name = lists[0].name
    shown = "tf.constant" if texts else "np.array"
    yield Candidate(f"Use {shown}({name})", (*imports, *edits), safe=True)
