"""A layer or a method of earlier versions of Keras that Keras 3 no longer has."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.keras_names import KERAS_NAMES
from keras_shapes.model import Call, Expression, TrainingCall
from keras_shapes.reader.dim_ordering import DATA_FORMATS, DIM_ORDERING
from keras_shapes.rules.refusal_facts import is_shaped, named
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.verdict import Unavailable

METHODS = {
    "fit_generator": "fit takes generators too",
    "evaluate_generator": "evaluate takes generators too",
    "predict_generator": "predict takes generators too",
    "predict_classes": "take the argmax of predict, or compare it with 0.5",
    "predict_proba": "it is what predict gives",
}

LAYERS = {
    "Deconvolution2D": "it is called Conv2DTranspose",
    "Deconvolution3D": "it is called Conv3DTranspose",
    "AtrousConvolution1D": "it is Conv1D with dilation_rate",
    "AtrousConvolution2D": "it is Conv2D with dilation_rate",
    "CuDNNLSTM": "LSTM uses the same code by itself",
    "CuDNNGRU": "GRU uses the same code by itself",
    "TimeDistributedDense": "it is TimeDistributed(Dense(…))",
    "BatchNormalizationV1": "it is called BatchNormalization",
    "SyncBatchNormalization": "it is BatchNormalization with synchronized=True",
    "ThresholdedReLU": "it is ReLU with threshold",
    "ParametricSoftplus": "there is no such layer any more",
    "MaxoutDense": "there is no such layer any more",
    "Highway": "there is no such layer any more",
    "LocallyConnected1D": "there is no such layer any more",
    "LocallyConnected2D": "there is no such layer any more",
    "Merge": "models with several inputs are written with keras.Model",
    "DenseFeatures": "keras.utils.FeatureSpace does its work",
    "RandomHeight": "there is no such layer any more",
    "RandomWidth": "there is no such layer any more",
}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Each layer of the model that Keras has taken away, and each method called on it; the layers are fine then."""
    if subject.model.flavour == "tensorflow.python.keras":
        return
    for position, element in enumerate(subject.model.nodes):
        name = _removed_layer(element.expression)
        if name is not None and isinstance(element.expression, Call) and _is_missing(subject, position):
            yield RULE.report(element.expression.name_span, f"Keras has no {name} any more: {LAYERS[name]}")
    for call in subject.model.training:
        if call.method in METHODS and not call.expects_error and subject.generation == 3:
            message = f"models have no {call.method} any more: {METHODS[call.method]}"
            yield RULE.report(call.name_span, message, severity="warning")
        if call.method == DIM_ORDERING and not call.expects_error and not isinstance(subject.verdict, Unavailable):
            yield RULE.report(call.name_span, _dim_ordering(call))


def _is_missing(subject: Subject, position: int) -> bool:
    """Whether the Keras that is asked has no such name, as far as it was asked."""
    found = named(subject.verdict, position)
    if found is not None:
        return found.kind == "missing"
    asked = subject.generation == 3 and not isinstance(subject.verdict, Unavailable)
    return asked and not is_shaped(subject.verdict, position)


def data_format(call: TrainingCall) -> str | None:
    """What `set_image_dim_ordering("th")` is called today."""
    value = call.arguments[0].value if call.arguments else None
    return DATA_FORMATS.get(value) if isinstance(value, str) else None


def _dim_ordering(call: TrainingCall) -> str:
    gone, today = f"Keras has no {call.method} any more", data_format(call)
    if today is None:
        return f"{gone}: it is called set_image_data_format"
    axes = "(channels, height, width)" if today == "channels_first" else "(height, width, channels)"
    return f'{gone}: it is set_image_data_format("{today}"), images are {axes} from here on'


def _removed_layer(expression: Expression) -> str | None:
    if not isinstance(expression, Call) or expression.target.flavour == "tensorflow.python.keras":
        return None
    module, _, name = expression.target.path.rpartition(".")
    gone = module == "keras.layers" and name in LAYERS and name not in KERAS_NAMES["keras.layers"]
    return name if gone else None


RULE = Rule("removed-name", check, severity="error", needs="source", since="0.1.0")
