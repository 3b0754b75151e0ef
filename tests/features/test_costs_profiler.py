"""Multiply-adds of every kind of layer against `tf.profiler`, or a count by hand where that is wrong."""

from __future__ import annotations

import keras
import pytest
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2_as_graph

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document
from keras_shapes.verdict import Built

PRODUCTS = (
    *("MatMul", "BatchMatMul", "BatchMatMulV2", "Conv2D", "Conv2DBackpropInput", "DepthwiseConv2dNative"),
    *("Conv3D", "Conv3DBackpropInputV2", "Einsum"),
)
"""Operations of TensorFlow that sum products; the profiler counts two for each multiply-add."""

PROFILED = {
    "Dense(5)": (7,),
    "Dense(5, use_bias=False, activation='relu')": (4, 3, 7),
    "EinsumDense('abc,cd->abd', output_shape=(None, 6))": (4, 7),
    "EinsumDense('abc,cde->abde', output_shape=(None, 2, 3), bias_axes='de')": (4, 7),
    "Conv1D(4, 3)": (10, 3),
    "Conv1D(4, 3, padding='causal', dilation_rate=2)": (10, 3),
    "Conv2D(4, 3, strides=2, padding='same')": (9, 10, 3),
    "Conv2D(4, (3, 5), dilation_rate=2)": (12, 12, 3),
    "Conv3D(4, 3)": (6, 7, 8, 3),
    "Conv2DTranspose(4, 3, strides=2, padding='same')": (5, 6, 3),
    "DepthwiseConv1D(3, depth_multiplier=2)": (10, 3),
    "DepthwiseConv2D(3, depth_multiplier=2)": (9, 10, 3),
    "SeparableConv1D(5, 3)": (10, 3),
    "SeparableConv2D(5, 3, strides=2, depth_multiplier=2)": (9, 10, 3),
    "LSTM(4, unroll=True)": (5, 3),
    "LSTM(4, unroll=True, return_sequences=True, go_backwards=True)": (5, 3),
    "GRU(4, unroll=True)": (5, 3),
    "GRU(4, unroll=True, reset_after=False)": (5, 3),
    "SimpleRNN(4, unroll=True)": (5, 3),
    "Bidirectional(layers.LSTM(4, unroll=True))": (5, 3),
    "Bidirectional(layers.GRU(4, unroll=True, return_sequences=True), merge_mode='sum')": (5, 3),
    "ConvLSTM1D(4, 3, unroll=True)": (5, 8, 3),
    "ConvLSTM2D(4, 3, unroll=True, return_sequences=True)": (5, 8, 9, 3),
    "TimeDistributed(layers.Dense(4))": (5, 3),
    "TimeDistributed(layers.Conv2D(4, 3))": (5, 8, 8, 3),
    "SpectralNormalization(layers.Dense(3))": (5,),
    "Attention()": ((5, 4), (6, 4)),
    "Attention(use_scale=True)": ((5, 4), (6, 4), (6, 4)),
    "Dot(axes=1)": ((5,), (5,)),
    "Dot(axes=(2, 1))": ((3, 5), (5, 4)),
    "BatchNormalization()": (5, 3),
    "LayerNormalization()": (5, 3),
    "GroupNormalization(2)": (5, 4),
    "UnitNormalization()": (5, 4),
    "Embedding(9, 4)": (5,),
    "MaxPooling2D()": (8, 8, 3),
    "AveragePooling2D(2)": (8, 8, 3),
    "GlobalAveragePooling2D()": (8, 8, 3),
    "GlobalMaxPooling1D()": (8, 3),
    "UpSampling2D()": (4, 4, 3),
    "ZeroPadding2D()": (4, 4, 3),
    "Cropping2D(1)": (4, 4, 3),
    "Flatten()": (4, 4, 3),
    "Reshape((16, 3))": (4, 4, 3),
    "Permute((2, 1))": (4, 3),
    "RepeatVector(3)": (4,),
    "Softmax()": (8,),
    "PReLU()": (8,),
    "Activation('gelu')": (8,),
    "Dropout(0.5)": (8,),
    "Rescaling(1 / 255)": (4, 4, 3),
    "Add()": ((5, 4), (5, 4)),
    "Multiply()": ((5, 4), (5, 4)),
    "Concatenate()": ((5, 4), (5, 4)),
}
"""Layers, and the shapes of a sample of what they take."""

