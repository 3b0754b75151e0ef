"""`tuner.search(x, y)` is judged as `fit` on the models that the tuner's function builds; Keras Tuner is not run."""

from __future__ import annotations

from textwrap import dedent

import pytest

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document

HEADER = """\
import keras
import keras_tuner as kt
import numpy as np
from keras import Input, Sequential
from keras.layers import Dense, Dropout


def build_model(hp):
    model = Sequential([Input((8,))])
    for _ in range(hp.Int("layers", 1, 2)):
        model.add(Dense(hp.Int("units", 32, 512), activation="relu"))
    model.add(Dense(1))
    model.compile("adam", "mse")
    return model


"""
OBJECT = """\
class Hyper(kt.HyperModel):
    def build(self, hp):
        return build_model(hp)

    def fit(self, hp, model, x, y, **options):
        return model.fit(x[:, :8], y, **options)


"""

REFUSED = {
    "data of another size": (
        """\
        tuner = kt.RandomSearch(build_model, objective="loss", max_trials=5)
        tuner.search(np.zeros((32, 9)), np.zeros(32), epochs=2, validation_split=0.5)
        """,
        "data-features",
    ),
    "a tuner by its older name": (
        """\
        from kerastuner.tuners import Hyperband
        tuner = Hyperband(hypermodel=build_model, objective="loss")
        tuner.search(x=np.zeros((32, 8)), y=np.zeros(31))
        """,
        "sample-count",
    ),
    "an object that builds": (
        """\
        class Hyper(kt.HyperModel):
            def build(self, hp):
                return build_model(hp)
        tuner = kt.GridSearch(Hyper(), objective="loss")
        tuner.search(np.zeros((32, 8)), np.zeros(32), validation_data=(np.zeros((4, 7)), np.zeros(4)))
        """,
        "validation-mismatch",
    ),
    "the model of the best hyperparameters": (
        """\
        tuner = kt.BayesianOptimization(build_model, objective="loss")
        tuner.search(np.zeros((32, 8)), np.zeros(32))
        best = tuner.hypermodel.build(tuner.get_best_hyperparameters()[0])
        best.fit(np.zeros((32, 9)), np.zeros(32))
        """,
        "data-features",
    ),
    "an object that fits": (
        OBJECT
        + """\
tuner = kt.RandomSearch(Hyper(), objective="loss")
tuner.search(np.zeros((32, 12)), np.zeros(31))
""",
        "sample-count",
    ),
}

SILENT = {
    "data that fit": """\
        tuner = kt.RandomSearch(build_model, objective="loss", max_trials=5)
        tuner.search(np.zeros((32, 8)), np.zeros(32), callbacks=[keras.callbacks.EarlyStopping("loss")])
        """,
    "an object that fits in its own way": OBJECT
    + """\
tuner = kt.RandomSearch(Hyper(), objective="loss")
tuner.search(np.zeros((32, 12)), np.zeros(32))
""",
    "a tuner that compiles": """\
        tuner = kt.RandomSearch(build_model, loss="mae", objective="loss")
        tuner.search(np.zeros((32, 9)), np.zeros(32))
        """,
    "a tuner that runs in its own way": """\
        class Own(kt.RandomSearch):
            def run_trial(self, trial, x, y):
                return build_model(trial.hyperparameters).evaluate(x[:, :8], y)
        tuner = Own(build_model, objective="loss")
        tuner.search(np.zeros((32, 9)), np.zeros(32))
        """,
    "a tuner of something else": """\
        from somewhere import build
        tuner = kt.RandomSearch(build, objective="loss")
        tuner.search(np.zeros((32, 9)), np.zeros(32))
        """,
    "what is refused on some ways only": """\
        def some(hp):
            model = Sequential([Input((8 if hp.Boolean("short") else 9,)), Dense(1)])
            model.compile("adam", "mse")
            return model
        tuner = kt.RandomSearch(some, objective="loss")
        tuner.search(np.zeros((32, 9)), np.zeros(32))
        """,
}


def codes(program, keras):
    """The codes of the diagnostics of a program behind the header."""
    return [each.code for each in analyse(python_document("tuned.py", HEADER + dedent(program)), keras).diagnostics]


@pytest.mark.parametrize("name", REFUSED)
def test_search_is_a_fit(name, keras):
    program, code = REFUSED[name]
    assert codes(program, keras) == [code]


@pytest.mark.parametrize("name", SILENT)
def test_nothing_is_said(name, keras):
    assert codes(SILENT[name], keras) == []
