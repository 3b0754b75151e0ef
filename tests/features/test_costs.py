"""What models cost, against real Keras: bytes of its variables, and how far gradients reach."""

from __future__ import annotations

import keras as real
import numpy as np
import pytest
import tensorflow as tf

from keras_shapes.features.costs.model_costs import costs_of
from keras_shapes.features.hover import hover
from keras_shapes.features.summary import summary

MODELS = {
    "chain": "Sequential([Input((8, 8, 3)), layers.Conv2D(4, 3), layers.BatchNormalization(), layers.Flatten(),"
    " layers.Dropout(0.5), layers.Dense(3)])",
    "half": "Sequential([Input((8,)), layers.Dense(3, dtype='float16'), layers.Dense(2, dtype='bfloat16')])",
    "mixed": "Sequential([Input((8,)), layers.Dense(3, dtype='mixed_float16'), layers.BatchNormalization()])",
    "frozen": "Sequential([Input((8,)), layers.Dense(3, trainable=False), layers.Dense(2)])",
    "inside": "Sequential([Input((32, 32, 3)), keras.applications.MobileNetV2(weights=None, include_top=False,"
    " input_shape=(32, 32, 3)), layers.GlobalMaxPooling2D()])",
}
OPTIMIZERS = (
    *("SGD()", "SGD(momentum=0.9)", "RMSprop()", "RMSprop(momentum=0.9, centered=True)", "Adam()", "AdamW()"),
    *("Adam(amsgrad=True)", "Adam(use_ema=True)", "Adadelta()", "Adagrad()", "Adamax()", "Nadam()", "Ftrl()", "Lion()"),
    *("Lamb()", "SGD(gradient_accumulation_steps=4)"),
)
CONVOLUTIONS = {
    "plain": "layers.Conv2D(1, 3), layers.Conv2D(1, (5, 3), strides=2), layers.ReLU(), layers.Conv2D(1, 3)",
    "dilated": "layers.Conv2D(1, 3, dilation_rate=2), layers.AveragePooling2D(3, strides=2), layers.Conv2D(1, 2)",
    "separable": "layers.SeparableConv2D(2, 3), layers.DepthwiseConv2D(3, strides=2), layers.ZeroPadding2D(),"
    " layers.Conv2D(1, 1)",
}


@pytest.mark.parametrize("source", MODELS.values(), ids=MODELS)
def test_memory_of_weights_is_exact(analysed, source):
    model = made(source)
    costs = costs_of(analysed(f"m = {source}").models[0])
    assert costs.weight_bytes == sum(map(size, model.weights))
    assert costs.gradient_bytes == sum(map(size, model.trainable_weights))
    assert costs.weight_bytes == sum(each.weight_bytes for each in costs.layers)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_memory_of_the_optimizer(analysed, optimizer):
    chain = "Sequential([Input((8,)), layers.Dense(30), layers.Dense(20)])"
    costs = costs_of(analysed(f"m = {chain}\nm.compile(keras.optimizers.{optimizer})").models[0])
    own = eval(f"keras.optimizers.{optimizer}", {"keras": real})
    own.build(made(chain).trainable_variables)
    assert costs.slot_bytes == sum(size(each) for each in own.variables if each.ndim)


@pytest.mark.parametrize("compiled", ["", "m.compile(keras.optimizers.Muon())", "m.compile(make())"])
def test_an_optimizer_that_is_not_known_keeps_nobody_knows_how_much(analysed, compiled):
    costs = costs_of(analysed(f"m = Sequential([Input((8,)), layers.Dense(3)])\n{compiled}").models[0])
    assert (costs.slot_bytes, costs.gradient_bytes) == (None, 108)


@pytest.mark.parametrize("chain", CONVOLUTIONS.values(), ids=CONVOLUTIONS)
def test_a_receptive_field_is_as_far_as_gradients_reach(analysed, chain):
    model = made(f"Sequential([Input((64, 64, 1)), {chain}])")
    model.set_weights([np.ones(weight.shape) for weight in model.weights])
    costs = costs_of(analysed(f"m = Sequential([Input((64, 64, 1)), {chain}])").models[0])
    (high, down), (wide, across) = costs.layers[-1].field
    first, second = (reached(model, place) for place in (8, 9))
    assert (high, wide) == tuple(int(axis.max() - axis.min()) + 1 for axis in first)
    assert (down, across) == tuple(int(b.min() - a.min()) for a, b in zip(first, second, strict=True))


def test_branches_that_meet_see_as_far_as_the_widest(analysed):
    costs = costs_of(
        analysed("""
        x = Input((64, 64, 4))
        wide = layers.Conv2D(4, 7, padding="same")(layers.Conv2D(4, 3, padding="same")(x))
        last = layers.Conv2D(4, 3)(layers.add([x, wide]))
        m = Model(x, layers.Dense(3)(layers.Flatten()(last)))
        """).models[0]
    )
    fields = [each.field for each in costs.layers]
    assert fields == [((3, 1),) * 2, ((9, 1),) * 2, None, ((11, 1),) * 2, None, None]