BY_HAND = {
    # XLA's operation for groups is none that the profiler knows.
    "Conv2D(4, 3, groups=2)": ((9, 10, 4), 7 * 8 * 3 * 3 * 2 * 4),
    # The profiler takes the size of what comes out for that of what goes in, unless the padding is "same".
    "Conv1DTranspose(4, 3, strides=2)": ((10, 3), 10 * 3 * 3 * 4),
    # It has no statistics for the gradient of Conv3D.
    "Conv3DTranspose(4, 3)": ((3, 4, 5, 3), 3 * 4 * 5 * 27 * 3 * 4),
    # It counts `while` loops once, however often they run.
    "LSTM(4)": ((5, 3), 5 * (3 * 16 + 4 * 16)),
    "RNN([layers.LSTMCell(4), layers.GRUCell(3)])": ((5, 3), 5 * (3 * 16 + 4 * 16 + 4 * 9 + 3 * 9)),
    # Scores are sums of products that it counts as single operations.
    "AdditiveAttention()": (((5, 4), (6, 4)), 5 * 6 * 4 + 5 * 6 * 4),
}

CALLED = {
    # The profiler has no statistics for `Einsum`, of which there are two: scores, and sums over the values.
    "MultiHeadAttention(2, 3, value_dim=5)": (((5, 4), (6, 4)), 2 * 5 * 6 * (3 + 5)),
    "MultiHeadAttention(2, 3)": (((5, 4), (5, 4)), 2 * 5 * 5 * (3 + 3)),
    "GroupQueryAttention(3, 4, 2)": (((5, 4), (6, 4)), 4 * 5 * 6 * (3 + 3)),
}
"""Layers that are called with a query and a value, and what is counted by hand of them."""


@pytest.fixture(scope="module")
def counted(keras_process):
    """What is counted of all these layers, out of one program."""
    several = {layer: shapes for layer, shapes in every_case() if isinstance(shapes[0], tuple)}
    single = {layer: shapes for layer, shapes in every_case() if not isinstance(shapes[0], tuple)}
    lines = ["from keras import Input, Model, Sequential, layers"]
    lines += [f"m = Sequential([Input({shape}), layers.{layer}])" for layer, shape in single.items()]
    for layer, shapes in several.items():
        names = [f"x{index}" for index in range(len(shapes))]
        lines += [f"{name} = Input({shape})" for name, shape in zip(names, shapes, strict=True)]
        taken = ", ".join(names)
        lines.append(f"m = Model([{taken}], layers.{layer}({taken if layer in CALLED else f'[{taken}]'}))")
    analysis = analyse(python_document("kinds.py", "\n".join(lines)), keras_process)
    verdicts = [model.verdict for model in analysis.models]
    assert all(isinstance(verdict, Built) for verdict in verdicts)
    return dict(zip([*single, *several], [verdict.layers[-1].costs for verdict in verdicts], strict=True))


@pytest.fixture(scope="module")
def keras_process(keras):
    return keras


def every_case():
    yield from PROFILED.items()
    yield from ((layer, shapes) for layer, (shapes, _) in {**BY_HAND, **CALLED}.items())


@pytest.mark.parametrize("layer", PROFILED)
def test_as_the_profiler_counts(counted, layer):
    assert (counted[layer].multiply_adds, counted[layer].reason) == (profiled(layer, PROFILED[layer]) / 2, None)


@pytest.mark.parametrize("layer", CALLED)
def test_as_the_profiler_and_a_hand_count(counted, layer):
    shapes, by_hand = CALLED[layer]
    assert counted[layer].multiply_adds == profiled(layer, shapes) / 2 + by_hand


@pytest.mark.parametrize("layer", BY_HAND)
def test_as_counted_by_hand(counted, layer):
    shapes, by_hand = BY_HAND[layer]
    assert counted[layer].multiply_adds == by_hand
    assert profiled(layer, shapes) / 2 != by_hand


def test_there_are_more_than_forty_kinds():
    assert len({layer.partition("(")[0] for layer, _ in every_case()}) > 40


def profiled(expression, shapes):
    """What the profiler counts in operations that sum products, when one sample goes through."""
    layer = eval(f"layers.{expression}", {"layers": keras.layers})
    inputs = [keras.Input(shape) for shape in (shapes if isinstance(shapes[0], tuple) else [shapes])]
    taken = inputs if expression in CALLED else [inputs if len(inputs) > 1 else inputs[0]]
    model = keras.Model(inputs, layer(*taken))
    specs = [tf.TensorSpec((1, *tensor.shape[1:]), tensor.dtype) for tensor in inputs]
    function = tf.function(lambda *given: model(list(given), training=False)).get_concrete_function(*specs)
    _, definition = convert_variables_to_constants_v2_as_graph(function)
    options = tf.compat.v1.profiler.ProfileOptionBuilder(tf.compat.v1.profiler.ProfileOptionBuilder.float_operation())
    with tf.Graph().as_default() as graph:
        tf.graph_util.import_graph_def(definition, name="")
        chosen = options.with_accounted_types(PRODUCTS).with_empty_output().build()
        return tf.compat.v1.profiler.profile(graph, cmd="op", options=chosen).total_float_ops
