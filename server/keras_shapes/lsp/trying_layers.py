"""Layers tried behind those of a half-typed chain: what Keras refuses is nothing to offer."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from keras_shapes.analysis import look
from keras_shapes.diagnostic import Edit
from keras_shapes.features.call_at import CallAt
from keras_shapes.features.layers import expression_span
from keras_shapes.features.next_layers import NextLayer, alone, next_layers, with_next
from keras_shapes.features.shapes import shape_text
from keras_shapes.fixes.imports import spelled
from keras_shapes.fixes.text import Text
from keras_shapes.lsp.analysing import Means
from keras_shapes.lsp.trying import SECONDS, with_value
from keras_shapes.model import Model, Node
from keras_shapes.reader import Reading
from keras_shapes.source import Document, Span
from keras_shapes.verdict import Built, LayerVerdict, Shape

_MOST_TYPED = 200
_PLACEHOLDER = "keras_shapes_next_layer_"
_EACH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class TriedLayer:
    """A layer that Keras takes: how the file writes it, the imports that it takes, and what comes out of it."""

    layer: NextLayer
    written: str
    imports: tuple[Edit, ...]
    output: str


def is_place_of_layer(call: CallAt) -> bool:
    """Whether a layer may stand at the caret: in `.add(`, or in the list of a `Sequential`."""
    if call.quote is not None or call.keyword not in (None, "layers", "layer") or call.position:
        return False
    is_list = call.is_inside and call.closing.startswith("])")
    return (call.name.endswith(".add") and not call.is_inside) or (call.name.endswith("Sequential") and is_list)


def word_at(text: str, call: CallAt) -> Span:
    """What is typed of the layer, with the module before it: `layers.Den`."""
    start = call.word.end
    while start > max(call.word.end - _MOST_TYPED, 0) and (text[start - 1].isalnum() or text[start - 1] in "._"):
        start -= 1
    return Span(start, call.word.end)


def tried_layers(document: Document, call: CallAt, means: Means) -> list[TriedLayer]:
    """The layers that may come next, each with its shape. Waits for Keras; for a thread."""
    word = word_at(document.python, call)
    typed = document.slice(word)
    after = with_value(document, replace(call, word=word), _PLACEHOLDER)
    if after is None:
        return []
    reading = look(after, means.project, means.bounds)
    place = _place(reading, word.start)
    if place is None:
        return []
    model, nodes = place
    before = _last(model, nodes, means)
    if before is None or not isinstance(before.output_shape, tuple):
        return []
    text, found = Text(document), []
    for layer, shape in _accepted(model, nodes, before, reading, means):
        name, imports = spelled(text, f"keras.layers.{layer.class_name}", call.start)
        if name.startswith(typed) or layer.class_name.startswith(typed):
            found.append(TriedLayer(layer, _quoted(f"{name}({layer.arguments})", document), imports, shape_text(shape)))
    return found


def _place(reading: Reading, start: int) -> tuple[Model, Sequence[Node]] | None:
    """The model that the placeholder stands in, and the nodes before it."""
    for model in reading.models:
        if model.kind != "sequential" or model.incomplete is not None:
            continue
        for number, node in enumerate(model.nodes):
            if expression_span(node).start == start and number:
                return model, model.nodes[:number]
    return None


def _last(model: Model, nodes: Sequence[Node], means: Means) -> LayerVerdict | None:
    """What Keras says of the layer before the caret."""
    so_far = replace(model, nodes=tuple(nodes), training=())
    [verdict] = means.keras.evaluate([so_far], timeout=_EACH_SECONDS)
    return verdict.layers[-1] if isinstance(verdict, Built) else None


def _accepted(
    model: Model, nodes: Sequence[Node], before: LayerVerdict, reading: Reading, means: Means
) -> Iterator[tuple[NextLayer, Shape]]:
    shape, end = before.output_shape, time.monotonic() + SECONDS
    if (
        isinstance(shape, tuple)
        and shape[:1] == (None,)
        and all(size is None or isinstance(size, int) for size in shape)
    ):
        nodes = alone(model, [size for size in shape if size is None or isinstance(size, int)], before.dtype)
        model = replace(model, input=None, input_unknown=None)
    for layer in next_layers(shape, before.class_name, reading):
        if time.monotonic() > end:
            return
        [verdict] = means.keras.evaluate([with_next(model, nodes, layer)], timeout=_EACH_SECONDS)
        gives = verdict.layers[-1].output_shape if isinstance(verdict, Built) else None
        if gives is not None:
            yield layer, gives


def _quoted(written: str, document: Document) -> str:
    """With the quotes that the file uses more."""
    return written.replace('"', "'") if document.text.count("'") > document.text.count('"') else written
