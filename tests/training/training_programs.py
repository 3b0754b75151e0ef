"""Programs with training calls: what we say of them, and what real Keras does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from keras_shapes.files import python_document
from keras_shapes.reader import read
from keras_shapes.verdict import DataRefused, Refused

HEADER = """\
import keras
import numpy as np
import tensorflow as tf
from keras import Input, Sequential, layers as L

"""


def program(layers, *calls, loss=None):
    """The source of a program that makes a model of `layers`, compiles it if there is a loss, and makes the calls."""
    compiling = [] if loss is None else [f'model.compile("sgd", {loss})']
    lines = [f"model = Sequential([{layers}])", *compiling, *(f"model.{call}" for call in calls)]
    return HEADER + "\n".join(lines) + "\n"


def verdicts_on(source, keras):
    """The verdicts on the training calls of the first model of a program, without those on `compile`."""
    model = read(python_document("program.py", source)).models[0]
    [verdicts] = keras.judge_training([model], timeout=120)
    return [verdict for call, verdict in zip(model.training, verdicts, strict=True) if call.method != "compile"]


def refused(verdicts):
    """Whether one of the calls is refused."""
    return any(isinstance(verdict, DataRefused) for verdict in verdicts)


def stops(source, keras):
    """Whether we say that the program stops: at the model itself, or at a training call."""
    model = read(python_document("program.py", source)).models[0]
    [verdict] = keras.evaluate([model], timeout=120)
    return isinstance(verdict, Refused) or refused(verdicts_on(source, keras))


def real_runs(sources):
    """For each program what real Keras raised ("ValueError: …"), None where it ran to its end."""
    runner = Path(__file__).parents[1] / "rules" / "run_blocks.py"
    result = subprocess.run(
        [sys.executable, runner], input=json.dumps(sources), capture_output=True, text=True, check=True
    )
    return json.loads(result.stdout.splitlines()[-1])
