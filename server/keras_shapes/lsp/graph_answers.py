"""The graph of a model as data: its inputs, its layers, and what goes into each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lsprotocol import types as lsp
from lsprotocol.converters import get_converter

from keras_shapes.analysis import Analysis, LayerAnalysis, ModelAnalysis
from keras_shapes.features.applications import Shown, applied_at, first_applications, index_of_model
from keras_shapes.features.blocks import blocks_of
from keras_shapes.features.changes import ModelChange
from keras_shapes.features.clashes import clashing
from keras_shapes.features.costs.model_costs import ModelCosts, sum_of
from keras_shapes.features.fitting import fitting_of
from keras_shapes.features.layer_arguments import arguments_text
from keras_shapes.features.layer_kinds import kind_of
from keras_shapes.features.layers import expression_span
from keras_shapes.features.model_graphs import Edge, Input, graph_of
from keras_shapes.features.shapes import itemsize, output_text, shape_text, size_text
from keras_shapes.features.summary import diagnostics_of
from keras_shapes.features.training_words import refusal_at
from keras_shapes.lsp.convert import Places
from keras_shapes.lsp.cost_answers import flops_words, layer_change_data, layer_costs_data
from keras_shapes.source import Span
from keras_shapes.verdict import Shape, UnknownRank, Weight

Json = dict[str, Any]

_converter = get_converter()


def graph_data(
    places: Places,
    analysis: Analysis,
    model: ModelAnalysis,
    shown: Shown,
    costs: ModelCosts,
    change: ModelChange | None,
) -> Json:
    """The fields of a model that say what it is made of; `shown` are all models that are told."""
    graph = graph_of(model)
    layers = [model.layers[index] for index in graph.rows]
    changes = [change.layers.get(index) if change else None for index in graph.rows]
    rows = zip(layers, graph.edges, first_applications(layers), costs.layers, changes, strict=True)
    return {
        "inputs": [_input(places, each) for each in graph.inputs],
        "outputs": list(graph.outputs),
        "blocks": [
            {
                "title": block.title,
                "layers": list(block.rows),
                "flopsText": flops_words(sum_of(costs.layers[row].flops for row in block.rows)),
            }
            for block in blocks_of(analysis.document, model, graph.rows)
        ],
        "layers": [
            {
                **_layer(places, analysis, layer, itemsize(model.model)),
                "applied": applied_at(layer),
                "sameAs": first,
                "nested": index_of_model(layer, shown),
                "inputs": _edges(layer, edges),
                "costs": layer_costs_data(each, costs),
                "change": layer_change_data(changed),
            }
            for layer, edges, first, each, changed in rows
        ],
    }


def training_data(places: Places, analysis: Analysis, model: ModelAnalysis) -> Json | None:
    """What the model meets at its end, or null where the program does not train it."""
    fitting = fitting_of(analysis.document, model)
    if fitting is None:
        return None
    return {
        "loss": fitting.loss,
        "labels": fitting.labels,
        "labelsText": fitting.shape,
        "fits": fitting.fits,
        "reason": refusal_at(analysis, model, fitting.span) if fitting.fits is False else None,
        "location": location_data(places, fitting.span),
    }


def _input(places: Places, given: Input) -> Json:
    return {
        "name": given.name,
        "location": None if given.span is None else location_data(places, given.span),
        "outputShape": shape_data(given.shape),
        "outputText": "?" if given.shape is None else shape_text(given.shape),
    }


def _edges(layer: LayerAnalysis, edges: Sequence[Edge]) -> list[Json]:
    clashes = clashing(layer, edges)
    return [
        {
            "source": edge.source,
            "output": edge.output,
            "text": "?" if edge.shape is None else shape_text(edge.shape),
            "clash": place in clashes,
            "against": shape_text(usual) if (usual := clashes.get(place)) is not None else None,
        }
        for place, edge in enumerate(edges)
    ]


def _layer(places: Places, analysis: Analysis, layer: LayerAnalysis, item_bytes: int) -> Json:
    verdict = layer.verdict
    params = verdict.params if verdict else None
    told = diagnostics_of(analysis, layer) if layer.status.kind == "refused" else ()
    return {
        "className": layer.class_name,
        "kind": kind_of(layer),
        "argumentsText": arguments_text(layer),
        "name": (verdict.name if verdict else "") or None,
        "location": location_data(places, expression_span(layer.element)),
        "status": layer.status.kind,
        "reason": told[0].message if told else layer.status.reason,
        "inputShape": shape_data(verdict.input_shape if verdict else None),
        "outputShape": shape_data(verdict.output_shape if verdict else None),
        "outputText": output_text(verdict),
        "dtype": verdict.dtype if verdict else None,
        "params": params,
        "bytes": params * item_bytes if params is not None else None,
        "weights": [_weight(weight) for weight in verdict.weights] if verdict else [],
    }


def _weight(weight: Weight) -> Json:
    return {"name": weight.name, "shape": shape_text(weight.shape), "trainable": weight.trainable}


def location_data(places: Places, span: Span) -> Any:
    """A place, in the client's positions."""
    return _converter.unstructure(places.location(span), lsp.Location)


def shape_data(shape: Shape | None) -> list[int | str | None] | None:
    """A shape as `check` writes it in JSON: null for None, an integer, or a name; an unknown rank is null."""
    if shape is None or isinstance(shape, UnknownRank):
        return None
    return [size if size is None or isinstance(size, int) else size_text(size) for size in shape]
