"""Let the last recurrent layer return its last step only."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.edits import remove_argument, unwrapped
from keras_shapes.fixes.imports import without_import
from keras_shapes.fixes.layers import elements_of, inserted
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Call
from keras_shapes.rules.label_causes import recurrent_with_steps


def candidates(case: Case) -> Iterator[Candidate]:
    """`TimeDistributed` behind it goes too: there are no times left."""
    last = recurrent_with_steps(case.subject)
    layer = last.layer if last is not None else None
    given = layer.argument("return_sequences") if layer is not None else None
    if last is None or layer is None:
        return
    elements = elements_of(case.subject.model)
    after = elements[elements.index(last.element) + 1 :] if last.element in elements else []
    if given is not None:
        edits = [remove_argument(case.text, layer, given)]
        title = "Remove return_sequences=True"
        for element in after:
            outer = element.expression
            inner = outer.argument("layer", 0) if isinstance(outer, Call) else None
            if isinstance(outer, Call) and outer.target.last == "TimeDistributed" and inner is not None:
                edits += unwrapped(outer.span, inner.value_span)
                edits += without_import(case.text, "TimeDistributed", outer.span.start)
                title = "Remove return_sequences=True and TimeDistributed"
        yield Candidate(title, tuple(edits))
    if after and (edits_before := inserted(case, after[0], "GlobalAveragePooling1D")) is not None:
        yield Candidate("Insert GlobalAveragePooling1D()", edits_before, rank=1)
