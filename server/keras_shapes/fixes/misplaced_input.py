"""`Input` goes first, or goes."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.fixes.edits import insert_before, remove_element
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.refusal_facts import declared_input, is_input


def candidates(case: Case) -> Iterator[Candidate]:
    """A second input is left out; a late one becomes the first element."""
    model = case.subject.model
    late = next((each for each in model.nodes[1:] if is_input(each)), None)
    edit = remove_element(case.text, late) if late is not None else None
    if late is None or edit is None:
        return
    if declared_input(model) is not None:
        yield Candidate("Remove the second Input", (edit,))
        return
    first = insert_before(case.text, model.nodes[0], case.document.slice(late.span))
    if first is not None:
        yield Candidate("Move Input to the front", (first, edit))
