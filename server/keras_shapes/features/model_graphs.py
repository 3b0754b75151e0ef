"""Models as graphs: what goes into a layer, and what a model begins and ends with; a `Sequential` is the chain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from keras_shapes.analysis import LayerAnalysis, ModelAnalysis
from keras_shapes.features.sources import Indices, Source, indices_of, nodes_in, sources_of
from keras_shapes.source import Span
from keras_shapes.verdict import Built, LayerVerdict, Refused, Shape

Ends = tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """What a model begins with: `name` is its own in the model, `span` where it is declared, if it is."""

    name: str
    shape: Shape | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A tensor that goes into a layer: out of a layer, by its row, or of an input, by its name.

    `output` says which of its tensors it is, where that is known.
    """

    source: int | str
    output: int | None
    shape: Shape | None


@dataclass(frozen=True, slots=True)
class Graph:
    """`rows` are indices of the layers that are shown, `edges` what goes into each; `outputs` are rows, or names."""

    rows: tuple[int, ...]
    inputs: tuple[Input, ...]
    edges: tuple[tuple[Edge, ...], ...]
    outputs: tuple[int | str, ...]


def graph_of(model: ModelAnalysis) -> Graph:
    """The graph of a model, in the order of the program."""
    rows, indices = rows_of(model), indices_of(model)
    ends = _Beginnings(model, {index: row for row, index in enumerate(rows)})
    for index in _declared(model, indices):
        ends.at(Source(index))
    edges = tuple(tuple(map(ends.edge, sources_of(model, index, indices))) for index in rows)
    outputs = [ends.at(Source(index)) for index in _outputs(model, rows, indices)]
    return Graph(tuple(rows), tuple(ends.inputs.values()), edges, tuple(dict.fromkeys(outputs)))


def is_shown(layer: LayerAnalysis) -> bool:
    """Whether a layer has a row of its own: inputs have none, unless they are refused."""
    return not layer.is_skipped and (not layer.is_input or layer.status.kind == "refused")


def rows_of(model: ModelAnalysis) -> list[int]:
    """The indices of the layers that have a row of their own."""
    return [index for index, layer in enumerate(model.layers) if is_shown(layer)]


def outputs_of(layer: LayerVerdict) -> Ends:
    """The shapes of all that a layer gives; nothing where they are not known."""
    if layer.output_shape is None:
        return ()
    return layer.output_shapes or (layer.output_shape,)


def ends_of(model: ModelAnalysis) -> tuple[Ends, Ends]:
    """The shapes of what goes into a model and of what comes out, as far as they are known."""
    match model.verdict:
        case Built(input_shapes=inputs, output_shapes=outputs) if inputs or outputs:
            return inputs, outputs
        case Built(input_shape=given, output_shape=gives):
            return _known(given), _known(gives)
        case Refused(model_input_shape=given):
            return _known(given), ()
        case _:
            return (), ()


@dataclass
class _Beginnings:
    """The inputs of a model as they are met: those that are declared, and tensors from elsewhere."""

    model: ModelAnalysis
    rows: dict[int, int]
    inputs: dict[int | str, Input] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def edge(self, source: Source) -> Edge:
        """The edge from where a tensor comes from."""
        return Edge(self.at(source), source.output, source.shape or self._only_shape(source.index))

    def at(self, source: Source) -> int | str:
        """The row or the name of what gives a tensor."""
        row = None if source.index is None else self.rows.get(source.index)
        return self._input(source).name if row is None else row

    def _input(self, source: Source) -> Input:
        key = source.name if source.index is None else source.index
        if key not in self.inputs:
            layer = None if source.index is None else self.model.layers[source.index]
            name = self._free(source.name or (layer.verdict.name if layer and layer.verdict else ""))
            given = self.model.model.input if layer is None and self.model.model.kind == "sequential" else None
            span = layer.element.span if layer else given.span if given else None
            self.inputs[key] = Input(name, source.shape or self._only_shape(source.index), span)
        return self.inputs[key]

    def _free(self, name: str) -> str:
        """The name, with a number where another input has it."""
        name = name or "input"
        number = 2
        free = name
        while free in self.names:
            free, number = f"{name}_{number}", number + 1
        self.names.add(free)
        return free

    def _only_shape(self, index: int | None) -> Shape | None:
        verdict = None if index is None else self.model.layers[index].verdict
        return verdict.output_shape if verdict and not verdict.output_shapes else None


def _declared(model: ModelAnalysis, indices: Indices) -> Iterable[int]:
    """The inputs that the program declares: those of a functional model in the order that it has them in."""
    ordered = nodes_in(model, [model.model.inputs], indices)
    found = [index for index, layer in enumerate(model.layers) if layer.is_input and not is_shown(layer)]
    return [
        index
        for index in dict.fromkeys([*(index for index in ordered if index in found), *found])
        if not model.layers[index].is_skipped
    ]


def _outputs(model: ModelAnalysis, rows: list[int], indices: Indices) -> list[int]:
    if model.model.kind == "sequential":
        return rows[-1:]
    return nodes_in(model, [model.model.outputs], indices)


def _known(shape: Shape | None) -> Ends:
    return () if shape is None else (shape,)
