"""Answers about training calls are of an unknown author: what no worker of ours would say becomes unknown."""

from __future__ import annotations

import pytest
from training_programs import program

from keras_shapes.files import python_document
from keras_shapes.keras_process.training_recipe import decode_training, encode_training, training_request
from keras_shapes.reader import read
from keras_shapes.verdict import DataAccepted, TrainingUnknown

ACCEPTED = {"outcome": "accepted", "x": [None, 4], "loss": None, "declared": True, "batch": [32]}


@pytest.fixture(scope="module")
def model():
    source = program("Input((4,)), L.Dense(3)", "predict(np.zeros((8, 4)))")
    return read(python_document("program.py", source)).models[0]


def decoded(reply, model):
    return decode_training(reply, encode_training(model), model)


def test_an_answer_of_ours_is_understood(model):
    [verdict] = decoded({"models": [[ACCEPTED]]}, model)
    assert isinstance(verdict, DataAccepted)
    assert verdict.meeting.x == (None, 4)
    assert verdict.meeting.batch_sizes == (32,)


@pytest.mark.parametrize(
    "reply",
    [
        {},
        {"models": []},
        {"models": [[]]},
        {"models": [[ACCEPTED, ACCEPTED]]},
        {"models": [["accepted"]]},
        {"models": [[{"outcome": "perfect"}]]},
        {"models": [[{"outcome": "refused", "what": "everything"}]]},
        {"models": [[{**ACCEPTED, "x": "wide"}]]},
        {"models": [[{**ACCEPTED, "x": [1.5]}]]},
        {"models": [[{**ACCEPTED, "x": [[1, 99]]}]]},
        {"models": [[{**ACCEPTED, "loss": 7}]]},
        {"models": [[{**ACCEPTED, "batch": [True]}]]},
        {"models": [[{**ACCEPTED, "compared": [[1]]}]]},
    ],
)
def test_any_other_answer_is_none(reply, model):
    [verdict] = decoded(reply, model)
    assert isinstance(verdict, TrainingUnknown)
    assert verdict.reason.startswith("Keras' answer cannot be read")


def test_text_of_an_answer_is_harmless(model):
    [verdict] = decoded({"models": [[{"outcome": "unknown", "because": "a\x1b[31m\u202eb"}]]}, model)
    assert verdict.reason == "a[31mb"


def test_a_request_holds_shapes_and_no_data(model):
    request = training_request([encode_training(model)])
    [call] = request["models"][0]["training"]
    assert call["args"] == [{"samples": [8, 4], "dtype": "float64", "library": "numpy", "list": False, "ragged": False}]
