"""The table of a model, as `model.summary()` prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from keras_shapes.analysis import Analysis, LayerAnalysis, ModelAnalysis
from keras_shapes.diagnostic import Diagnostic
from keras_shapes.features.costs.cost_words import count_text, field_text, total_lines
from keras_shapes.features.costs.model_costs import LayerCosts, ModelCosts, costs_of, sum_of
from keras_shapes.features.layers import expression_span
from keras_shapes.features.model_graphs import graph_of, is_shown
from keras_shapes.features.shapes import bytes_text, itemsize, output_text, unknown_names
from keras_shapes.status import Kind
from keras_shapes.verdict import Built, LayerVerdict, Refused, Shape

HEADINGS = ("Layer (type)", "Output Shape", "Param #")
CONNECTED = "Connected to"
COSTS = ("FLOPs", "Output Memory", "Receptive Field")
TO_THE_RIGHT = frozenset({HEADINGS[2], *COSTS[:2]})
"""Headings of columns of numbers."""


@dataclass(frozen=True, slots=True)
class Row:
    """One layer: `conv2d (Conv2D)`, `(None, 26, 26, 8)`, `80`; in a graph also `input_layer[0][0]`."""

    layer: str
    output: str
    params: str
    kind: Kind
    connected: str | None = None
    costs: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts of the row, as many as the table has headings."""
        texts = (self.layer, self.output, self.params, *self.costs)
        return texts if self.connected is None else (*texts, self.connected)


