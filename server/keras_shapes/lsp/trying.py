"""Values put into a half-typed call, and what Keras gives for each: what it refuses is nothing to offer."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keras_shapes.analysis import look
from keras_shapes.diagnostic import Edit
from keras_shapes.features.call_at import CallAt
from keras_shapes.features.layers import expression_span
from keras_shapes.features.shapes import merged_text
from keras_shapes.features.sizes import Size, is_of_values, sizes_for, sizes_of_values
from keras_shapes.fixes.apply import edited
from keras_shapes.lsp.analysing import Means
from keras_shapes.reader import Reading
from keras_shapes.repair import parses
from keras_shapes.source import Document
from keras_shapes.verdict import Built, Shape

SECONDS = 1.5
"""Somebody waits: what is not tried by then is not offered."""
_EACH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Tried:
    """A size that Keras takes, and in words what comes out with it."""

    size: Size
    output: str


def tried_sizes(document: Document, call: CallAt, parameter: str, reading: Reading | None, means: Means) -> list[Tried]:
    """The sizes for the caret's argument that Keras takes. Waits for it; for a thread."""
    typed = document.slice(call.word)
    if call.quote is not None or call.is_inside or not call.is_alone or (typed and not typed.isdigit()):
        return []
    end = time.monotonic() + SECONDS
    found: list[Tried] = []
    for size in _sizes(document, call, parameter, reading, means):
        if not size.value.startswith(typed):
            continue
        if time.monotonic() > end:
            break
        shapes = _shapes(document, call, size.value, means)
        if shapes:
            found.append(Tried(size, merged_text(shapes)))
    return found


def _sizes(document: Document, call: CallAt, parameter: str, reading: Reading | None, means: Means) -> Sequence[Size]:
    if not is_of_values(parameter):
        return sizes_for(parameter, reading)
    match _shapes(document, call, "(-1,)", means):
        case [(None, int() as count)]:
            return sizes_of_values(count)
    return ()


def _shapes(document: Document, call: CallAt, value: str, means: Means) -> list[Shape]:
    """The shapes that the layer of the call gives with a value; none where a model is refused, or not known."""
    after = with_value(document, call, value)
    if after is None:
        return []
    reading = look(after, means.project, means.bounds)
    shapes: list[Shape] = []
    for model, verdict in zip(reading.models, means.keras.evaluate(reading.models, timeout=_EACH_SECONDS), strict=True):
        places = [number for number, node in enumerate(model.nodes) if expression_span(node).start == call.start]
        if not places:
            continue
        if not isinstance(verdict, Built):
            return []
        known = [verdict.layers[number].output_shape for number in places]
        shapes += [shape for shape in known if shape is not None]
    return list(dict.fromkeys(shapes))


def with_value(document: Document, call: CallAt, value: str) -> Document | None:
    """The document with a value at the caret; a call that is not closed is closed. None where it does not parse."""
    for closing in _closings(call.closing):
        try:
            after = edited(document, [Edit(call.word, value + closing)])
        except ValueError:
            return None
        if parses(after.python):
            return after
    return None


def _closings(brackets: str) -> Iterator[str]:
    """What may be missing behind the value: nothing, or brackets of those that are open, and a comma."""
    for number in range(len(brackets) + 1):
        yield brackets[:number]
        if number:
            yield f"{brackets[:number]},"
