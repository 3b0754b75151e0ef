"""Models as graphs: what goes into a layer, and what a model begins and ends with; a `Sequential` is the chain."""

from __future__ import annotations

from collections.abc import Sequence

from keras_shapes.analysis import LayerAnalysis, ModelAnalysis
from keras_shapes.verdict import Built, LayerVerdict, Refused, Shape

Ends = tuple[Shape, ...]


def is_shown(layer: LayerAnalysis) -> bool:
    """Whether a layer has a row of its own: inputs have none, unless they are refused."""
    return not layer.is_skipped and (not layer.is_input or layer.status.kind == "refused")


def rows_of(model: ModelAnalysis) -> list[int]:
    """The indices of the layers that have a row of their own."""
    return [index for index, layer in enumerate(model.layers) if is_shown(layer)]


def inputs_of(model: ModelAnalysis, index: int, rows: Sequence[int]) -> list[int | str]:
    """What goes into a layer, as data: numbers of rows, or names of inputs."""
    return [rows.index(one) if one in rows else _name_of_input(model, one) for one in sources_of(model, index)]


def sources_of(model: ModelAnalysis, index: int) -> tuple[int | None, ...]:
    """The indices of the layers whose outputs go into a layer; None for what no layer of the model gives."""
    if model.model.kind == "sequential":
        return (index - 1 if index else None,)
    verdict = model.layers[index].verdict
    return verdict.inputs if verdict is not None else ()


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


def _known(shape: Shape | None) -> Ends:
    return () if shape is None else (shape,)


def _name_of_input(model: ModelAnalysis, source: int | None) -> str:
    verdict = None if source is None else model.layers[source].verdict
    return (verdict.name if verdict else "") or "input"
