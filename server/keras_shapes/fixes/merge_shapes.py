"""Make two branches fit: pad or crop, project the shortcut, give a layer another width, join along another axis."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from keras_shapes.fixes.branch_layers import cropped, flattened, padded, projected
from keras_shapes.fixes.branch_sizes import all_steps, other_axis, other_input, other_width, same_padding
from keras_shapes.fixes.edits import wrapped
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.branches import branches
from keras_shapes.rules.merge_shapes import takes_a_list, unequal
from keras_shapes.source import Span
from keras_shapes.verdict import Refused


def candidates(case: Case) -> Iterator[Candidate]:
    """What may have been meant, by what differs: sizes of a map, channels, or the number of axes."""
    refusal = case.subject.refusal
    pair = unequal(branches(case.subject, refusal), refusal) if refusal is not None else None
    if refusal is None or pair is None:
        return
    if takes_a_list(case.subject, refusal):
        yield from _listed(case, refusal)
        return
    ways = (projected, padded, cropped, other_axis, other_width, all_steps, flattened, same_padding, other_input)
    yield from chain.from_iterable(way(case, refusal, *pair) for way in ways)


def _listed(case: Case, refusal: Refused) -> Iterator[Candidate]:
    """`Add()(a, b)` becomes `Add()([a, b])`."""
    spans = [branch.span for branch in branches(case.subject, refusal) if branch.span is not None]
    if spans:
        whole = Span(spans[0].start, spans[-1].end)
        yield Candidate("Pass them as one list", wrapped(whole, "[", "]"))
