"""What a user sees of mistakes in functional models and in `call`: the mark, its words, the proven fixes in order."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

import pytest

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document
from keras_shapes.fixes.proof import prove

IMPORTS = """\
import keras
import numpy as np
import tensorflow as tf
from keras import Input, Model, layers
"""


@dataclass(frozen=True)
class Seen:
    """A diagnostic as a user meets it: rule, severity, the marked text, and the titles of its fixes."""

    code: str
    severity: str
    marked: str
    fixes: tuple[str, ...] = ()


@pytest.fixture
def seen(keras):
    """The errors and warnings of a program, with their fixes proven."""

    def of(program):
        document = python_document("program.py", IMPORTS + dedent(program))
        found = prove(analyse(document, keras), keras).diagnostics
        return [
            Seen(each.code, each.severity, document.slice(each.span), tuple(fix.title for fix in each.fixes))
            for each in found
            if each.severity != "hint"
        ]

    return of


def test_a_skip_connection_of_a_size_that_poolings_do_not_divide(seen):
    [found] = seen("""
        image = Input((150, 150, 1))
        c1 = layers.Conv2D(4, 3, padding="same")(image)
        c2 = layers.Conv2D(4, 3, padding="same")(layers.MaxPooling2D()(c1))
        c3 = layers.Conv2D(4, 3, padding="same")(layers.MaxPooling2D()(c2))
        low = layers.Conv2D(4, 3, padding="same")(layers.MaxPooling2D()(c3))
        up = layers.UpSampling2D()(low)
        both = layers.concatenate([up, c3])
        model = Model(image, both)
        """)
    assert found == Seen(
        "merge-shapes",
        "error",
        "concatenate",
        (
            "Pad up: ZeroPadding2D(((0, 1), (0, 1)))",
            "Crop c3: Cropping2D(((0, 1), (0, 1)))",
            "Change the input to 152×152, which 8 divides",
            "Change the input to 144×144, which 8 divides",
        ),
    )


def test_a_residual_block_without_a_projection(seen):
    [found] = seen("""
        def block(x, filters, strides):
            y = layers.Conv2D(filters, 3, strides=strides, padding="same")(x)
            return layers.Add()([x, y])

        image = Input((32, 32, 16))
        x = block(image, 16, 1)
        model = Model(image, block(x, 64, 2))
        model.compile("adam", "mse")
        model.fit(np.zeros((8, 32, 32, 16)), np.zeros((8, 16, 16, 64)))
        """)
    assert (found.code, found.marked) == ("merge-shapes", "Add")
    assert found.fixes[0] == "Project x: Conv2D(filters, 1, strides=strides)"


def test_sizes_of_one_are_stretched(seen):
    assert (
        seen("""
        x, mask = Input((5, 5, 64)), Input((5, 5))
        gate = layers.GlobalAveragePooling2D(keepdims=True)(x)
        model = Model([x, mask], layers.Add()([x, gate]) * mask[..., None])
        """)
        == []
    )


def test_the_way_that_keras_decides_is_judged(seen):
    assert (
        seen("""
        def block(x, filters):
            shortcut = x
            if x.shape[-1] != filters:
                shortcut = layers.Conv2D(filters, 1)(shortcut)
            return layers.add([shortcut, layers.Conv2D(filters, 3, padding="same")(x)])

        image = Input((32, 32, 3))
        model = Model(image, block(block(image, 8), 8))
        """)
        == []
    )


def test_a_disconnected_graph(seen):
    assert seen("""
        inp, inp2 = Input((4,)), Input((4,))
        first = Input((4,))
        out = layers.Dense(10)(first)
        model = Model(inp2, out)
        """) == [Seen("disconnected-graph", "error", "inp2", ("Change inp2 to first",))]


@pytest.mark.parametrize(
    ("lines", "marked", "fix"),
    [
        ("x = layers.Dense(10)\nmodel = Model(inp, layers.Dense(2)(x))", "Dense", "Add (inp)"),
        ("h = layers.Dense(3)(inp)\nmodel = Model(inp, layers.Dense(10))", "Dense", "Add (h)"),
    ],
)
def test_a_layer_that_is_not_called(seen, lines, marked, fix):
    found = seen("inp = Input((4,))\n" + lines)
    assert found == [Seen("not-a-tensor", "error", marked, (fix,))]


def test_a_function_of_tensorflow(seen):
    [found] = seen("""
        a, b = Input((4,)), Input((3,))
        model = Model([a, b], tf.concat([a, b], -1))
        """)
    assert (found.code, found.marked) == ("tensorflow-on-keras-tensor", "concat")
    assert found.fixes[0] == "Change tf.concat to keras.ops.concatenate"


def test_outputs_by_other_names(seen):
    assert seen("""
        x = Input((4,))
        model = Model(x, [layers.Dense(3, name="class")(x), layers.Dense(4, name="box")(x)])
        model.compile("adam", loss={"cls": "mse", "box": "mse"})
        model.fit(np.zeros((8, 4)), [np.zeros((8, 3)), np.zeros((8, 4))])
        """) == [Seen("model-outputs", "error", '"cls"', ("Rename cls to class",))]


def test_labels_in_another_order(seen):
    [found] = seen("""
        x = Input((4,))
        model = Model(x, [layers.Dense(3, name="class")(x), layers.Dense(4, name="box")(x)])
        model.compile("adam", loss={"class": "mse", "box": "mse"})
        boxes, classes = np.zeros((8, 4)), np.zeros((8, 3))
        model.fit(np.zeros((8, 4)), [boxes, classes])
        """)
    assert found == Seen("model-outputs", "error", "[boxes, classes]", ("Change the order to classes, boxes",))


def test_inputs_by_other_names_and_in_another_order(seen):
    program = """
        image, meta = Input((8, 8, 1), name="image"), Input((4,), name="meta")
        model = Model([image, meta], layers.concatenate([layers.Flatten()(image), meta]))
        x, m, y = np.zeros((8, 8, 8, 1)), np.zeros((8, 4)), np.zeros((8, 68))
        model.compile("adam", "mse")
        """
    assert seen(dedent(program) + "model.fit({'img': x, 'meta': m}, y)") == [
        Seen("model-inputs", "error", "'img'", ("Rename img to image",))
    ]
    assert seen(dedent(program) + "model.fit([m, x], y)") == [
        Seen("model-inputs", "error", "m", ("Change the order to x, m",))
    ]


def test_an_image_of_one_channel_for_a_model_of_three(seen):
    program = """
        colour = Input((16, 16, 3))
        inner = Model(colour, layers.Conv2D(4, 3)(colour))
        image = Input((16, 16, 1))
        model = Model(image, layers.Flatten()(inner(image)))
        """
    [found] = seen(program)
    assert (found.code, found.marked) == ("incompatible-input", "inner(image)")
    assert found.fixes[:2] == ("Change shape to (16, 16, 3)", "Give image as each of the 3 channels")
    trained = """
        model.compile("adam", "mse")
        model.fit(np.zeros((8, 16, 16, 1)), np.zeros((8, 784)))
        """
    [found] = seen(dedent(program) + dedent(trained))
    assert found.fixes[0] == "Give image as each of the 3 channels"


def test_data_that_lack_an_axis_in_a_subclassed_model(seen):
    assert seen("""
        class Net(Model):
            def __init__(self):
                super().__init__()
                self.convolution = layers.Conv2D(4, 3)
                self.dense = layers.Dense(10, "softmax")

            def call(self, x):
                x = layers.GlobalAveragePooling2D()(self.convolution(x))
                return self.dense(x)

        images, labels = np.zeros((8, 28, 28)), np.arange(8)
        net = Net()
        net.compile("adam", "sparse_categorical_crossentropy")
        net.fit(images, labels)
        net.evaluate(images, labels)
        """) == [Seen("data-rank", "error", "images", ("Expand dims of images: images[..., np.newaxis]",))]


def test_a_subclassed_model_that_lacks_a_layer(seen):
    [found] = seen("""
        class Net(Model):
            def __init__(self):
                super().__init__()
                self.convolution = layers.Conv2D(4, 3)
                self.dense = layers.Dense(10, "softmax")

            def call(self, x):
                x = self.convolution(x)
                return self.dense(x)

        images, labels = np.zeros((8, 28, 28, 1)), np.arange(8)
        net = Net()
        net.compile("adam", "sparse_categorical_crossentropy")
        net.fit(images, labels)
        """)
    assert (found.code, found.marked) == ("map-into-classifier", "self.dense(x)")
    assert found.fixes[0] == "Insert Flatten() before Dense"


def test_features_of_a_base_model(seen):
    [found] = seen("""
        base = keras.applications.MobileNetV2(include_top=False, input_shape=(96, 96, 3), weights=None)
        x = layers.Dense(7, "softmax")(base.output)
        model = Model(base.input, x)
        model.compile("adam", "categorical_crossentropy")
        model.fit(np.zeros((4, 96, 96, 3)), np.zeros((4, 7)))
        """)
    assert (found.code, found.marked) == ("map-into-classifier", "Dense")
    assert "Insert GlobalAveragePooling2D() before Dense" in found.fixes
