"""`keras-shapes/models`: a client's own request for everything that is known of a document's models, as data.

See docs/editors/protocol.md, which describes each field.
"""

from __future__ import annotations

from typing import Any

from keras_shapes.analysis import Analysis, ModelAnalysis, count
from keras_shapes.features.applications import Shown, by_place
from keras_shapes.features.changes import Changes, Earlier, ModelChange
from keras_shapes.features.costs.model_costs import costs_of
from keras_shapes.features.layer_kinds import KINDS
from keras_shapes.features.model_graphs import ends_of
from keras_shapes.features.pictures.colours import COLOURS
from keras_shapes.features.shapes import itemsize
from keras_shapes.features.summary import summary
from keras_shapes.lsp.convert import Places
from keras_shapes.lsp.cost_answers import change_data, costs_data
from keras_shapes.lsp.graph_answers import graph_data, location_data, shape_data, training_data
from keras_shapes.lsp.scheduling import asked_document
from keras_shapes.lsp.server import Server
from keras_shapes.verdict import Built

Json = dict[str, Any]


async def models(ls: Server, params: Any) -> Json | None:
    """What is known of the models of a document; null for one that is not open."""
    document = asked_document(ls, _uri(params))
    if document is None or (result := await document.wait_for_all()) is None:
        return None
    places = ls.places(result.snapshot)
    counts = count(result.analysis.models)
    return {
        "version": next((part.version for part in result.snapshot.parts), None),
        "current": document.current,
        "final": result.final,
        "proved": result.proved,
        "keras": ls.keras.state().phase,
        "counts": {name: getattr(counts, name) for name in ("models", "built", "refused", "unknown")},
        "unread": len(result.analysis.reading.unread),
        "broken": bool(result.analysis.reading.broken),
        "kinds": [{"name": kind, "colour": COLOURS[kind]} for kind in KINDS],
        "models": _models(places, result.analysis, document.compared),
    }


def _uri(params: Any) -> str:
    """The URI of `{"textDocument": {"uri": …}}`, which pygls gives as an object; empty where there is none."""
    uri = getattr(getattr(params, "textDocument", None), "uri", "")
    return uri if isinstance(uri, str) else ""


def _models(places: Places, analysis: Analysis, earlier: Earlier | None) -> list[Json]:
    shown = [model for model in analysis.models if model.model.kind != "open"]
    at = by_place(shown)
    changes = Changes(earlier, analysis)
    return [_model(places, analysis, model, at, changes.of(model)) for model in shown]


def _model(places: Places, analysis: Analysis, model: ModelAnalysis, shown: Shown, change: ModelChange | None) -> Json:
    built = model.verdict if isinstance(model.verdict, Built) else None
    inputs, outputs = ends_of(model)
    costs = costs_of(model)
    return {
        "name": model.model.name,
        "kind": model.model.kind,
        "variant": model.model.variant,
        "location": location_data(places, model.model.span),
        "status": model.status.kind,
        "reason": model.status.reason,
        "inputShapes": [shape_data(shape) for shape in inputs],
        "outputShapes": [shape_data(shape) for shape in outputs],
        "params": built.params if built else None,
        "bytes": built.params * itemsize(model.model) if built and built.params is not None else None,
        "training": training_data(places, analysis, model),
        "summary": "\n".join(summary(analysis, model).lines()),
        "costs": costs_data(costs),
        "change": change_data(change),
        **graph_data(places, analysis, model, shown, costs, change),
    }
