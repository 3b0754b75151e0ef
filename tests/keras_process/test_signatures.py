"""What a constructor takes, as real Keras says it; and what is made of an answer that nobody would give."""

from __future__ import annotations

import pytest

from keras_shapes.environments import choose_interpreter
from keras_shapes.keras_process import no_keras, start_keras
from keras_shapes.keras_process.signatures import decode_signature
from keras_shapes.model import PRIVATE, PublicName
from keras_shapes.signature import COMPILE

PARAMETER = {
    "name": "units",
    "required": True,
    "default": None,
    "keyword": False,
    "documentation": "",
    "values": ["1", 2, "a\u202eb"],
}


def test_nothing_is_known_before_keras_is_there():
    process = start_keras(choose_interpreter())
    assert process.signature(PublicName("keras.layers.GaussianNoise")) is None
    assert process.state().phase == "cold"
    process.close()
    assert no_keras("none").signature(PublicName("keras.layers.Dense")) is None


def test_a_layer_and_a_method(keras):
    keras.wait()
    dense = keras.signature(PublicName("keras.layers.Dense", "tf.keras"))
    assert dense.documentation == "Just your regular densely-connected NN layer."
    units, activation, *_ = dense.parameters
    assert (units.name, units.required, units.written) == ("units", True, "units")
    assert units.documentation == "Positive integer, dimensionality of the output space."
    assert (activation.written, "'relu'" in activation.values) == ("activation=None", True)
    assert dense.parameter("name").keyword
    assert dense.parameter("no such") is None
    compiled = keras.signature(COMPILE)
    assert "'adam'" in compiled.parameter("optimizer").values
    assert "'mse'" in compiled.parameter("loss").values
    assert not {"'loss'", "'get'"} & set(compiled.parameter("loss").values)


@pytest.mark.parametrize(
    "path",
    ["keras.layers.NoSuch", "keras.utils.get_file", "keras.layers.TFSMLayer", "os.system", "keras.Model.fit", ""],
)
def test_other_names_are_not_described(keras, path):
    keras.wait()
    assert keras.signature(PublicName(path)) is None
    assert keras.signature(PublicName("keras.layers.Dense", PRIVATE)) is None


def test_an_answer_is_checked():
    told = decode_signature({"models": [{"documentation": "a\nb", "parameters": [PARAMETER, {"name": 1}, None]}]})
    [parameter] = told.parameters
    assert (told.documentation, parameter.values) == ("a b", ("1", "ab"))
    strange = {"documentation": "", "parameters": [{**PARAMETER, "name": "a b"}, {**PARAMETER, "default": 1}]}
    assert decode_signature({"models": [strange]}).parameters == ()
    for reply in (None, {}, {"models": []}, {"models": [{"unavailable": "no"}]}, {"models": [{"documentation": 1}]}):
        assert decode_signature(reply) is None
