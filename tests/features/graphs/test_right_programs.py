"""Graphs in which a careless judge would find a mistake of Keras' where there is none: nothing is marked."""

from __future__ import annotations

import pytest

PROGRAMS = {
    "a lookup that learns its words": """
        look = layers.StringLookup(output_mode="one_hot")
        look.adapt(["x", "y"])
        words, numbers = Input((1,), dtype="string"), Input((3,))
        model = Model([words, numbers], layers.Dense(1)(layers.concatenate([look(words), numbers])))
        """,
    "errors that are shown on purpose": """
        import numpy as np
        layer = layers.Dense(4)
        layer(np.ones((2, 3)))
        try:
            layer(np.ones((2, 5)))
            Model(Input((3,)), Input((4,)))
        except ValueError as error:
            print(error)
        """,
    "a model that is called on a list of data": """
        import numpy as np
        layer = layers.Dense(4)
        layer(np.ones((2, 3)))
        x = Input((3,))
        model = Model(x, layer(x))
        print(model([np.ones((2, 3))]).shape)
        """,
    "dictionaries from a generator": """
        import numpy as np
        def batches():
            while True:
                yield {"p": np.random.rand(4, 10), "q": np.random.rand(4, 6)}, np.random.rand(4, 1)

        p, q = Input((10,), name="p"), Input((6,), name="q")
        model = Model({"p": p, "q": q}, layers.Dense(1)(layers.concatenate([p, q])))
        model.compile("adam", "mse")
        model.fit(batches(), steps_per_epoch=2)
        model.predict({"q": np.zeros((3, 6)), "p": np.zeros((3, 10))})
        """,
    "states of a recurrent layer, and a layer that is shared": """
        q, k = Input((None, 16)), Input((None, 16))
        attended = layers.LayerNormalization()(layers.MultiHeadAttention(2, 8)(q, k, k) + q)
        _, h, c = layers.LSTM(16, return_state=True)(k)
        decoded = layers.LSTM(16, return_sequences=True)(attended, initial_state=[h, c])
        shared = layers.Bidirectional(layers.GRU(4))
        both = layers.Dot(axes=1)([shared(q), shared(k)])
        model = Model([q, k], [layers.Dense(5, "softmax")(decoded), both])
        """,
    "a step of one's own": """
        import numpy as np
        import tensorflow as tf
        class Trained(keras.Model):
            def __init__(self, inner):
                super().__init__()
                self.inner = inner

            def call(self, x):
                return self.inner(x)

            def train_step(self, data):
                return {"loss": tf.reduce_mean(self(data) ** 2)}

        x = Input((8,))
        net = Trained(Model(x, layers.Dense(2)(x)))
        net.compile("adam")
        net.fit(np.random.rand(32, 8), np.zeros((32, 9)))
        """,
    "a condition that fails before the model, which is not to blame": """
        x = Input((10, 4))
        y = layers.Dense(4)(x)
        z = y if y.shape[-4] == x.shape[-1] else x
        model = Model(x, [z, y])
        """,
    "a variable of TensorFlow in an operation": """
        import numpy as np
        import tensorflow as tf
        class Line(keras.Model):
            def __init__(self):
                super().__init__()
                self.w = tf.Variable(0.5)

            def call(self, x):
                return self.w * x

        net = Line()
        net.build((None, 1))
        """,
    "lookups that have learnt their words, called on words": """
        one, two = layers.StringLookup(output_mode="one_hot"), layers.TextVectorization(output_mode="tf_idf")
        one.adapt(["x", "y"])
        two.adapt(["x", "y"])
        print(one([["x"], ["z"]]), two(["x y", "z"]))
        """,
    "a slice of a shape in a call": """
        import numpy as np
        import tensorflow as tf
        class Halved(layers.Layer):
            def call(self, inputs):
                shape = tf.shape(inputs)
                return tf.reshape(inputs, tf.concat([shape[:-1], [shape[-1] // 2, 2]], axis=0))

        Halved()(np.zeros((3, 4, 8)))
        """,
    "a weight whose values are set": """
        import tensorflow as tf
        class Masked(keras.Model):
            def __init__(self):
                super().__init__()
                self.mask = self.add_weight(shape=(4, 4), initializer="ones")
                self.mask.assign(tf.linalg.LinearOperatorLowerTriangular(self.mask).to_dense())

        Masked()
        """,
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_nothing_is_marked(analysed, program):
    assert analysed(program).diagnostics == ()
