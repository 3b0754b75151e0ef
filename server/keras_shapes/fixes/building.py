"""Whether Keras really made what an edit wrote: a model that is merely not refused proves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from keras_shapes.data import Array, Dataset, Fact, Features
from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.apply import ordered
from keras_shapes.model import Apply, Call, Declared, Item, Node, Operation, Unknown, UserCode
from keras_shapes.rules import Subject
from keras_shapes.source import Span
from keras_shapes.verdict import Built, Refused, TrainingUnknown, Unavailable

_MOST_PARTS = 8
"""Inputs, labels and weights; a longer list holds numbers."""

Making: TypeAlias = Literal["made", "not made", "not known"]


def making(subject: Subject, edits: Sequence[Edit], *, others: bool) -> Making:
    """What became of a model by edits; with `others`, something else in it may still be refused."""
    verdict, written = subject.verdict, list(_written(edits))
    if isinstance(verdict, Unavailable):
        return "not known"
    if isinstance(verdict, Refused):
        refused = [subject.model.nodes[each.node] for each in (verdict, *verdict.others)]
        return "not made" if not others or any(_touched(each, written) for each in refused) else "made"
    found = {
        _of(element, verdict, position)
        for position, element in enumerate(subject.model.nodes)
        if _touched(element, written)
    }
    return "not made" if "not made" in found else "not known" if "not known" in found else "made"


def unknowns(subject: Subject) -> int:
    """How much is not known of a model's training: an edit that only hides something from the reader adds to it."""
    calls = sum(isinstance(each, TrainingUnknown) for each in subject.training)
    given = [argument.value for call in subject.model.training for argument in call.arguments]
    return calls + sum(_unknown_sizes(value) for value in given)


def _unknown_sizes(value: object) -> int:
    match value:
        case Array(shape=None):
            return 1
        case Array(shape=tuple(sizes), provenance=provenance):
            lengths = Fact.RAGGED in provenance  # those of lists in an array are not known
            return lengths + sum(isinstance(size, Unknown) for size in sizes)
        case Dataset(element=element):
            return _unknown_sizes(element)
        case tuple() | list():
            return sum(map(_unknown_sizes, value[:_MOST_PARTS]))
        case Unknown() | Features():
            return 1
    return 0


def _of(element: Node, verdict: Built, position: int) -> Making:
    layer = verdict.layers[position]
    if isinstance(element.expression, Apply | Operation | Item):
        return "made" if layer.made or layer.skipped else "not known"
    if layer.made or not isinstance(element.expression, Call | UserCode | Declared):
        return "made" if layer.made or layer.named is None else "not made"
    return "not known" if layer.named is None else "not made"


def _written(edits: Sequence[Edit]) -> Iterator[Span]:
    """Where the new texts are, in the new text."""
    shift = 0
    for edit in ordered(edits):
        start = edit.span.start + shift
        yield Span(start, start + len(edit.content))
        shift += len(edit.content) - (edit.span.end - edit.span.start)


def _touched(element: Node, written: Sequence[Span]) -> bool:
    span = getattr(element.expression, "span", None)
    places = [element.span, *([span] if isinstance(span, Span) else ())]
    return any(place.start <= each.end and each.start <= place.end for place in places for each in written)
