"""What a verdict on `fit` costs, as a ratio to a real `fit` of one batch of the same program in the same run."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time

import pytest

from keras_shapes.environments import choose_interpreter
from keras_shapes.files import python_document
from keras_shapes.keras_process import start_keras
from keras_shapes.reader import read
from keras_shapes.verdict import DataAccepted

pytestmark = pytest.mark.bench

TURNS = 7
PROGRAMS = {
    "a small CNN": """
import numpy as np
from keras import Input, Sequential, layers as L
model = Sequential([
    Input((28, 28, 1)), L.Conv2D(32, 3, activation="relu"), L.MaxPooling2D(), L.Conv2D(64, 3, activation="relu"),
    L.MaxPooling2D(), L.Flatten(), L.Dropout(0.5), L.Dense({units}, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.zeros((32, 28, 28, 1)), np.zeros(32), verbose=0)
""",
    "an LSTM": """
import numpy as np
from keras import Input, Sequential, layers as L
model = Sequential([Input((50, 8)), L.LSTM(64, return_sequences=True), L.LSTM(32), L.Dense({units})])
model.compile("adam", "mse")
model.fit(np.zeros((32, 50, 8)), np.zeros((32, {units})), verbose=0)
""",
}
TIMED = """
import json, sys, time
import keras
def seconds(source):
    started = time.perf_counter()
    exec(source, {})
    return time.perf_counter() - started
print(json.dumps([seconds(source) for source in json.load(sys.stdin)]))
"""


@pytest.mark.parametrize("name", PROGRAMS)
def test_cost_of_a_verdict(name):
    sources = [PROGRAMS[name].format(units=units) for units in range(10, 10 + TURNS)]
    ours, real = verdict_seconds(sources), real_seconds(sources)
    mine, theirs = statistics.median(ours[1:]), statistics.median(real[1:])
    print(
        f"\n{name}: verdict {mine * 1e3:.0f} ms, real fit of one batch {theirs * 1e3:.0f} ms, ratio {mine / theirs:.3f}"
    )


def verdict_seconds(sources):
    """Seconds of the verdicts on the training calls of each program, in a warm process."""
    keras = start_keras(choose_interpreter())
    try:
        return [verdict_time(source, keras) for source in sources]
    finally:
        keras.close()


def verdict_time(source, keras):
    models = read(python_document("program.py", source)).models
    started = time.perf_counter()
    [(_, verdict)] = keras.judge_training(models, timeout=120)
    assert isinstance(verdict, DataAccepted)
    return time.perf_counter() - started


def real_seconds(sources):
    """Seconds of running each program, in one process that has imported Keras."""
    result = subprocess.run(
        [sys.executable, "-c", TIMED], input=json.dumps(sources), capture_output=True, text=True, check=True
    )
    return json.loads(result.stdout.splitlines()[-1])
