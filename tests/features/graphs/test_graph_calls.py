"""The `call` of subclassed models and custom layers, with what they first meet."""

from __future__ import annotations

import pytest
from test_shown_graphs import shown

NET = """
    import numpy as np
    import tensorflow as tf

    class Net(keras.Model):
        def __init__(self, units):
            super().__init__()
            self.flatten = layers.Flatten()
            self.dense = layers.Dense(units)

        def call(self, x, training=False):
            x = self.flatten(x)
            x = tf.nn.relu(x)
            return self.dense(x)

    net = Net(7)
    """
USES = {
    "fit": "net.fit(np.zeros((60, 4, 5)), np.zeros(60))",
    "call": "net(np.zeros((60, 4, 5)))",
    "predict": "net.predict(np.zeros((60, 4, 5)))",
    "build": "net.build((None, 4, 5))",
    "a tensor": "net(Input((4, 5)))",
    "a model around it": "Model(x := Input((4, 5)), net(x))",
}


@pytest.mark.parametrize("use", USES.values(), ids=list(USES))
def test_the_first_use_tells_the_shapes(analysed, use):
    found = shown(analysed(NET.rstrip() + f"\n    {use}\n"))
    shapes = [found["x = self.flatten(x)"], found["x = tf.nn.relu(x)"], found["return self.dense(x)"]]
    assert [shape.replace("60", "None") for shape in shapes] == ["→ (None, 20)", "→ (None, 20)", "→ (None, 7)"]


def test_a_custom_layer_whose_build_and_call_are_read(analysed):
    analysis = analysed("""
        class Linear(layers.Layer):
            def __init__(self, units):
                super().__init__()
                self.units = units

            def build(self, input_shape):
                self.w = self.add_weight(shape=(input_shape[-1], self.units))
                self.b = self.add_weight(shape=(self.units,))

            def call(self, inputs):
                return keras.ops.matmul(inputs, self.w) + self.b

        x = Input((5,))
        y = Linear(7)(x)
        model = Model(x, layers.Dense(2)(y))
        """)
    assert shown(analysis)["y = Linear(7)(x)"] == "→ (None, 7)"
    model = next(model for model in analysis.models if model.model.kind == "functional")
    # its weights are not known, and so is their number
    assert (model.verdict.output_shapes, model.verdict.params) == (((None, 2),), None)


def test_keras_believes_the_shape_that_a_layer_says(analysed):
    found = shown(
        analysed("""
        class Largest(layers.Layer):
            def compute_output_shape(self, input_shape):
                return (input_shape[0], input_shape[1] * 2)

            def call(self, inputs):
                return inputs

        y = Largest()(Input((5, 4)))
        """)
    )
    assert found["y = Largest()(Input((5, 4)))"] == "→ (None, 10)"


def test_models_inside_a_model(analysed):
    analysis = analysed("""
        class Inner(layers.Layer):
            def __init__(self):
                super().__init__()
                self.dense = layers.Dense(4)

            def call(self, x):
                return self.dense(x)

        class Outer(keras.Model):
            def __init__(self):
                super().__init__()
                self.inner = Inner()
                self.out = layers.Dense(1)

            def call(self, x):
                return self.out(self.inner(x))

        Outer()(Input((3,)))
        """)
    assert shown(analysis)["return self.dense(x)"] == "→ (None, 4)"
    assert shown(analysis)["return self.out(self.inner(x))"] == "→ (None, 1)"


def test_what_a_layer_says_of_its_shape_and_cannot_be_read_is_unknown(analysed):
    analysis = analysed("""
        class Told(layers.Layer):
            def compute_output_shape(self, input_shape):
                return tuple(open("shape.txt").read())

            def call(self, inputs):
                return inputs

        y = Told()(Input((5, 4)))
        """)
    assert "y = Told()(Input((5, 4)))" not in {line for line, text in shown(analysis).items() if text != "→ ?"}


def test_without_a_known_use_there_is_what_does_not_depend_on_it(analysed):
    found = shown(
        analysed("""
        import tensorflow as tf

        class Net(keras.Model):
            def __init__(self, classes=10):
                super().__init__()
                self.norm = layers.LayerNormalization()
                self.conv = layers.Conv2D(32, 3)
                self.pool = layers.GlobalAveragePooling2D()
                self.dense = layers.Dense(64)
                self.out = layers.Dense(classes)

            def call(self, inputs, training):
                x = self.norm(inputs)
                x = self.dense(x)
                x = self.conv(x)
                x = tf.nn.relu(x)
                y = self.pool(x, training=training)
                return self.out(y)
        """)
    )
    assert found == {
        "x = self.norm(inputs)": "→ ?",
        "x = self.dense(x)": "→ (…, 64)",
        "x = self.conv(x)": "→ (None, ?, ?, 32)",
        "x = tf.nn.relu(x)": "→ (None, ?, ?, 32)",
        "y = self.pool(x, training=training)": "→ (None, 32)",
        "return self.out(y)": "→ (None, 10)",
    }


def test_several_unknown_tensors(analysed):
    found = shown(
        analysed("""
        class Net(keras.Model):
            def __init__(self, units):
                super().__init__()
                self.left, self.right = layers.Dense(3), layers.Dense(units)
                self.gru = layers.GRU(8, return_state=True)
                self.merge = layers.Concatenate()

            def call(self, inputs):
                a, b = inputs
                a, b = self.left(a), self.right(b)
                y, state = self.gru(a)
                z = self.merge([a, self.left(b)])
                c = a + b
                return self.left(y), c
        """)
    )
    assert found["a, b = self.left(a), self.right(b)"] == "→ (…, units)"
    assert found["y, state = self.gru(a)"] == "→ (None, 8), (None, 8)"
    assert found["z = self.merge([a, self.left(b)])"] == "→ (…, 6)"
    assert found["c = a + b"] == "→ ?"  # of 3 and `units`, nobody knows whether they fit
    assert found["return self.left(y), c"] == "→ (None, 3)"


def test_behind_a_layer_that_did_not_run_and_an_input_of_unknown_shape(analysed):
    found = shown(
        analysed("""
        import tensorflow_hub as hub

        def build(input_shape, url):
            x = Input(input_shape)
            h = layers.Conv2D(8, 3)(x)
            h = hub.KerasLayer(url)(h)
            return Model(x, layers.Dense(10)(h))
        """)
    )
    assert found["h = layers.Conv2D(8, 3)(x)"] == "→ (None, ?, ?, 8)"
    assert found["return Model(x, layers.Dense(10)(h))"] == "→ (…, 10)"


def test_a_chain_that_is_called_on_data(analysed):
    analysis = analysed("""
        import numpy as np

        chain = keras.Sequential([layers.Conv2D(16, 3), layers.GlobalAveragePooling2D(), layers.Dense(10)])
        few = chain(np.zeros((32, 28, 28, 1)))
        many = chain(np.zeros((32, 28, 28, 3)))
        """)
    assert shown(analysis)["few = chain(np.zeros((32, 28, 28, 1)))"] == "→ (32, 10)"
    # the data is marked, and not the call once more
    assert [diagnostic.code for diagnostic in analysis.diagnostics] == ["data-features"]