def test_weights_of_a_layer_that_is_used_twice_count_once_and_its_flops_twice(analysed):
    costs = costs_of(analysed("a = Input((8,)); d = layers.Dense(8)\nm = Model(a, d(d(a)))").models[0])
    assert (costs.weight_bytes, costs.flops) == (72 * 4, 2 * 2 * 64)


@pytest.mark.parametrize(
    ("layer", "reason"),
    [
        ("layers.Lambda(f)", "what Lambda computes is not counted"),
        ("layers.RandomRotation(0.1)", "what RandomRotation computes is not counted"),
        ("layers.UpSampling2D(interpolation='bilinear')", "bilinear interpolation is not counted"),
        ("layers.Conv2D(3, 3)", "a size is not known"),
    ],
)
def test_what_is_not_counted_is_unknown_and_says_why(analysed, layer, reason):
    shape = "(None, None, 3)" if "not known" in reason else "(8, 8, 3)"
    analysis = analysed(f"m = Sequential([Input({shape}), {layer}, layers.ReLU()])")
    costs = costs_of(analysis.models[0])
    if "Lambda" not in layer:
        assert costs.layers[0].reason == reason
    assert costs.flops is None
    assert costs.reason


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("", (32, "assumed")),
        ("m.fit(X, Y, batch_size=8)", (8, "batch_size of fit")),
        ("m.fit(X, Y)", (32, "assumed")),
        ("m.fit(X, Y, batch_size=int(input()))", (32, "assumed")),
        ("m.fit(tf.data.Dataset.from_tensor_slices((X, Y)).batch(20))", (20, "batches of the data of fit")),
        ("m.predict(X, batch_size=5)\nm.fit(X, Y, batch_size=8)", (8, "batch_size of fit")),
    ],
)
def test_the_batch_is_that_of_the_program(analysed, program, expected):
    data = "import numpy as np\nimport tensorflow as tf\nX, Y = np.zeros((100, 8)), np.zeros((100, 3))\n"
    model = "m = Sequential([Input((8,)), layers.Dense(3)])\nm.compile('sgd', 'mse')\n"
    costs = costs_of(analysed(data + model + program).models[0])
    assert (costs.batch.samples, costs.batch.origin) == expected
    assert costs.output_bytes == expected[0] * 3 * 4


def test_a_batch_that_the_input_fixes(analysed):
    costs = costs_of(analysed("m = Sequential([Input(batch_shape=(16, 8)), layers.Dense(3)])").models[0])
    assert (costs.batch.samples, costs.batch.origin, costs.flops) == (16, "of the input", 48)
    assert costs.output_bytes == 16 * 3 * 4


def test_a_hover_says_it_in_one_line(analysed):
    analysis = analysed("m = Sequential([Input((32, 32, 3)), layers.Conv2D(8, 3, strides=2), layers.Flatten()])")
    *_, line = hover(analysis, analysis.document.text.index("Conv2D")).markdown.split("\n\n")
    assert line == (
        r"97\.2 kFLOPs a sample · output 225.00 KB for a batch of 32 (assumed) · receptive field 3×3, stride 2"
    )


def test_the_table_has_columns_for_it(analysed):
    analysis = analysed("m = Sequential([Input((32, 32, 3)), layers.Conv2D(8, 3), layers.Flatten()])")
    table = summary(analysis, analysis.models[0], costs=True)
    assert table.headings[3:] == ("FLOPs", "Output Memory", "Receptive Field")
    assert [row.cells[3:] for row in table.rows] == [
        ("389 k", "900.00 KB", "3×3, stride 1"),
        ("0", "900.00 KB", ""),
    ]
    assert table.totals[3:] == (
        "FLOPs of a sample: 389 kFLOPs",
        "Memory of weights: 896.00 B",
        "Memory of gradients: 896.00 B",
        "Memory of the optimizer (the program compiles with none): ?",
        "Memory of outputs: 1.76 MB for a batch of 32 (assumed)",
    )


def made(source):
    names = {"keras": real, "layers": real.layers, "Sequential": real.Sequential, "Input": real.Input}
    return eval(source, names)


def size(variable):
    return int(np.prod(variable.shape)) * tf.as_dtype(variable.dtype).size


def reached(model, place):
    """The rows and columns of the input that one value of the output depends on."""
    image = tf.Variable(tf.ones((1, 64, 64, 1)))
    with tf.GradientTape() as tape:
        value = model(image)[0, place, place, 0]
    return np.nonzero(np.asarray(tape.gradient(value, image))[0, :, :, 0])
