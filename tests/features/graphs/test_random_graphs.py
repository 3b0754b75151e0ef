"""Random graphs: node by node, what is shown equals what an eager run of the same program makes.

`KERAS_SHAPES_GRAPHS=500` draws as many programs; by default it is a small number.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from graph_programs import program
from tests.shares import draws

from keras_shapes.analysis import analyse
from keras_shapes.features.model_graphs import outputs_of
from keras_shapes.files import python_document
from keras_shapes.verdict import Built, UnknownRank, UnknownSize

DRAWS = draws("KERAS_SHAPES_GRAPHS", 60, 500)
SEED = draws("KERAS_SHAPES_SEED", 1, 1)
LEAST_KNOWN = 0.9
"""Of the tensors that the real run makes, so many have a shape here."""


@pytest.fixture(scope="module")
def runs():
    """Programs, and what a real Keras made of each."""
    draw = random.Random(SEED)
    programs = [program(draw) for _ in range(DRAWS)]
    asked = "".join(json.dumps(lines) + "\n" for lines in programs)
    oracle = Path(__file__).parent / "real_graphs.py"
    told = subprocess.run([sys.executable, oracle], input=asked, capture_output=True, text=True, check=True).stdout
    return list(zip(programs, map(json.loads, told.splitlines()), strict=True))


def test_every_node_is_as_a_real_run_makes_it(keras, runs):
    known = real = 0
    for lines, truth in runs:
        for name, (shown, params, dtype) in _shown(keras, lines).items():
            made = truth[name]
            assert made is not None or shown is None, f"{name} fails, and is shown as {shown}:\n" + "\n".join(lines)
            if made is None or "shapes" not in made:
                continue
            real += 1
            known += shown is not None
            assert shown in (None, made["shapes"]), f"{name} is {made}, shown as {shown}:\n" + "\n".join(lines)
            assert shown is None or dtype == made["dtype"], f"{name} is {made}, shown as {dtype}:\n" + "\n".join(lines)
            counts = (None, made.get("params"))
            assert shown is None or made.get("params") is None or params in counts, f"{name}:\n" + "\n".join(lines)
    assert known >= LEAST_KNOWN * real, f"{known} of {real}"


def test_every_model_has_the_parameters_of_a_real_run(keras, runs):
    for lines, truth in runs:
        for model in analyse(python_document("program.py", "\n".join(lines)), keras).models:
            if model.model.kind != "functional" or not isinstance(model.verdict, Built):
                continue
            made = truth[model.model.name]
            assert model.verdict.params in (None, made and made["params"]), model.model.name + ":\n" + "\n".join(lines)


def test_what_is_shown_behind_an_unknown_input_holds_for_the_real_one(keras, runs):
    told = 0
    for lines, truth in runs[: DRAWS // 10]:
        unknown = [re.sub(r"(i\d) = keras.Input\(.*\)", r"\1 = keras.Input(elsewhere.\1)", line) for line in lines]
        for name, shapes in _claimed(keras, ["import elsewhere", *unknown]).items():
            made = truth[name]
            if made is not None and "shapes" in made:
                told += 1
                agree = len(shapes) == len(made["shapes"]) and all(map(_holds, shapes, made["shapes"]))
                assert agree, f"{name} is {made}, shown as {shapes}:\n" + "\n".join(unknown)
    assert told >= DRAWS // 10


def _holds(shape, real):
    """Whether what is claimed of a shape is so."""
    if isinstance(shape, UnknownRank):
        return isinstance(shape.last, UnknownSize) or (bool(real) and shape.last == real[-1])
    return len(shape) == len(real) and all(
        isinstance(size, UnknownSize) or size == number for size, number in zip(shape, real, strict=True)
    )


def _claimed(keras, lines):
    """What is claimed of the shapes behind each name."""
    return {name: shapes for name, layer in _layers(keras, lines) if (shapes := outputs_of(layer.verdict))}


def _shown(keras, lines):
    """The shapes, parameters and types behind each name that is bound at the top."""
    found = {}
    for name, layer in _layers(keras, lines):
        shapes = [list(shape) if isinstance(shape, tuple) else ["?"] for shape in outputs_of(layer.verdict)]
        certain = all(isinstance(size, int | None) for shape in shapes for size in shape)
        found[name] = (shapes or None) if certain else None, layer.verdict.params, layer.verdict.dtype
    return found


def _layers(keras, lines):
    """The layers that are applied behind each name that is bound at the top."""
    analysis = analyse(python_document("program.py", "\n".join(lines)), keras)
    text = analysis.document.text
    starts = {}
    for bound in re.finditer(r"^([a-z]\w*) = (.*)$", text, re.MULTILINE):
        starts[bound.start(2), bound.end(2)] = bound[1]
    for model in analysis.models:
        if model.model.kind == "sequential":
            continue
        for layer in model.layers:
            span = layer.element.span
            name = starts.get((span.start, span.end))
            if name is not None and layer.verdict is not None and not layer.is_skipped:
                yield name, layer
