"""Today's layer or method in the place of one that is gone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.imports import spelled
from keras_shapes.fixes.layers import call_around
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.fixes.renaming import renamed
from keras_shapes.model import TrainingCall
from keras_shapes.reader.dim_ordering import DIM_ORDERING
from keras_shapes.rules.removed_name import data_format
from keras_shapes.source import Span
from keras_shapes.verdict import Built

_LAYERS = {
    "Deconvolution2D": "Conv2DTranspose",
    "Deconvolution3D": "Conv3DTranspose",
    "CuDNNLSTM": "LSTM",
    "CuDNNGRU": "GRU",
    "BatchNormalizationV1": "BatchNormalization",
    "SyncBatchNormalization": "BatchNormalization",
}
_METHODS = {"fit_generator": "fit", "evaluate_generator": "evaluate", "predict_generator": "predict"}


def candidates(case: Case) -> Iterator[Candidate]:
    """A rename where there is one; classes are counted from what `predict` gives."""
    for call in case.subject.model.training:
        if call.name_span == case.diagnostic.span:
            yield from _method(case, call)
            return
    layer = call_around(case.subject.model, case.diagnostic.span)
    new = _LAYERS.get(layer.target.last) if layer is not None else None
    if layer is not None and new is not None:
        yield Candidate(f"Change {layer.target.last} to {new}", renamed(case, layer, new), safe=True)


def _dim_ordering(case: Case, call: TrainingCall) -> Iterator[Candidate]:
    """The same function of the same module under its name of today."""
    today, function = data_format(call), case.text.expression(Span(call.span.start, call.name_span.end))
    if today is None or not isinstance(function, ast.Attribute):
        return
    holder = case.text.slice(function.value).removesuffix(".common")
    given = case.text.quoted(today, call.arguments[0].value_span)
    edit = Edit(call.span, f"{holder}.set_image_data_format({given})")
    yield Candidate(f"Change {call.method} to set_image_data_format", (edit,), safe=True)


def _method(case: Case, call: TrainingCall) -> Iterator[Candidate]:
    if call.method == DIM_ORDERING:
        yield from _dim_ordering(case, call)
        return
    new = {**_METHODS, "predict_proba": "predict"}.get(call.method)
    if new is not None:
        yield Candidate(f"Change {call.method} to {new}", (Edit(call.name_span, new),), safe=True)
        return
    verdict = case.subject.verdict
    output = verdict.output_shape if isinstance(verdict, Built) else None
    if call.method != "predict_classes" or not isinstance(output, tuple):
        return
    renaming, end = Edit(call.name_span, "predict"), Span(call.span.end, call.span.end)
    if output[-1] == 1:
        opening = Edit(Span(call.span.start, call.span.start), "(")
        closing = Edit(end, f" > 0.5).astype({case.text.quoted('int32', call.span)})")
        yield Candidate("Compare predict with 0.5", (opening, renaming, closing))
    else:
        function, imports = spelled(case.text, "numpy.argmax", call.span.start)
        opening = Edit(Span(call.span.start, call.span.start), f"{function}(")
        yield Candidate("Take the argmax of predict", (*imports, opening, renaming, Edit(end, ", axis=-1)")))
