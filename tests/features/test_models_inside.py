"""Models that custom layers and subclassed models hold get their input from what `call` hands them."""

from __future__ import annotations

import pytest

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document

HEAD = "import tensorflow as tf\nimport keras\nfrom keras import layers, Sequential\n"
BLOCK = """
class Block(layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.first = Sequential([layers.Dense(size)])
        self.norm = layers.LayerNormalization()
        self.last = Sequential([layers.Dense(5)])
    def call(self, x):
        h = self.norm(self.first(x))
        return self.last(h + 1)
"""


@pytest.mark.parametrize(
    ("program", "outputs"),
    [
        (BLOCK + "y = Block(16)(keras.Input((20,)))", [(None, 16), (None, 5)]),
        (
            BLOCK.replace("layers.Layer)", "keras.Model)") + "Block(16)(tf.zeros((3, 20)))",
            [(3, 16), (3, 5)],
        ),
        (
            BLOCK.replace("layers.Layer)", "keras.Model)") + "m = Block(16)\nm.compile('adam', 'mse')\n"
            "m.fit(tf.zeros((30, 20)), tf.zeros((30, 5)))",
            [(None, 16), (None, 5)],
        ),
    ],
    ids=["a layer", "a model that is called", "a model that is trained"],
)
def test_models_inside(program, outputs, keras):
    analysis = analyse(python_document("/model.py", HEAD + program + "\n"), keras)
    chains = [model for model in analysis.models if model.model.kind == "sequential"]
    assert [model.verdict.output_shape for model in chains] == outputs
