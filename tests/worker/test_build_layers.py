"""Every layer class on every input: the worker says what an eager build says, to the letter."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from layer_table import CALLS, NOT_PLAIN, sources
from making import Worker, model

from keras_shapes.verdict import Built, Refused

KNOWN_DIFFERENCES = ()
"""Sources on which the worker and Keras may disagree, with the reason."""


@pytest.fixture(scope="module")
def expected():
    """What eager Keras says of all sources."""
    finished = subprocess.run(
        [sys.executable, "-W", "ignore", str(Path(__file__).with_name("eager.py"))],
        input="\n".join(sources()),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    return dict(zip(sources(), map(json.loads, finished.stdout.splitlines()), strict=True))


def test_every_layer_class_has_a_call(worker_names):
    called = {call.partition("(")[0] for call in CALLS}
    aliases = {"AvgPool", "GlobalAvgPool", "GlobalMaxPool", "Convolution", "MaxPool", "SeparableConvolution"}
    missing = {
        name
        for name in worker_names - called - set(NOT_PLAIN)
        if not name.startswith(tuple(aliases)) and not re.match(r"(Depthwise|Separable)?Convolution", name)
    }
    assert missing == set()


def test_worker_agrees_with_eager_keras(expected):
    worker = Worker()
    try:
        different = {
            source: (said, told)
            for source, said in expected.items()
            if (told := _told(worker.verdict(model(source)))) != _normal(said)
        }
    finally:
        worker.close()
    assert {source: pair for source, pair in different.items() if source not in KNOWN_DIFFERENCES} == {}


def _told(verdict):
    match verdict:
        case Refused():
            return {"error": verdict.exception, "message": verdict.message}
        case Built(complete=True):
            last = verdict.layers[-1]
            shapes = last.output_shapes or (last.output_shape,)
            return {"shapes": [list(shape) for shape in shapes], "params": verdict.params}
        case Built():
            return {"unbuilt": True}
    return {"unavailable": verdict.reason}


def _normal(said):
    """Colours belong to the terminal."""
    if "message" not in said:
        return said
    return {**said, "message": re.sub(r"\x1b\[\d*m", "", said["message"])}
