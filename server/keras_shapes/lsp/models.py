"""`keras-shapes/models`: a client's own request for everything that is known of a document's models, as data.

See docs/editors/protocol.md, which describes each field.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lsprotocol import types as lsp
from lsprotocol.converters import get_converter

from keras_shapes.analysis import Analysis, ModelAnalysis, count
from keras_shapes.features.graphs import ends_of, inputs_of, rows_of
from keras_shapes.features.layers import expression_span
from keras_shapes.features.shapes import itemsize, output_text, shape_text, size_text
from keras_shapes.features.summary import diagnostics_of, summary
from keras_shapes.lsp.convert import Places
from keras_shapes.lsp.server import Server
from keras_shapes.source import Span
from keras_shapes.verdict import Built, Shape, UnknownRank, Weight

Json = dict[str, Any]

_converter = get_converter()


async def models(ls: Server, params: Any) -> Json | None:
    """What is known of the models of a document; null for one that is not open."""
    document = ls.document(_uri(params))
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
        "models": [
            _model(places, result.analysis, model) for model in result.analysis.models if model.model.kind != "open"
        ],
    }


def _uri(params: Any) -> str:
    """The URI of `{"textDocument": {"uri": …}}`, which pygls gives as an object; empty where there is none."""
    uri = getattr(getattr(params, "textDocument", None), "uri", "")
    return uri if isinstance(uri, str) else ""


def _model(places: Places, analysis: Analysis, model: ModelAnalysis) -> Json:
    built = model.verdict if isinstance(model.verdict, Built) else None
    shown = rows_of(model)
    inputs, outputs = ends_of(model)
    return {
        "name": model.model.name,
        "kind": model.model.kind,
        "variant": model.model.variant,
        "location": _location(places, model.model.span),
        "status": model.status.kind,
        "reason": model.status.reason,
        "inputShapes": [_shape(shape) for shape in inputs],
        "outputShapes": [_shape(shape) for shape in outputs],
        "params": built.params if built else None,
        "bytes": built.params * itemsize(model.model) if built and built.params is not None else None,
        "summary": "\n".join(summary(analysis, model).lines()),
        "layers": [_layer(places, analysis, model, index, shown) for index in shown],
    }


def _layer(places: Places, analysis: Analysis, model: ModelAnalysis, index: int, shown: Sequence[int]) -> Json:
    layer, item_bytes = model.layers[index], itemsize(model.model)
    verdict = layer.verdict
    params = verdict.params if verdict else None
    told = diagnostics_of(analysis, layer) if layer.status.kind == "refused" else ()
    return {
        "className": layer.class_name,
        "name": (verdict.name if verdict else "") or None,
        "location": _location(places, expression_span(layer.element)),
        "inputs": inputs_of(model, index, shown),
        "status": layer.status.kind,
        "reason": told[0].message if told else layer.status.reason,
        "inputShape": _shape(verdict.input_shape if verdict else None),
        "outputShape": _shape(verdict.output_shape if verdict else None),
        "outputText": output_text(verdict),
        "dtype": verdict.dtype if verdict else None,
        "params": params,
        "bytes": params * item_bytes if params is not None else None,
        "weights": [_weight(weight) for weight in verdict.weights] if verdict else [],
    }


def _weight(weight: Weight) -> Json:
    return {"name": weight.name, "shape": shape_text(weight.shape), "trainable": weight.trainable}


def _location(places: Places, span: Span) -> Any:
    return _converter.unstructure(places.location(span), lsp.Location)


def _shape(shape: Shape | None) -> list[int | str | None] | None:
    """A shape as `check` writes it in JSON: null for None, an integer, or a name; an unknown rank is null."""
    if shape is None or isinstance(shape, UnknownRank):
        return None
    return [size if size is None or isinstance(size, int) else size_text(size) for size in shape]
