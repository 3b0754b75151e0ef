"""Lists of different lengths, padded to one length."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.case import Candidate, Case
from keras_shapes.fixes.imports import spelled
from keras_shapes.rules.data_causes import data_clash


def candidates(case: Case) -> Iterator[Candidate]:
    """`np.array(sentences, dtype=object)` becomes `pad_sequences(sentences)`."""
    trial = data_clash(case.subject, "no numbers")
    array = trial.x.array if trial is not None and trial.x is not None else None
    if array is None or array.span is None or "ragged" not in array.provenance:
        return
    call = case.text.expression(array.span)
    if not isinstance(call, ast.Call) or not call.args:
        return
    lists = case.text.slice(call.args[0])
    function, imports = spelled(case.text, "keras.utils.pad_sequences", array.span.start)
    yield Candidate(f"Pad the sequences: pad_sequences({lists})", (*imports, Edit(array.span, f"{function}({lists})")))
