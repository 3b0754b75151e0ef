"""Which Keras a program chooses, as its models tell it."""

import pytest

from keras_shapes.files import python_document
from keras_shapes.reader import read

MODEL = "\nfrom tensorflow import keras\nmodel = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])\n"


def settings(program):
    [model] = read(python_document("program.py", program)).models
    return model.settings.backend, model.settings.legacy


@pytest.mark.parametrize(
    ("line", "chosen"),
    [
        ("", (None, None)),
        ("import os\nos.environ['KERAS_BACKEND'] = 'jax'", ("jax", None)),
        ("import os\nos.environ['CUDA_VISIBLE_DEVICES'] = '0'", (None, None)),
        ("from os import environ\nenviron['KERAS_BACKEND'] = 'torch'", ("torch", None)),
        ("import os\nos.environ.setdefault('KERAS_BACKEND', 'torch')", ("torch", None)),
        ("import os\nos.putenv('TF_USE_LEGACY_KERAS', '1')", (None, "1")),
        ("import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'", (None, "1")),
        ("import os\nos.environ.update({'TF_USE_LEGACY_KERAS': 'true', 'KERAS_BACKEND': 'jax'})", ("jax", "true")),
        ("import os\nos.environ.update(KERAS_BACKEND='jax')", ("jax", None)),
        ("import keras\nkeras.config.set_backend('jax')", ("jax", None)),
        # Keras has read it when it was imported
        ("import os\nimport keras\nos.environ['KERAS_BACKEND'] = 'jax'", (None, None)),
        # nobody knows which
        ("import os, sys\nos.environ['KERAS_BACKEND'] = sys.argv[1]", ("?", None)),
        ("import os, sys\nif len(sys.argv) > 1:\n    os.environ['TF_USE_LEGACY_KERAS'] = '1'", (None, "?")),
    ],
)
def test_the_program_chooses(line, chosen):
    assert settings(line + MODEL) == chosen


def test_names_of_tf_keras_are_of_tf_keras():
    program = "import tf_keras as keras\nmodel = keras.Sequential([keras.layers.Dense(3, input_shape=(4,))])\n"
    [model] = read(python_document("program.py", program)).models
    assert model.flavour == "tf_keras"
    assert model.nodes[0].expression.target.flavour == "tf_keras"
