"""Take the layers from the public Keras."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.mending_case import Candidate, Case

_PRIVATE = "tensorflow.python.keras"


def candidates(case: Case) -> Iterator[Candidate]:
    """All imports from the private copy at once."""
    edits: list[Edit] = []
    for node in ast.walk(case.text.tree):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        span = case.text.offsets.span(node)
        at = case.document.python.find(_PRIVATE, span.start, span.end)
        if at >= 0:
            where = type(span)(at, at + len(_PRIVATE))
            edits.append(Edit(where, "tensorflow.keras"))
    yield Candidate("Import from tensorflow.keras", tuple(edits))
