"""The file that a callback writes, in the place of the callback."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Call
from keras_shapes.rules.not_a_path import refused_path


def candidates(case: Case) -> Iterator[Candidate]:
    """The path of a `ModelCheckpoint` as it is written there; one with places for numbers is no file's."""
    _, argument = refused_path(case.subject)
    checkpoint = argument.value if argument is not None else None
    if argument is None or not isinstance(checkpoint, Call) or checkpoint.target.last != "ModelCheckpoint":
        return
    path = checkpoint.argument("filepath", 0)
    if path is None or not isinstance(path.value, str) or "{" in path.value:
        return
    written = case.document.slice(path.value_span)
    yield Candidate(
        f"Change {case.document.slice(argument.value_span)} to {written}", (Edit(argument.value_span, written),)
    )
