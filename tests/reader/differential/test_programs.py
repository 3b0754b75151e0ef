"""What the reader says that a program builds, against what really running it builds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.reader.differential.programs import programs
from tests.shares import draws

from keras_shapes.files import python_document
from keras_shapes.keras_process import Keras
from keras_shapes.nested import verdicts_from_use
from keras_shapes.reader import read
from keras_shapes.verdict import Built, LayerVerdict, Refused, Unavailable, UnknownSize

EXAMPLES = draws("KERAS_SHAPES_PROGRAMS", 80, 1000)
RECORDER = Path(__file__).with_name("recorder.py")


@pytest.fixture(scope="module")
def recorder() -> Iterator[subprocess.Popen[str]]:
    """The process that runs programs for real."""
    process = subprocess.Popen([sys.executable, RECORDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield process
    process.communicate()


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="KERAS_SHAPES_PROGRAMS" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(program=programs())
def test_programs(program: str, recorder: subprocess.Popen[str], keras: Keras) -> None:
    """Every model of a random program has the layers, shapes and parameters that it really gets."""
    check(program, recorder, keras)


def check(program: str, recorder: subprocess.Popen[str], keras: Keras) -> None:
    """Run a program for real, read it, and compare."""
    truth = really(program, recorder)
    assert truth["error"] is None, truth["error"]
    said = sorted(reading(program, keras), key=str)
    made = sorted(([model["line"], model["layers"]] for model in truth["models"]), key=str)
    assert said == made


def really(program: str, recorder: subprocess.Popen[str]) -> Any:
    """What the program really builds."""
    assert recorder.stdin is not None
    assert recorder.stdout is not None
    recorder.stdin.write(json.dumps(program) + "\n")
    recorder.stdin.flush()
    return json.loads(recorder.stdout.readline())


def reading(program: str, keras: Keras) -> Iterator[list[Any]]:
    """What the reader and the worker say that the program builds."""
    document = python_document("program.py", program)
    models = read(document).models
    verdicts = verdicts_from_use(models, keras.evaluate(models))
    for model, verdict in zip(models, verdicts, strict=True):
        assert not isinstance(verdict, (Unavailable, Refused)), verdict
        assert isinstance(verdict, Built)
        layers = [said(layer) for layer in verdict.layers if layer.class_name != "InputLayer"]
        yield [document.location(model.span.start).row, layers]


def said(layer: LayerVerdict) -> list[Any]:
    """A layer as the recorder writes it: what is not certain is None, as it is in a model that is not built."""
    if not isinstance(layer.output_shape, tuple) or UnknownSize() in layer.output_shape:
        return [layer.class_name, None, None]
    return [layer.class_name, list(layer.output_shape), layer.params]
