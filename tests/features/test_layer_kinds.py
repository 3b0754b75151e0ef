"""The kind of each layer, and its arguments in few words."""

from __future__ import annotations

import pytest

from keras_shapes.features.layer_arguments import arguments_text
from keras_shapes.features.layer_kinds import KINDS, kind_of, kind_of_class
from keras_shapes.keras_names import KERAS_NAMES


def blocks(analysis):
    [model] = analysis.models
    return [(kind_of(layer), arguments_text(layer)) for layer in model.layers]


def test_a_chain(analysed):
    assert blocks(
        analysed("""
        Sequential([
            Input((32, 32, 3)),
            layers.Rescaling(1 / 255),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.BatchNormalization(),
            layers.MaxPooling2D((2, 2)),
            layers.MaxPooling2D(),
            layers.Dropout(0.5),
            layers.Reshape((-1, 16)),
            layers.Bidirectional(layers.LSTM(8, return_sequences=True)),
            layers.GRU(4),
            layers.Dense(1000, "softmax"),
            layers.LeakyReLU(),
        ])
        """)
    ) == [
        ("input", ""),
        ("preprocessing", "× 0.003922"),
        ("convolution", "3×3, stride 2, relu"),
        ("normalization", ""),
        ("pooling", "2×2"),
        ("pooling", "2×2"),
        ("regularization", "rate 0.5"),
        ("shape", "(-1, 16)"),
        ("recurrent", "LSTM 8, return_sequences"),
        ("recurrent", "4"),
        ("dense", "1,000, softmax"),
        ("activation", ""),
    ]


def test_a_graph(analysed):
    analysis = analysed("""
        class Mine(layers.Dense):
            pass
        class Own(layers.Layer):
            def call(self, x):
                return surprise(x)
        a = Input((10,), dtype="int32")
        x = layers.Embedding(10000, 16)(a)
        x = layers.MultiHeadAttention(2, 8)(x, x) + x
        x = layers.concatenate([x * 2, x[:, ::-1]])
        x = Sequential([layers.Dense(4)])(x)
        x = Mine(3)(x)
        x = Own(rate=0.5)(x)
        model = Model(a, x)
    """)
    model = next(each for each in analysis.models if each.model.kind == "functional")
    assert [(kind_of(layer), arguments_text(layer)) for layer in model.layers] == [
        ("input", ""),
        ("embedding", "10,000 → 16"),
        ("attention", "2 heads, key 8"),
        ("merge", ""),
        ("other", ""),
        ("shape", ""),
        ("merge", ""),
        ("model", ""),
        ("dense", "3"),
        ("other", "rate 0.5"),
    ]


def test_filters_are_told_where_the_shape_is_not(analysed):
    assert blocks(analysed("Sequential([layers.Flatten(), layers.Conv2D(8, 3)])"))[1] == ("convolution", "8, 3×3")


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("convolution", "Conv1D Conv2DTranspose SeparableConv2D DepthwiseConv2D Convolution2D"),
        ("pooling", "MaxPooling2D GlobalAveragePooling1D AveragePooling3D GlobalMaxPool2D"),
        ("recurrent", "LSTM GRUCell ConvLSTM2D SimpleRNN RNN Bidirectional"),
        ("activation", "ReLU PReLU ELU LeakyReLU Softmax Activation"),
        ("attention", "Attention AdditiveAttention MultiHeadAttention GroupQueryAttention"),
        ("normalization", "BatchNormalization LayerNormalization RMSNormalization Normalization"),
        ("merge", "Add Concatenate Dot add concatenate"),
        ("shape", "Flatten UpSampling2D ZeroPadding2D Cropping1D Permute"),
        ("other", "Lambda Identity Masking"),
    ],
)
def test_classes_by_their_names(kind, names):
    assert {kind_of_class(name) for name in names.split()} == {kind}


def test_few_layers_of_keras_have_no_kind():
    layers = {name for name in KERAS_NAMES["keras.layers"] if name[0].isupper()}
    assert {kind_of_class(name) for name in layers} == set(KINDS) - {"model"}
    wrappers = {"Wrapper", "TimeDistributed", "Layer", "Lambda", "Identity", "Masking", "InputSpec"}
    foreign = {"TorchModuleWrapper", "JaxLayer", "FlaxLayer", "TFSMLayer", "MaxNumBoundingBoxes"}
    assert {name for name in layers if kind_of_class(name) == "other"} == wrappers | foreign
