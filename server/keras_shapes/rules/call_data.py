"""Data that reach the `call` of a class of the user's, where Keras refuses what they are there."""

from __future__ import annotations

from keras_shapes.rules.refusal_facts import input_spec, origin, rank_of, steps_before
from keras_shapes.rules.rule import Subject
from keras_shapes.rules.training_views import Side, text_of


def data_met(subject: Subject) -> Side | None:
    """The data that a layer in `call` gets first and that have too few or too many axes for it."""
    if subject.model.kind != "call" or lacking_axes(subject) == 0:
        return None
    given = (call.argument("x", 0) for call in subject.model.training if call.method != "compile")
    found = next((argument for argument in given if argument is not None), None)
    if found is None:
        return None
    return Side(found.value, found.value_span, text_of(subject.document, found.value_span, "the data"))


def lacking_axes(subject: Subject) -> int:
    """How many axes the input lacks for the layer that refuses it; less than 0 where it has too many."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build" or origin(steps_before(subject, refusal)) is not None:
        return 0
    got, wants = rank_of(refusal.input_shape), input_spec(refusal.input_spec).rank
    return 0 if got is None or wants is None else wants - got
