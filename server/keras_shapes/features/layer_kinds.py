"""What kind of layer one is, as the pages of Keras' documentation divide them: for colours and legends.

Only Keras' own classes are told by their names; a class of the user's is what it is derived from.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias, get_args

from keras_shapes.analysis import LayerAnalysis
from keras_shapes.features.applications import applied_at, made_by
from keras_shapes.keras_names import KERAS_NAMES
from keras_shapes.model import Call, Expression, UserCode

LayerKind: TypeAlias = Literal[
    "input",
    "convolution",
    "pooling",
    "dense",
    "recurrent",
    "attention",
    "embedding",
    "normalization",
    "activation",
    "regularization",
    "merge",
    "shape",
    "preprocessing",
    "model",
    "other",
]

KINDS: tuple[LayerKind, ...] = get_args(LayerKind)
"""All of them, in the order of a legend."""

_WRAPPERS = frozenset({"TimeDistributed", "Bidirectional", "SpectralNormalization", "Wrapper"})
_NAMES: tuple[tuple[LayerKind, re.Pattern[str]], ...] = (
    ("input", re.compile("Input(Layer)?")),
    ("model", re.compile("Model|Sequential|Functional")),
    ("recurrent", re.compile(".*(LSTM|GRU|RNN).*|Bidirectional")),
    (
        "convolution",
        re.compile("(Separable|Depthwise)?Conv([123]D.*|olution.*|Transpose)?|DepthwiseConv|SeparableConv"),
    ),
    ("pooling", re.compile(".*Pool(ing)?([123]D)?")),
    ("attention", re.compile(".*Attention")),
    ("embedding", re.compile(".*Embedding")),
    ("normalization", re.compile(".*Normalization(V[12])?")),
    ("dense", re.compile("(Einsum)?Dense")),
    ("regularization", re.compile(r".*Dropout([123]D)?|GaussianNoise|ActivityRegularization")),
    (
        "activation",
        re.compile(
            "Activation|.*re?lu6?|.*elu|.*softmax|.*sigmoid|.*tanh|soft(plus|sign)|silu|swish|hard_?(silu|swish)|"
            "(soft|hard|tanh|threshold)_?shrink|sparsemax",
            re.IGNORECASE,
        ),
    ),
    (
        "merge",
        re.compile(
            "Add|Average|Concatenate|Dot|Maximum|Minimum|Multiply|Subtract|Stack|Matmul|(True)?Divide", re.IGNORECASE
        ),
    ),
    (
        "shape",
        re.compile(
            r"Flatten|Reshape|Permute|RepeatVector|UpSampling[123]D|ZeroPadding[123]D|Cropping[123]D|GetItem|"
            "ExpandDims|Squeeze|Transpose|Pad|Repeat|Tile|Split|BroadcastTo|Flip|Roll|Moveaxis|Swapaxes|Ravel"
        ),
    ),
    (
        "preprocessing",
        re.compile(
            "Rand(om|A).*|Rescaling|Resizing|CenterCrop|.*Lookup|TextVectorization|Discretization|Hashing|"
            "HashedCrossing|CategoryEncoding|.*Spectrogram|AugMix|CutMix|MixUp|AutoContrast|Solarization|.*Equalization|Pipeline"
        ),
    ),
)


def kind_of(layer: LayerAnalysis) -> LayerKind:
    """The kind of a layer; an operation on a single tensor, such as `x * 2`, merges nothing."""
    if layer.is_input:
        return "input"
    applied = applied_at(layer)
    if applied == "model":
        return "model"
    kind = _of_expression(made_by(layer.element.expression), layer.class_name)
    single = layer.verdict is not None and len(layer.verdict.inputs) < 2
    return "other" if kind == "merge" and applied == "operation" and single else kind


def kind_of_class(name: str) -> LayerKind:
    """The kind of a class of Keras, by its name."""
    return next((kind for kind, names in _NAMES if names.fullmatch(name)), "other")


def _of_expression(expression: Expression, class_name: str) -> LayerKind:
    match expression:
        case Call(target=target, arguments=arguments) if target.last in _WRAPPERS and arguments:
            inner = arguments[0].value
            return _of_expression(inner, "") if isinstance(inner, Call | UserCode) else kind_of_class(target.last)
        case Call(target=target) if target.path.startswith("keras.layers."):
            return kind_of_class(target.last)
        case UserCode(base=base):
            return "other" if base is None else kind_of_class(base.last)
        case Call(target=target) if not target.path.startswith("keras."):
            return "other"
        case Call():
            return kind_of_class(class_name)
        case _:
            known = class_name in KERAS_NAMES["keras.layers"] or class_name in {"GetItem", "Matmul", "TrueDivide"}
            return kind_of_class(class_name) if known else "other"
