"""What a picture of a model shows, whatever it is drawn with: blocks, and the tensors between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from keras_shapes.analysis import Analysis, LayerAnalysis, ModelAnalysis
from keras_shapes.features.applications import applied_model, first_applications
from keras_shapes.features.clashes import clashing
from keras_shapes.features.fitting import Fitting, fitting_of
from keras_shapes.features.layer_arguments import arguments_text
from keras_shapes.features.layer_kinds import LayerKind, kind_of
from keras_shapes.features.model_graphs import Graph, Input, graph_of
from keras_shapes.features.shapes import bytes_text, itemsize, parameters_text, size_text
from keras_shapes.features.summary import summary
from keras_shapes.status import Kind
from keras_shapes.verdict import Built, Shape, UnknownRank

Role: TypeAlias = Literal["input", "layer", "end"]

_NUMBERED = re.compile(r"(input|input_layer|keras_tensor)(_\d+)?")


@dataclass(frozen=True, slots=True)
class Block:
    """An input, a layer, or the end of a model: its output, or the loss. `words` stand under the title.

    `params` is None where it is not known, and for what has none by its nature; `shared` are those of a layer before.
    `thin` says that it has no parameters, `keeps` that what goes in comes out in the same shape.
    """

    role: Role
    kind: LayerKind
    title: str
    words: str = ""
    shape: Shape | None = None
    params: int | None = None
    shared: bool = False
    thin: bool = False
    keeps: bool = False
    status: Kind = "built"

    @property
    def lines(self) -> tuple[str, ...]:
        """All that stands under the title."""
        size = "shared" if self.shared else parameters_text(self.params) if self.params else ""
        return tuple(filter(None, (self.words, size)))

    def is_like(self, other: Block) -> bool:
        """Whether both are convolutions that are written alike."""
        same = (self.title, self.words, self.shared) == (other.title, other.words, other.shared)
        return same and self.kind == other.kind == "convolution"


@dataclass(frozen=True, slots=True)
class Link:
    """A tensor that goes from one block to another, both by their places in the diagram; `text` is its shape.

    `clash`: it does not fit to the others that meet there.
    """

    source: int
    target: int
    text: str
    clash: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """`title` is the model's name, `facts` its size in words; `message` says why something is missing."""

    title: str
    facts: str
    message: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]

    @property
    def kinds(self) -> frozenset[LayerKind]:
        """The kinds of layers that are in it, for a legend."""
        return frozenset(block.kind for block in self.blocks if block.role == "layer")


def diagram_of(analysis: Analysis, model: ModelAnalysis) -> Diagram:
    """The diagram of a model, in the order of the program: inputs, layers, ends."""
    graph = graph_of(model)
    table = summary(analysis, model)
    layers = [model.layers[index] for index in graph.rows]
    inputs = [_input(each) for each in graph.inputs]
    rows = [_layer(layer, first) for layer, first in zip(layers, first_applications(layers), strict=True)]
    fitting = fitting_of(analysis.document, model)
    ends = list(_ends(graph, layers, fitting)) if model.status.kind != "refused" else []
    blocks = (*inputs, *rows, *ends)
    links = dict.fromkeys([*_links(graph, layers), *_to_ends(graph, blocks, len(ends))])
    return Diagram(table.name, _facts(model), table.message or "", blocks, tuple(links))


def size_of(shape: Shape | None) -> str:
    """A shape as papers write it, without a batch axis that may have any size: `26×26×32`."""
    match shape:
        case None:
            return "?"
        case UnknownRank(last=last):
            return f"…×{size_text(last)}"
        case (None,) | ():
            return "1"
        case (None, *sizes) | sizes:
            return "×".join(map(size_text, sizes))


def _input(given: Input) -> Block:
    """Keras numbers inputs that have no name."""
    named = given.name and not _NUMBERED.fullmatch(given.name)
    return Block("input", "input", "Input", given.name if named else "", given.shape)


def _layer(layer: LayerAnalysis, first: int | None) -> Block:
    verdict = layer.verdict
    shape = verdict.output_shape if verdict else None
    params = verdict.params if verdict else None
    title, words = layer.class_name or "?", arguments_text(layer)
    if (inner := applied_model(layer)) is not None and inner.name:
        title, words = inner.name, layer.class_name
    return Block(
        "layer",
        kind_of(layer),
        title,
        words,
        shape,
        params,
        shared=first is not None and bool(params),
        thin=params == 0,
        keeps=verdict is not None and shape is not None and verdict.input_shape == shape,
        status=layer.status.kind,
    )


def _ends(graph: Graph, layers: Sequence[LayerAnalysis], fitting: Fitting | None) -> Iterator[Block]:
    if fitting is not None and fitting.loss is not None:
        yield Block("end", "other", fitting.loss, " ".join(filter(None, (fitting.labels, fitting.shape))))
        return
    for output in graph.outputs:
        verdict = layers[output].verdict if isinstance(output, int) else None
        several = len(graph.outputs) > 1 and verdict is not None and verdict.name
        yield Block("end", "other", "Output", verdict.name if verdict and several else "")


def _links(graph: Graph, layers: Sequence[LayerAnalysis]) -> Iterator[Link]:
    for row, edges in enumerate(graph.edges):
        clashes = clashing(layers[row], edges)
        for place, edge in enumerate(edges):
            target = len(graph.inputs) + row
            yield Link(_place(graph, edge.source), target, size_of(edge.shape), clash=place in clashes)


def _to_ends(graph: Graph, blocks: tuple[Block, ...], ends: int) -> Iterator[Link]:
    """From each output to its end; the loss is the end of all of them."""
    for number, output in enumerate(graph.outputs if ends else ()):
        source = _place(graph, output)
        yield Link(source, len(blocks) - ends + (number if ends > 1 else 0), size_of(blocks[source].shape))


def _place(graph: Graph, source: int | str) -> int:
    """The place of a block, for what gives a tensor: an input by its name, or a layer by its row."""
    if isinstance(source, int):
        return len(graph.inputs) + source
    return next(number for number, each in enumerate(graph.inputs) if each.name == source)


def _facts(model: ModelAnalysis) -> str:
    if not isinstance(model.verdict, Built) or model.verdict.params is None:
        return ""
    params = model.verdict.params
    return f"{parameters_text(params)} · {bytes_text(params * itemsize(model.model))}"
