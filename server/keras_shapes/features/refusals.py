"""Why a layer was refused, for people who learn: what it got, what it needs, and how it says so itself."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.analysis import LayerAnalysis, ModelAnalysis
from keras_shapes.features.markdown import code
from keras_shapes.features.shapes import shape_text
from keras_shapes.rules.refusal_facts import input_spec
from keras_shapes.rules.wording import axes_of, axes_text
from keras_shapes.verdict import Refused


def shapes_in_question(model: ModelAnalysis, layer: LayerAnalysis) -> Iterator[str]:
    """`needs (batch, steps, features)`, `gets (None, 64)`, and the input spec that asks for it; Markdown."""
    refusal = model.verdict
    if not isinstance(refusal, Refused) or refusal.stage != "build" or refusal.input_shape is None:
        return
    if not 0 <= refusal.node < len(model.layers) or model.layers[refusal.node] is not layer:
        return
    spec = input_spec(refusal.input_spec)
    axes = axes_of(layer.class_name, dict(refusal.config).get("data_format"))
    needs = f"needs {code(axes_text(axes))} · " if axes is not None and spec.rank in (None, len(axes)) else ""
    yield f"{needs}gets {code(shape_text(refusal.input_shape))}"
    if spec.rank is not None or spec.axes:
        yield f"its input spec: {code(refusal.input_spec or '')}"
