"""What was told of a model is told of the same model elsewhere; what speaks of an unknown speaks of that one."""

from __future__ import annotations

from keras_shapes.files import python_document
from keras_shapes.keras_process.recipe import encode_model
from keras_shapes.keras_process.told import MOST_LAYERS, Told
from keras_shapes.reader import read
from keras_shapes.verdict import Built

MODEL = (
    "import keras\nfrom keras import layers\n{above}"
    "model = keras.Sequential([keras.Input((4,)), layers.Dense({units})])\n"
)


def model(units, above=""):
    return read(python_document("a.py", MODEL.format(units=units, above=above))).models[0]


def test_the_same_model_in_another_line_has_the_same_verdict(keras):
    [first] = keras.evaluate([model(11)], timeout=60)
    [again] = keras.known([model(11, above="\n\n")])
    assert isinstance(first, Built)
    assert again.layers is first.layers
    assert keras.known([model(12)]) == [None]


def test_an_unknown_is_that_of_the_text(keras):
    keras.evaluate([model("load()")], timeout=60)
    later = model("load()", above="\n\n")
    [again] = keras.known([later])
    unknown = again.layers[-1].output_shape[-1].unknown
    assert unknown.span == later.nodes[-1].expression.arguments[0].value.span


def test_what_is_kept_is_bounded(keras):
    told, made = Told(), model(11)
    [verdict] = keras.evaluate([made], timeout=60)
    recipe = encode_model(made)
    many = Built(verdict.layers * (MOST_LAYERS // 2), 0, None, None, complete=True)
    told.put(recipe, made, many)
    assert told.get(recipe.key) is many
    other = model(12)
    told.put(encode_model(other), other, many)
    assert told.get(recipe.key) is None
    assert told.get(encode_model(other).key) is many
    told.forget()
    assert told.get(encode_model(other).key) is None
