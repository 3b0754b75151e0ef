"""`keras.Input(shape=…)` in the place of the `input_shape=…` of a first layer."""

from __future__ import annotations

from keras_shapes.diagnostic import Diagnostic, Fix
from keras_shapes.fixes.edits import remove_argument
from keras_shapes.fixes.inputs import tuple_text
from keras_shapes.fixes.layers import input_inserted, written_input
from keras_shapes.fixes.mending_case import Case
from keras_shapes.fixes.text import Text
from keras_shapes.rules import Subject
from keras_shapes.rules.refusal_facts import is_input


def input_in_place(subject: Subject, text: Text) -> Fix | None:
    """The edits, where the first layer of a model has the argument."""
    case = Case(Diagnostic("", "hint", "", subject.model.span), subject, text)
    declared = written_input(case)
    if declared is None or is_input(subject.model.nodes[0]) or declared[0] is not subject.model.nodes[0].expression:
        return None
    call, argument = declared
    written = case.document.slice(argument.value_span)
    shape = tuple_text([written]) if argument.name == "input_dim" else written
    inserted = input_inserted(case, f"shape={shape}")
    if inserted is None or argument.name not in {"input_shape", "input_dim"}:
        return None
    edits = (*inserted, remove_argument(text, call, argument))
    return Fix(f"Replace {argument.name} with keras.Input(shape={shape})", edits)