@dataclass(frozen=True, slots=True)
class Summary:
    """`name` is the model's; `totals` are the lines under the table; `message` says why there is no more."""

    name: str
    rows: tuple[Row, ...]
    totals: tuple[str, ...]
    message: str | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above the columns: a graph has one more."""
        costs = COSTS if any(row.costs for row in self.rows) else ()
        connected = (CONNECTED,) if any(row.connected is not None for row in self.rows) else ()
        return (*HEADINGS, *costs, *connected)

    def lines(self) -> tuple[str, ...]:
        """The table as plain text, for places that have no table of their own."""
        headings = self.headings
        cells = [headings, *(row.cells for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        ruler = "─" * (sum(widths) + 2 * len(widths) - 2)
        table = ["  ".join(map(_padded, row, widths, headings)).rstrip() for row in cells]
        return (f'Model: "{self.name}"', ruler, table[0], ruler, *table[1:], ruler, *self.totals)


def summary(analysis: Analysis, model: ModelAnalysis, *, costs: bool = False) -> Summary:
    """The summary of a model; of a refused one, up to the refused layer. With `costs`, also what each layer costs."""
    message = None if model.status.kind == "built" else _message(analysis, model)
    priced = _Prices(model, costs_of(model)) if costs else None
    rows = (
        (_row(layer, priced.cells([layer]) if priced else ()) for layer in filter(is_shown, _shown(model)))
        if model.model.kind == "sequential"
        else _rows_of_graph(model, priced)
    )
    totals = [*_totals(model), *(total_lines(priced.costs) if priced else ())]
    return Summary(_name(model), tuple(rows), tuple(totals), message)


class _Prices:
    """The cells of a table that say what layers cost."""

    def __init__(self, model: ModelAnalysis, costs: ModelCosts) -> None:
        self.costs = costs
        rows = zip(graph_of(model).rows, costs.layers, strict=True)
        self._by_layer = {id(model.layers[index]): each for index, each in rows}

    def cells(self, layers: Sequence[LayerAnalysis]) -> tuple[str, ...]:
        """Of a layer, with all its applications; an input costs nothing."""
        told = [self._by_layer[id(layer)] for layer in layers if id(layer) in self._by_layer]
        return _cost_cells(told) if told else ("", "", "")


def _cost_cells(told: Sequence[LayerCosts]) -> tuple[str, ...]:
    flops = sum_of(each.flops for each in told)
    held = sum_of(each.output_bytes for each in told)
    field = next((each.field for each in told if each.field), None)
    return (
        "?" if flops is None else count_text(flops).strip(),
        "?" if held is None else bytes_text(held),
        field_text(field) if field else "",
    )


def _rows_of_graph(model: ModelAnalysis, priced: _Prices | None) -> Iterator[Row]:
    """One row for each layer, however often it is applied; inputs have one too."""
    found: dict[object, list[LayerAnalysis]] = {}
    for layer in model.layers:
        if not layer.is_skipped:
            name = layer.verdict.name if layer.verdict else ""
            found.setdefault(name or id(layer), []).append(layer)
    connected = [_connected(layers) for layers in found.values()]
    for layers, sources in zip(found.values(), connected, strict=True):
        row = _row(layers[0], priced.cells(layers) if priced else ())
        yield row if _is_chain(model, connected) else replace(row, connected=", ".join(sources) or "-")


def _connected(layers: Sequence[LayerAnalysis]) -> tuple[str, ...]:
    return tuple(source for layer in layers if layer.verdict for source in layer.verdict.connected)


def _is_chain(model: ModelAnalysis, connected: Sequence[Sequence[str]]) -> bool:
    """Whether each layer takes what the one before gives: Keras does not say then what they are connected to."""
    sources = [source for each in connected for source in each]
    one_by_one = all(len(each) == 1 for each in connected[1:]) and len(set(sources)) == len(sources)
    return model.status.kind == "built" and model.model.kind == "functional" and one_by_one and not connected[0]


def _padded(text: str, width: int, heading: str) -> str:
    return f"{text:>{width}}" if heading in TO_THE_RIGHT else f"{text:<{width}}"


def diagnostics_of(analysis: Analysis, layer: LayerAnalysis) -> tuple[Diagnostic, ...]:
    """What is reported about a layer, or about a model that is put in there: a mark may sit on the cause elsewhere."""
    own = expression_span(layer.element)
    made = getattr(layer.element.expression, "span", own)
    places = (own, layer.element.span, made)

    def concerns(diagnostic: Diagnostic) -> bool:
        marks = [diagnostic.span]
        if diagnostic.keras_message is not None and diagnostic.keras_message == layer.status.reason:
            marks += [related.span for related in diagnostic.related]
        return any(place.encloses(mark) for place in places for mark in marks)

    return tuple(filter(concerns, analysis.diagnostics))


def _shown(model: ModelAnalysis) -> tuple[LayerAnalysis, ...]:
    if isinstance(model.verdict, Refused) and model.status.kind == "refused":
        return model.layers[: model.verdict.node + 1]
    return model.layers


def _name(model: ModelAnalysis) -> str:
    given = next((each.value for each in model.model.arguments if each.name == "name"), None)
    return given if isinstance(given, str) else model.model.name or model.model.kind


def _row(layer: LayerAnalysis, costs: tuple[str, ...] = ()) -> Row:
    name = layer.verdict.name if layer.verdict else ""
    kind = f"({layer.class_name or '?'})"
    refused = layer.status.kind == "refused"
    output = "error" if refused else output_text(layer.verdict)
    title = f"{name} {kind}" if name else kind
    return Row(title, output, "" if refused else _params(layer.verdict), layer.status.kind, costs=costs)


def _params(layer: LayerVerdict | None) -> str:
    return f"{layer.params:,}" if layer is not None and layer.params is not None else "?"


def _totals(model: ModelAnalysis) -> list[str]:
    verdict = model.verdict
    if not isinstance(verdict, Built) or model.model.incomplete is not None:
        return []
    if verdict.params is None:
        names = unknown_names([weight.shape for layer in verdict.layers for weight in layer.weights])
        return [f"Total params: ? (depends on {', '.join(names)})" if names else "Total params: ?"]
    frozen = _frozen(verdict)
    counts = [("Total", verdict.params)]
    if not model.model.freezes:
        counts += [("Trainable", verdict.params - frozen), ("Non-trainable", frozen)]
    size = itemsize(model.model)
    return [f"{kind} params: {count:,} ({bytes_text(count * size)})" for kind, count in counts]


def _frozen(verdict: Built) -> int:
    weights = [weight for layer in verdict.layers for weight in layer.weights]
    return sum(_numbers(weight.shape) for weight in weights if not weight.trainable)


def _numbers(shape: Shape) -> int:
    product = 1
    for size in shape if isinstance(shape, tuple) else (0,):
        product *= size if isinstance(size, int) else 0
    return product


def _message(analysis: Analysis, model: ModelAnalysis) -> str | None:
    refused = next((layer for layer in model.layers if layer.status.kind == "refused"), None)
    told = diagnostics_of(analysis, refused) if refused else ()
    if told:
        return told[0].message
    said = model.verdict.message if isinstance(model.verdict, Refused) and model.status.kind == "refused" else ""
    return f"Keras: {said}" if said else model.status.reason
