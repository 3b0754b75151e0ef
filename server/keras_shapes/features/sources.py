"""Where the tensors come from that go into a layer: as Keras says, or as far as the source tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from keras_shapes.analysis import ModelAnalysis
from keras_shapes.expressions import children
from keras_shapes.model import Apply, Expression
from keras_shapes.verdict import LayerVerdict, Shape

Indices = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """One tensor that goes into a layer.

    `index` is that of the layer that gives it, None for what no layer of the model gives. `output` says which of its
    tensors it is, `name` what Keras calls the layer, also one outside.
    """

    index: int | None
    output: int | None = None
    name: str = ""
    shape: Shape | None = None


def sources_of(model: ModelAnalysis, index: int, indices: Indices) -> tuple[Source, ...]:
    """What goes into a layer, in order. `indices` are those of the model's nodes, by the identity of their expressions.

    A layer of which Keras says nothing has the tensors that its arguments name.
    """
    verdict = model.layers[index].verdict
    if model.model.kind == "sequential":
        shape = verdict.input_shape if verdict else None
        return (Source(index - 1 if index else None, 0, shape=shape),)
    if verdict is not None and verdict.inputs:
        return tuple(_told(verdict, place) for place in range(len(verdict.inputs)))
    expression = model.model.nodes[index].expression
    given = [each.value for each in expression.arguments] if isinstance(expression, Apply) else children(expression)
    return tuple(map(Source, nodes_in(model, given, indices)))


def indices_of(model: ModelAnalysis) -> Indices:
    """The index of each node, by the identity of its expression."""
    return {id(node.expression): index for index, node in reversed(list(enumerate(model.model.nodes)))}


def nodes_in(model: ModelAnalysis, parts: Iterable[Expression], indices: Indices) -> list[int]:
    """The nodes that expressions are made of, in order; what is made of these is not looked into."""
    found: dict[int, None] = {}
    waiting, seen = [*parts][::-1], set[int]()
    while waiting:
        part = waiting.pop()
        index = indices.get(id(part))
        if index is not None and not model.layers[index].is_skipped:
            found.setdefault(index)
        elif id(part) not in seen:
            seen.add(id(part))
            waiting += children(part)[::-1]
    return list(found)


def _told(verdict: LayerVerdict, place: int) -> Source:
    name, output = _connection(verdict.connected[place] if place < len(verdict.connected) else "")
    shape = verdict.input_shapes[place] if place < len(verdict.input_shapes) else None
    return Source(verdict.inputs[place], output, name, shape)


def _connection(text: str) -> tuple[str, int | None]:
    """`gru`, 1 of `gru[0][1]`, as `model.summary()` writes it."""
    name, _, rest = text.partition("[")
    number = rest.rpartition("[")[2].rstrip("]")
    return name, int(number) if number.isdecimal() and len(number) < 9 else None
