"""Merging layers and operators, over ranks, sizes of 1 and sizes that are not known: the verdict is Keras' own."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import product
from pathlib import Path

from test_random_refusals import marked_names

MERGES = (
    "layers.Add()([{a}, {b}])",
    "layers.Subtract()([{a}, {b}])",
    "layers.Multiply()([{a}, {b}])",
    "layers.average([{a}, {b}])",
    "layers.Maximum()([{a}, {b}])",
    "layers.Concatenate()([{a}, {b}])",
    "layers.Concatenate(axis=1)([{a}, {b}])",
    "layers.Dot(axes=-1)([{a}, {b}])",
    "{a} + {b}",
    "{a} - {b}",
    "{a} * {b}",
    "{a} / {b}",
    "{a} @ {b}",
    "ops.maximum({a}, {b})",
)
SHAPES = ("(8,)", "(5, 8)", "(1, 8)", "(None, 8)", "(5, 1)", "(4, 1, 3)")
COMBINATIONS = [(merge, a, b) for merge in MERGES for a, b in product(SHAPES, SHAPES)]


def test_each_combination_is_refused_where_keras_refuses_it(keras):
    lines = ["import keras", "from keras import layers, ops"]
    lines += [
        f"t{number} = " + merge.format(a=f"keras.Input({a})", b=f"keras.Input({b})")
        for number, (merge, a, b) in enumerate(COMBINATIONS)
    ]
    oracle = Path(__file__).parent / "real_refusals.py"
    asked = json.dumps([lines, []]) + "\n"
    told = subprocess.run([sys.executable, oracle], input=asked, capture_output=True, text=True, check=True).stdout
    raised = set(json.loads(told)[0])
    marked = set().union(*marked_names(keras, lines))
    assert len(COMBINATIONS) >= 400
    assert [lines[2 + int(name[1:])] for name in sorted(marked ^ raised)] == []
